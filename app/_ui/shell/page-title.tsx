'use client'

import { createContext, type ReactNode, use, useEffect, useState } from 'react'

type Held = { title: string | null; setTitle: (title: string | null) => void }

const TitleContext = createContext<Held>({ title: null, setTitle: () => undefined })

export function PageTitleProvider({ children }: { children: ReactNode }) {
  const [title, setTitle] = useState<string | null>(null)
  return <TitleContext value={{ title, setTitle }}>{children}</TitleContext>
}

export function usePageTitle(): string | null {
  return use(TitleContext).title
}

/** Names the page in the breadcrumb where its address does not, and the tab where it changes while open. */
export function PageTitle({ title, tab }: { title: string; tab?: string }) {
  const { setTitle } = use(TitleContext)
  useEffect(() => {
    setTitle(title)
    return () => setTitle(null)
  }, [title, setTitle])
  useEffect(() => {
    if (tab) document.title = tab
  }, [tab])
  return null
}
