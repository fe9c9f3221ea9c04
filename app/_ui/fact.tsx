import type { ReactNode } from 'react'

/** One figure of a strip: its name, what it is, and a word on it. Stands in a `<dl>`. */
export function Fact({
  name,
  value,
  note,
  className = '',
}: {
  name: string
  value: ReactNode
  note: ReactNode
  className?: string
}) {
  return (
    <div className={`px-3 xl:px-3.5 py-2.5 min-w-0 bg-sheet ${className}`}>
      <dt className="text-12 text-soft">{name}</dt>
      <dd className="mt-0.5">
        <span className="text-16 font-semibold num tracking-tight flex items-center gap-1.5 min-w-0">{value}</span>
        <span className="block text-12 text-soft num truncate" title={typeof note === 'string' ? note : undefined}>
          {note}
        </span>
      </dd>
    </div>
  )
}
