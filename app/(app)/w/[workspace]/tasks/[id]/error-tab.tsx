import { CopyButton } from '#app/_ui/copy-button.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import type { TaskDetail } from '#lib/tasks/shapes.ts'
import type { TaskError } from '#lib/tasks/states.ts'

/** What went wrong, in words first; the codes for filters and support below. */
export function ErrorTab({ task }: { task: TaskDetail }) {
  const earlier = task.attempts.filter((attempt) => attempt.error !== null)
  return (
    <div className="p-4 lg:px-5 grid gap-4 content-start">
      {task.error ? <ErrorFacts error={task.error} /> : null}
      {earlier.length > 0 ? (
        <Panel title="By attempt" count={earlier.length} level={3}>
          <ol>
            {earlier.map((attempt) => (
              <li key={attempt.epoch} className="px-3.5 py-2.5 border-t border-line first:border-t-0">
                <p className="text-12 text-soft">
                  Attempt {task.attempts.indexOf(attempt) + 1}, <DateTime at={attempt.startedAt} look="seconds" />
                </p>
                <p className="[overflow-wrap:anywhere]">{attempt.error?.message}</p>
              </li>
            ))}
          </ol>
        </Panel>
      ) : null}
    </div>
  )
}

function ErrorFacts({ error }: { error: TaskError }) {
  return (
    <div>
      <h2 className="text-16 [overflow-wrap:anywhere]">{error.message}</h2>
      {error.advice ? <p className="text-14 leading-6 mt-1 max-w-[68ch]">{error.advice}</p> : null}
      <dl className="mt-3 grid gap-1.5 text-12">
        <div className="flex items-center gap-2">
          <dt className="text-soft w-24">Code</dt>
          <dd className="mono flex items-center gap-1">
            {error.code}
            <CopyButton text={error.code} label="Copy the code" />
          </dd>
        </div>
        {error.requestId ? (
          <div className="flex items-center gap-2">
            <dt className="text-soft w-24">Request id</dt>
            <dd className="mono flex items-center gap-1 min-w-0">
              <span className="truncate">{error.requestId}</span>
              <CopyButton text={error.requestId} label="Copy the request id" />
            </dd>
          </div>
        ) : null}
      </dl>
    </div>
  )
}
