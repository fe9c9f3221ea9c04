import type { ReactNode } from 'react'

/** One figure with its name; put tiles into a `<dl>`. */
export function Tile({
  label,
  value,
  note,
  icon,
  className = '',
}: {
  label: ReactNode
  value: ReactNode
  note?: ReactNode
  icon?: ReactNode
  className?: string
}) {
  return (
    <div className={`tile ${className}`}>
      <dt>
        {icon}
        {label}
      </dt>
      <dd className="v">{value}</dd>
      {note ? <dd className="text-12 text-soft num">{note}</dd> : null}
    </div>
  )
}
