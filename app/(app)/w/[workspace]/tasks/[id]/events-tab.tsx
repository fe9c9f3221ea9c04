import { Fragment } from 'react'
import { formatDuration } from '#app/_ui/format.ts'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { Table, Th } from '#app/_ui/table.tsx'
import type { TaskDetail, TaskEvent } from '#lib/tasks/shapes.ts'
import { BLOCK_REASON_TITLES, type BlockReason, type EventType } from '#lib/tasks/states.ts'

const WORDS: Record<EventType, string> = {
  submitted: 'Submitted',
  started: 'Attempt started',
  called: 'Model asked',
  retry_scheduled: 'Retry scheduled',
  requeued: 'Returned to the queue',
  blocked: 'Blocked',
  unblocked: 'Unblocked',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  retried: 'Sent again',
}

export function EventsTab({ task }: { task: TaskDetail }) {
  return (
    <div className="scroll-x">
      <Table
        caption="Events of this task, oldest first"
        className="[&_td]:whitespace-normal! [&_td]:h-auto! [&_td]:py-2 [&_td]:align-top"
        head={
          <>
            <Th className="pl-4! lg:pl-5!">Time</Th>
            <Th>Event</Th>
            <Th>By</Th>
            <Th>Details</Th>
          </>
        }
      >
        {task.events.map((event) => (
          <tr key={event.seq}>
            <td className="pl-4! lg:pl-5! whitespace-nowrap! num">
              <DateTime at={event.at} look="seconds" />
            </td>
            <td className="font-medium">{WORDS[event.type]}</td>
            <td className="text-soft">{event.actor?.name ?? 'Baton'}</td>
            <td className="text-soft [overflow-wrap:anywhere]">
              <Details {...event} />
            </td>
          </tr>
        ))}
      </Table>
    </div>
  )
}

function Details({ data }: TaskEvent) {
  const details = Object.entries(data ?? {}).filter(([, value]) => value !== null && value !== undefined)
  return details.map(([key, value], index) => (
    <Fragment key={key}>
      {index === 0 ? '' : ', '}
      {key in INSTANTS && typeof value === 'string' ? (
        <>
          {INSTANTS[key]} <DateTime at={value} look="seconds" />
        </>
      ) : (
        detail(key, value)
      )}
    </Fragment>
  ))
}

const INSTANTS: Record<string, string> = { notBefore: 'not before', dueAt: 'due by' }

function detail(key: string, value: unknown): string {
  if (key === 'delayMs' && typeof value === 'number') return `after ${formatDuration(value)}`
  if (key === 'reason' && typeof value === 'string') return BLOCK_REASON_TITLES[value as BlockReason] ?? value
  if (key === 'epoch') return `attempt number ${String(value)}`
  if (key === 'processId') return `process ${String(value)}`
  if (key === 'engine')
    return value === 'rules' ? 'built-in engine' : value === 'model' ? 'AI model' : 'automatic engine'
  const words = typeof value === 'string' ? value.replaceAll('_', ' ') : JSON.stringify(value)
  return key === 'why' || key === 'code' ? words : `${key} ${words}`
}
