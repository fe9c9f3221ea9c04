import { formatDuration, formatQuantity } from '#app/_ui/format.ts'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { StatusBadge, statusClass, StatusIcon } from '#app/_ui/status-badge.tsx'
import type { LastRun } from '#lib/workflows/shapes.ts'
import { RUN_STATUSES } from '#lib/workflows/states.ts'
import { elapsedMs } from './run-facts.ts'

const MOST = 20

/** The last runs, oldest first, a bar each: taller took longer, and one that did not complete has an icon. */
export function RunTicks({ runs, now }: { runs: readonly LastRun[]; now: number }) {
  const shown = runs.slice(0, MOST).toReversed()
  const longest = Math.max(1, ...shown.map((run) => elapsedMs(run, now)))
  return (
    <div className="px-3.5 py-3 min-w-0">
      <ul className="flex items-end gap-1.5 h-12" aria-label={`Last ${formatQuantity(shown.length, 'run')}`}>
        {shown.map((run) => {
          const took = elapsedMs(run, now)
          const waits = run.status === 'in_progress'
          return (
            <li key={run.id} className="flex flex-col items-center justify-end gap-0.5 w-2.5 h-full">
              <span className="sr">
                {run.title}: {run.status.replace('_', ' ')}, {formatDuration(took)}
              </span>
              <i
                className={`${waits ? 'hatch' : `solid ${statusClass(run.status)}`} w-2.5 rounded-xs min-h-1`}
                style={{ height: `${Math.max(10, (took / longest) * (run.status === 'completed' ? 100 : 62))}%` }}
                title={`${run.title}, ${formatDuration(took)}`}
                aria-hidden
              />
              {run.status === 'completed' ? null : <StatusIcon status={run.status} />}
            </li>
          )
        })}
        {Array.from({ length: MOST - shown.length }, (_, index) => (
          <li key={index} className="w-2.5 h-full flex items-end" aria-hidden>
            <i className="outline-bar w-2.5 h-2 rounded-xs" />
          </li>
        ))}
      </ul>
      <p className="flex flex-wrap gap-x-3 gap-y-1 mt-2 text-12 num">
        {shown.length === 0 ? <span className="text-soft">It has not run yet.</span> : null}
        {RUN_STATUSES.map((status) => ({ status, count: shown.filter((run) => run.status === status).length }))
          .filter(({ count }) => count > 0)
          .map(({ status, count }) => (
            <span key={status} className="inline-flex items-center gap-1 [&_.st]:text-12">
              <b className="font-medium">{count}</b>
              <StatusBadge status={status} look="plain" />
            </span>
          ))}
        {runs[0] ? (
          <span className="text-soft ml-auto">
            last <DateTime at={runs[0].createdAt} />
          </span>
        ) : null}
      </p>
    </div>
  )
}
