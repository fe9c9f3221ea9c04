'use client'

import { ButtonLink } from '#app/_ui/button.tsx'
import { Note } from '#app/_ui/note.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { PlanDetail } from '#lib/plans/shapes.ts'
import type { TaskDetail } from '#lib/tasks/shapes.ts'
import { StateNote, type WorkerFacts } from '../../../tasks/[id]/state-note.tsx'
import { StepsSkeleton } from './steps-skeleton.tsx'

/** While there is no plan: where its task stands, and what can be done. */
export function Planning({ task, worker, mine }: { task: TaskDetail; worker: WorkerFacts; mine: boolean }) {
  const { path } = useWorkspace()
  const busy = task.status === 'pending' || task.status === 'in_progress'
  return (
    <>
      {task.status === 'completed' ? (
        <Note
          tone="plain"
          title="This plan cannot be shown"
          actions={
            <ButtonLink size="sm" href={path(`/workflows/plan?from=${task.id}`)}>
              Plan again
            </ButtonLink>
          }
        >
          It was made by another version of Baton. The text and the goal are still here.
        </Note>
      ) : null}
      <StateNote task={task} worker={worker} mine={mine} />
      {busy ? (
        <div aria-busy="true">
          <output className="text-soft block mb-4">
            {task.status === 'pending' ? 'The plan has not begun yet.' : 'The text and the goal are being read …'}
          </output>
          <StepsSkeleton />
        </div>
      ) : null}
    </>
  )
}

/** The model was asked and its plan did not hold: said before anything else. */
export function StandIn({ task, plan }: { task: TaskDetail; plan: PlanDetail }) {
  const { path } = useWorkspace()
  const asked = task.calls.some(({ epoch }) => epoch === task.epoch)
  if (plan.info?.engine.kind !== 'rules' || !asked) return null
  return (
    <Note
      tone="blocked"
      title="The model’s plan did not pass the check, so the built-in rules made this one"
      actions={
        <ButtonLink size="sm" href={path(`/tasks/${plan.id}`)}>
          See its calls
        </ButtonLink>
      }
    >
      The model was told once what was wrong. What it cost is in the task.
    </Note>
  )
}
