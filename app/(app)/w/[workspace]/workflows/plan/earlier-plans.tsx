import type { Route } from 'next'
import Link from 'next/link'
import { Panel } from '#app/_ui/panel.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { StatusBadge } from '#app/_ui/status-badge.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { TaskSummary } from '#lib/tasks/shapes.ts'

export type EarlierPlan = Pick<TaskSummary, 'id' | 'title' | 'status' | 'reason' | 'createdAt'>

/** Plans stay where they were made; the newest few lead back there. */
export function EarlierPlans({ plans }: { plans: readonly EarlierPlan[] }) {
  const { path } = useWorkspace()
  if (plans.length === 0) return null
  return (
    <Panel title="Earlier plans" end={<HistoryLink href={path('/history?worker=planner')} />}>
      <ul>
        {plans.map(({ id, title, status, reason, createdAt }) => (
          <li
            key={id}
            className="relative flex items-center gap-3 px-3.5 py-2 border-t border-line first:border-t-0 hover:bg-hover"
          >
            <span className="min-w-0 flex-1">
              <Link
                className="row-a block truncate after:absolute after:inset-0"
                href={path(`/workflows/plan/${id}`) as Route}
              >
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
    </Panel>
  )
}

function HistoryLink({ href }: { href: string }) {
  return (
    <Link className="link text-12" href={href as Route}>
      All plans
    </Link>
  )
}
