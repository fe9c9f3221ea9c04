'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, use, useEffect, useRef, useState } from 'react'

type Leave = () => void

type Ask = (leave: Leave) => void
type Gate = { question: () => Ask | null; close: (ask: Ask) => void; open: () => void }

const GateContext = createContext<Gate>(newGate())

export function LeaveGuardProvider({ children }: { children: ReactNode }) {
  const [gate] = useState(newGate)
  return <GateContext value={gate}>{children}</GateContext>
}

/** Goes to an address inside the app, for keys and commands: the page is asked first, as for its links. */
export function useGo(): (href: string) => void {
  const router = useRouter()
  const gate = use(GateContext)
  return (href) => {
    const ask = gate.question()
    const stays = new URL(href, window.location.href).pathname === window.location.pathname
    if (ask === null || stays) router.push(href as Route)
    else ask(() => router.replace(href as Route))
  }
}

/** While `active`, nothing leaves the page without a question: no link, key or command, not Back, not closing the tab. */
export function useLeaveGuard(active: boolean): { asked: boolean; stay: () => void; leave: () => void } {
  const router = useRouter()
  const gate = use(GateContext)
  const left = useRef(false)
  const [asked, setAsked] = useState<{ leave: Leave } | null>(null)
  useEffect(() => {
    if (!active) return
    const page = window.location.pathname
    let returning = false
    left.current = false
    const ask: Ask = (leave) => setAsked({ leave })
    const unload = (event: BeforeUnloadEvent) => {
      if (!left.current) event.preventDefault()
    }
    const click = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      if (left.current || !(link instanceof HTMLAnchorElement) || link.target === '_blank') return
      if (event.metaKey || event.ctrlKey || event.shiftKey || link.origin !== window.location.origin) return
      if (link.pathname === page) return
      event.preventDefault()
      event.stopPropagation()
      ask(() => router.replace((link.pathname + link.search + link.hash) as Route))
    }
    const traverse = () => {
      if (left.current) return
      if (returning) {
        returning = false
        return
      }
      returning = true
      window.history.forward()
      ask(() => window.history.go(-2))
    }
    // The page stands twice in the history: Back leads to itself first, and whoever leaves replaces the second one.
    window.history.pushState(null, '')
    gate.close(ask)
    window.addEventListener('beforeunload', unload)
    window.addEventListener('popstate', traverse)
    document.addEventListener('click', click, { capture: true })
    return () => {
      gate.open()
      window.removeEventListener('beforeunload', unload)
      window.removeEventListener('popstate', traverse)
      document.removeEventListener('click', click, { capture: true })
      if (!left.current && window.location.pathname === page) window.history.back()
    }
  }, [active, gate, router])
  return {
    asked: asked !== null,
    stay: () => setAsked(null),
    leave: () => {
      left.current = true
      gate.open()
      setAsked(null)
      asked?.leave()
    },
  }
}

function newGate(): Gate {
  let asked: Ask | null = null
  return {
    question: () => asked,
    close: (ask) => {
      asked = ask
    },
    open: () => {
      asked = null
    },
  }
}
