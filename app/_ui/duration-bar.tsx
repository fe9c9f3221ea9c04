import type { Status } from '#lib/tasks/states.ts'
import { formatDuration } from './format.ts'
import { statusClass } from './status-badge.tsx'

/** Hatched = waited, solid = worked, outline = not yet. All bars of a page share `scaleMs`; a longer one fills it. */
export function DurationBar({
  waitedMs,
  workedMs,
  status,
  scaleMs,
}: {
  waitedMs: number
  workedMs: number
  status: Status
  scaleMs?: number
}) {
  const total = waitedMs + workedMs
  const scale = Math.max(scaleMs ?? total, 1)
  const width = Math.min(100, Math.max(4, (total / scale) * 100))
  const notYet = status === 'pending' ? Math.max(total * 1.25, 1) : 0
  return (
    <>
      <span className="dur" style={{ width: `${width}%` }} aria-hidden>
        {waitedMs > 0 ? <i className="hatch" style={{ flex: waitedMs }} /> : null}
        {workedMs > 0 ? <i className={`solid ${statusClass(status)}`} style={{ flex: workedMs }} /> : null}
        {notYet > 0 ? <i className="outline-bar" style={{ flex: notYet }} /> : null}
      </span>
      <span className="sr">{`Waited ${formatDuration(waitedMs)}, worked ${formatDuration(workedMs)}`}</span>
    </>
  )
}
