import type { Route } from 'next'
import Link from 'next/link'
import { Panel } from '#app/_ui/panel.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { TaskSummary } from '#lib/tasks/shapes.ts'
import { LinkedRows } from './linked-rows.tsx'

export type EarlierPlan = Pick<TaskSummary, 'id' | 'title' | 'status' | 'reason' | 'createdAt'>

/** Plans stay where they were made; the newest few lead back there. */
export function EarlierPlans({ plans }: { plans: readonly EarlierPlan[] }) {
  const { path } = useWorkspace()
  if (plans.length === 0) return null
  return (
    <Panel title="Earlier plans" end={<HistoryLink href={path('/history?worker=planner')} />}>
      <LinkedRows rows={plans.map((plan) => ({ ...plan, href: path(`/workflows/plan/${plan.id}`) }))} />
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
