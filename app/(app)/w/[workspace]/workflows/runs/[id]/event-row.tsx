'use client'

import {
  Ban,
  CircleCheck,
  CirclePause,
  CirclePlay,
  CircleX,
  Flag,
  type LucideIcon,
  RotateCcw,
  SkipForward,
  Undo2,
} from 'lucide-react'
import { formatMoney } from '#lib/money.ts'
import { DateTime } from '#app/_ui/relative-time.tsx'
import type { RunEvent } from '#lib/workflows/shapes.ts'

const MARKS: Record<RunEvent['type'], { icon: LucideIcon; tone: string }> = {
  submitted: { icon: CirclePlay, tone: 's-pending' },
  started: { icon: CirclePlay, tone: 's-progress' },
  called: { icon: CirclePlay, tone: 's-progress' },
  retry_scheduled: { icon: RotateCcw, tone: 's-pending' },
  requeued: { icon: Undo2, tone: 's-pending' },
  blocked: { icon: CirclePause, tone: 's-blocked' },
  unblocked: { icon: CirclePlay, tone: 's-progress' },
  completed: { icon: CircleCheck, tone: 's-completed' },
  failed: { icon: CircleX, tone: 's-failed' },
  cancelled: { icon: Ban, tone: 's-cancelled' },
  retried: { icon: RotateCcw, tone: 's-pending' },
  skipped: { icon: SkipForward, tone: 's-cancelled' },
  reopened: { icon: RotateCcw, tone: 's-progress' },
}

type Props = { events: readonly RunEvent[]; label: string; onSelect: (step: string) => void }

/** Time, step, what came of it, and cost; the newest first. */
export function EventRows({ events, label, onSelect }: Props) {
  return (
    <ol aria-label={label}>
      {events.map((event) => (
        <li
          key={event.id}
          className="relative grid items-start gap-x-3 px-4 md:px-5 xl:px-6 py-2 border-t border-line hover:bg-hover grid-cols-[minmax(0,1fr)_auto] md:grid-cols-[4.5rem_minmax(0,12rem)_minmax(0,1fr)_4rem]"
        >
          <span className="mono text-soft text-12 leading-5 max-md:order-2">
            <DateTime at={event.at} look="seconds" />
          </span>
          <What event={event} onSelect={onSelect} />
          <span className="text-soft leading-5 min-w-0 [overflow-wrap:anywhere] line-clamp-2 max-md:order-3 max-md:col-span-2">
            {event.words}
            {event.by === null || event.words.includes(event.by) ? null : (
              <span className="text-faint"> by {event.by}</span>
            )}
          </span>
          <span className="num text-12 text-soft text-right leading-5 max-md:hidden">
            {event.costMicros === null ? null : formatMoney(event.costMicros)}
          </span>
        </li>
      ))}
    </ol>
  )
}

function What({ event: { step, title, item, type }, onSelect }: { event: RunEvent; onSelect: Props['onSelect'] }) {
  const { icon: Icon, tone } = MARKS[type]
  const words = item === null ? title : `${title}: ${item}`
  return (
    <span className={`st ${tone} min-w-0 h-5 max-md:order-1`}>
      {step === null ? <Flag className="i-sm shrink-0" aria-hidden /> : <Icon className="i-sm shrink-0" aria-hidden />}
      <span className="sr">{type.replaceAll('_', ' ')}: </span>
      {step === null ? (
        <span className="text-ink truncate">The run</span>
      ) : (
        <button
          type="button"
          className="text-ink truncate text-left after:absolute after:inset-0"
          title={words}
          onClick={() => onSelect(step)}
        >
          {words}
        </button>
      )}
    </span>
  )
}
