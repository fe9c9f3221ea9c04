import { Check, Hourglass, X } from 'lucide-react'
import type { BoardStep } from '#lib/workflows/shapes.ts'
import { StepBadge } from '../../../step-badge.tsx'
import { onlyWaits } from './spent.ts'

/** The state of a step with the word that fits its kind: a person is waited for, a condition holds or does not. */
export function StepState({ step }: { step: BoardStep }) {
  if (step.status === 'in_progress' && onlyWaits(step))
    return (
      <span className="st s-pending" data-status="in_progress">
        <Hourglass className="i-sm" aria-hidden />
        {step.kind === 'approval' ? 'Waits for a decision' : 'Waits'}
      </span>
    )
  if (step.status === 'completed' && step.branch !== null) {
    const Icon = step.branch === 'yes' ? Check : X
    return (
      <span className={`st ${step.branch === 'yes' ? 's-completed' : 's-cancelled'}`} data-status="completed">
        <Icon className="i-sm" aria-hidden />
        {branchWord(step)}
      </span>
    )
  }
  return <StepBadge status={step.status} reason={step.reason} />
}

function branchWord({ kind, branch }: BoardStep): string {
  if (kind === 'approval') return branch === 'yes' ? 'Approved' : 'Declined'
  return branch === 'yes' ? 'Yes' : 'No'
}
