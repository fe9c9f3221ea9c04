'use client'

import { CircleX } from 'lucide-react'
import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'

/** What happened, why, what to do next, and the error's id to copy. */
export function ErrorState({
  title,
  children,
  errorId,
  actions,
}: {
  title: string
  children?: ReactNode
  errorId?: string | null
  actions?: ReactNode
}) {
  return (
    <div
      role="alert"
      className="s-failed rounded-lg border p-4 flex flex-col items-start min-w-0 bg-failed-bg border-failed-bd"
    >
      <span className="grid place-items-center size-9 rounded-md border border-failed-bd">
        <CircleX className="size-5" aria-hidden />
      </span>
      <h3 className="text-14 mt-3">{title}</h3>
      <div className="text-12 text-ink mt-1 max-w-[68ch]">{children}</div>
      {errorId ? (
        <p className="mt-2 inline-flex items-center gap-1 text-12 text-ink">
          Error <span className="mono">{errorId}</span>
          <CopyButton text={errorId} label="Copy the error id" />
        </p>
      ) : null}
      {actions ? <div className="flex flex-wrap gap-1.5 pt-3 mt-auto">{actions}</div> : null}
    </div>
  )
}
