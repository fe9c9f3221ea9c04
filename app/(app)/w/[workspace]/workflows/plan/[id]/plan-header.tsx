'use client'

import { Ban, Save, Sparkles } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { StatusBadge } from '#app/_ui/status-badge.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { PlanDetail } from '#lib/plans/shapes.ts'
import { FromDocument } from '../../../documents/from-document.tsx'
import { useTaskActions } from '../../../tasks/[id]/task-actions.tsx'

type Props = {
  plan: PlanDetail
  saving: boolean
  onSave: () => void
  /** Why it cannot be kept as a workflow; null when it can. */
  whyNotSave: string | null
}

export function PlanHeader({ plan, saving, onSave, whyNotSave }: Props) {
  const { path } = useWorkspace()
  const actions = useTaskActions()
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
      <div className="min-w-0 flex-1 basis-80">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
          <h1 id="task-title" tabIndex={-1} className="text-20 min-w-0 outline-none [overflow-wrap:anywhere]">
            {plan.title}
          </h1>
          {plan.proposal === null ? <StatusBadge status={plan.status} reason={plan.reason} /> : null}
          {plan.proposal?.about ? <span className="badge">{plan.proposal.about}</span> : null}
        </div>
        <p className="text-soft mt-1 [overflow-wrap:anywhere]">
          {plan.goal === '' || plan.goal === plan.title ? 'Planned ' : `For the goal “${plan.goal}”, planned `}
          <DateTime at={plan.createdAt} />
          {plan.document ? (
            <>
              {' '}
              for <FromDocument document={plan.document} path={path} />
            </>
          ) : null}{' '}
          by the task{' '}
          <Link className="link mono" href={path(`/tasks/${plan.id}`) as Route} title={plan.id}>
            {plan.id.slice(0, 8)}…{plan.id.slice(-4)}
          </Link>
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        {plan.proposal === null && actions.whyNotCancel === null ? (
          <Button icon={<Ban aria-hidden />} busy={actions.doing === 'cancel'} onClick={actions.cancel}>
            Cancel
          </Button>
        ) : null}
        <ButtonLink icon={<Sparkles aria-hidden />} href={path(`/workflows/plan?from=${plan.id}`)}>
          Plan again
        </ButtonLink>
        {plan.proposal ? (
          <Button icon={<Save aria-hidden />} busy={saving} disabledReason={whyNotSave} onClick={onSave}>
            Save as workflow
          </Button>
        ) : null}
      </div>
    </div>
  )
}
