import type { ReactNode } from 'react'

/** A table row below 768 px. The title holds the link; the whole card takes its click. */
export function DataCard({
  status,
  title,
  end,
  note,
  children,
}: {
  status?: ReactNode
  title: ReactNode
  end?: ReactNode
  note?: ReactNode
  children?: ReactNode
}) {
  return (
    <article className="relative rounded-lg border border-line bg-sheet p-3.5 min-w-0 grid gap-1.5">
      {status || end ? (
        <div className="flex items-center gap-2">
          {status}
          {end ? <span className="ml-auto num text-12 text-soft">{end}</span> : null}
        </div>
      ) : null}
      <p className="text-14 font-medium min-w-0 [&_a]:after:absolute [&_a]:after:inset-0">{title}</p>
      {note ? <p className="text-12 text-soft min-w-0">{note}</p> : null}
      {children}
    </article>
  )
}
