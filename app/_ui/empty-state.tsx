import type { ReactNode } from 'react'

/** The five empties (first use, no results, cleared, no permission, no answer) differ in words and action, not in form. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
  bare = false,
}: {
  icon: ReactNode
  title: string
  children?: ReactNode
  actions?: ReactNode
  /** Without its own border, inside a panel. */
  bare?: boolean
}) {
  return (
    <div className={`p-4 flex flex-col items-start min-w-0 ${bare ? '' : 'rounded-lg border border-line bg-sheet'}`}>
      <span className="grid place-items-center size-9 rounded-md bg-well border border-line text-soft [&>svg]:size-5 [&>svg]:stroke-[1.75]">
        {icon}
      </span>
      <h3 className="text-14 mt-3">{title}</h3>
      <div className="text-12 text-soft mt-1 max-w-[68ch]">{children}</div>
      {actions ? <div className="flex flex-wrap gap-1.5 pt-3 mt-auto">{actions}</div> : null}
    </div>
  )
}
