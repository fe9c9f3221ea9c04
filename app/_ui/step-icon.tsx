import { Combine, GitFork, Hourglass, ListChecks, type LucideIcon, UserCheck, Webhook, Workflow } from 'lucide-react'
import { createElement } from 'react'
import type { StepKind } from '#lib/workflows/definition.ts'
import { workerIcon } from './shell/navigation.tsx'

const ICONS: Record<Exclude<StepKind, 'worker' | 'map'>, LucideIcon> = {
  condition: GitFork,
  join: Combine,
  validate: ListChecks,
  approval: UserCheck,
  wait: Hourglass,
  webhook: Webhook,
  workflow: Workflow,
}

/** Of a step of a workflow: its worker's, or its kind's. */
export function stepIcon({ kind, worker }: { kind: StepKind; worker?: string | null }): LucideIcon {
  if (kind === 'worker' || kind === 'map') return workerIcon(worker ?? '')
  return ICONS[kind]
}

export function StepIcon({
  step,
  className = 'i',
}: {
  step: { kind: StepKind; worker?: string | null }
  className?: string
}) {
  return createElement(stepIcon(step), { className, 'aria-hidden': true })
}
