import type { Route } from 'next'
import Link from 'next/link'
import { formatRelative } from '#app/_ui/format.ts'
import type { TriggerWords } from '#lib/triggers/shapes.ts'
import { TriggerIcon } from './trigger-icon.tsx'

/** What starts a workflow by itself, in a line; nothing where only people do. */
export function WhatStarts({ triggers, now, href }: { triggers: readonly TriggerWords[]; now: number; href: string }) {
  const [first, ...more] = triggers
  if (!first) return null
  return (
    <p className="mt-auto border-t border-line px-3.5 py-2.5 text-12 flex items-start gap-2 min-w-0">
      <TriggerIcon kind={first.kind} paused={first.pausedAt !== null} className="i-sm text-soft mt-0.5 shrink-0" />
      <Link href={href as Route} className="min-w-0 text-ink no-underline hover:underline [overflow-wrap:anywhere]">
        {first.pausedAt === null ? first.words : `Paused: ${first.words}`}
        <span className="text-soft">
          {first.nextAt === null ? '' : `, next ${formatRelative(new Date(first.nextAt).getTime(), now)}`}
          {more.length === 0 ? '' : `, and ${more.length} more`}
        </span>
      </Link>
    </p>
  )
}
