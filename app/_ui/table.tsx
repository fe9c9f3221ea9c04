import type { ComponentProps, ReactNode } from 'react'

/** Rows of 36 px; below 768 px show DataCards instead. The caption is for screen readers. */
export function Table({
  caption,
  head,
  children,
  className = '',
}: {
  caption: string
  /** The header cells: use `<Th>`. */
  head: ReactNode
  children: ReactNode
  className?: string
}) {
  return (
    <table className={`table ${className}`}>
      <caption className="sr">{caption}</caption>
      <thead>
        <tr>{head}</tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

export function Th({ right = false, className = '', ...rest }: ComponentProps<'th'> & { right?: boolean }) {
  return <th scope="col" {...rest} className={`${right ? 'r' : ''} ${className}`} />
}
