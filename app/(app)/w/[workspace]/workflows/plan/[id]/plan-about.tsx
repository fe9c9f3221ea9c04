import { CircleCheck, CircleX } from 'lucide-react'
import { formatCount } from '#app/_ui/format.ts'
import { Panel } from '#app/_ui/panel.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { PlanDetail } from '#lib/plans/shapes.ts'
import { EngineBadge } from '../../../tasks/[id]/engine-badge.tsx'
import { LinkedRows } from '../linked-rows.tsx'

/** Whether it would run, as told after every change. */
export function PlanCheck({ plan, saving }: { plan: PlanDetail; saving: boolean }) {
  return (
    <div aria-live="polite">
      {saving ? (
        <p className="text-12 text-soft">Saving …</p>
      ) : plan.issues.length > 0 ? (
        <ul className="grid gap-1.5" aria-label="What to correct">
          {plan.issues.map(({ path, message }) => (
            <li key={`${path} ${message}`} className="flex gap-2 text-12">
              <CircleX className="i-sm mt-px shrink-0 text-failed-fg" aria-hidden />
              <span className="min-w-0 [overflow-wrap:anywhere]">
                {titleAt(plan, path)}
                {message}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="flex gap-2 text-12 text-completed-fg">
          <CircleCheck className="i-sm mt-px shrink-0" aria-hidden />
          Checked: nothing to correct
        </p>
      )}
    </div>
  )
}

function titleAt({ steps }: PlanDetail, path: string): string {
  const [, index] = /^steps\.(\d+)/.exec(path) ?? []
  const title = index === undefined ? undefined : steps[Number(index)]?.title
  return title === undefined ? '' : `${title}: `
}

export function PlanRuns({ runs }: Pick<PlanDetail, 'runs'>) {
  const { path } = useWorkspace()
  if (runs.length === 0) return null
  return (
    <Panel title="Runs of this plan" count={runs.length}>
      <LinkedRows rows={runs.map((run) => ({ ...run, href: path(`/workflows/runs/${run.id}`) }))} />
    </Panel>
  )
}

/** The text and how the plan came about. */
export function PlanOrigin({ plan }: { plan: PlanDetail }) {
  return (
    <Panel title="Made from" note={`${formatCount(plan.characters)} characters`}>
      <div className="p-3.5 grid gap-3">
        <p className="doc text-13! leading-[1.55]! text-soft [overflow-wrap:anywhere]" dir="auto">
          {plan.preview}
          {plan.preview.length < plan.characters ? ' …' : ''}
        </p>
        {plan.info ? (
          <div className="grid gap-1.5 border-t border-line pt-3 text-12 text-soft">
            <p>
              <EngineBadge info={plan.info} />
            </p>
            <p>{plan.info.method}</p>
            {plan.info.limits.map((limit) => (
              <p key={limit} className="[overflow-wrap:anywhere]">
                {limit}
              </p>
            ))}
          </div>
        ) : null}
      </div>
    </Panel>
  )
}
