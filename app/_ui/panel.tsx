import { type ReactNode, useId } from 'react'

/** A titled box with a hairline and no shadow. */
export function Panel({
  title,
  count,
  note,
  end,
  children,
  className = '',
  level = 2,
  hideTitle = false,
}: {
  title: ReactNode
  count?: number
  note?: ReactNode
  end?: ReactNode
  children: ReactNode
  className?: string
  level?: 2 | 3
  hideTitle?: boolean
}) {
  const id = useId()
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      {hideTitle ? (
        <Heading id={id} className="sr">
          {title}
        </Heading>
      ) : (
        <div className="panel-h">
          <Heading id={id} className="shrink-0">
            {title}
          </Heading>
          {count === undefined ? null : <span className="tag num">{count.toLocaleString('en')}</span>}
          {note ? <span className="text-12 text-soft truncate">{note}</span> : null}
          {end ? <span className="end">{end}</span> : null}
        </div>
      )}
      {children}
    </section>
  )
}
