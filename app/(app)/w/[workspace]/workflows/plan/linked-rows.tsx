import type { Route } from 'next'
import Link from 'next/link'
import type { ComponentProps } from 'react'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { StatusBadge } from '#app/_ui/status-badge.tsx'

type Row = Pick<ComponentProps<typeof StatusBadge>, 'status' | 'reason'> & {
  href: string
  title: string
  createdAt: string
}

/** What was made before and where it stands, each a way to it. */
export function LinkedRows({ rows }: { rows: readonly Row[] }) {
  return (
    <ul>
      {rows.map(({ href, title, status, reason, createdAt }) => (
        <li
          key={href}
          className="relative flex items-center gap-3 px-3.5 py-2 border-t border-line first:border-t-0 hover:bg-hover"
        >
          <span className="min-w-0 flex-1">
            <Link className="row-a block truncate after:absolute after:inset-0" href={href as Route}>
              {title}
            </Link>
            <span className="block text-12 text-soft">
              <DateTime at={createdAt} />
            </span>
          </span>
          <StatusBadge status={status} reason={reason} look="plain" />
        </li>
      ))}
    </ul>
  )
}
