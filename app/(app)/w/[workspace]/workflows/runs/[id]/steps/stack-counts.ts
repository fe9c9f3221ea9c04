// How far many alike are, steps of a stack or items of a list, in one line: "38 of 50, 2 failed". Pure.
import { formatCount } from '#app/_ui/format.ts'
import type { BoardStep } from '#lib/workflows/shapes.ts'
import type { StepStatus } from '#lib/workflows/states.ts'
import { hasEnded } from '../../../run-facts.ts'

export type Counts = {
  ended: number
  of: number
  failed: number
  /** In the order of a bar: what ended, what works, what waits, what has not begun. */
  parts: { status: StepStatus; count: number }[]
}

const BAR_ORDER = [
  'completed',
  'failed',
  'cancelled',
  'in_progress',
  'blocked',
  'pending',
  'waiting',
  'skipped',
] as const satisfies readonly StepStatus[]

export function countsOfSteps(steps: readonly Pick<BoardStep, 'status'>[]): Counts {
  const counts = new Map<StepStatus, number>()
  for (const { status } of steps) counts.set(status, (counts.get(status) ?? 0) + 1)
  return countsOfItems([...counts].map(([status, count]) => ({ status, count })))
}

export function countsOfItems(counted: BoardStep['itemCounts']): Counts {
  const sum = (counts: BoardStep['itemCounts']) => counts.reduce((total, { count }) => total + count, 0)
  return {
    ended: sum(counted.filter(({ status }) => hasEnded(status))),
    of: sum(counted),
    failed: sum(counted.filter(({ status }) => status === 'failed')),
    parts: BAR_ORDER.flatMap((wanted) => counted.filter(({ status }) => status === wanted)),
  }
}

export function countWords({ ended, of, failed }: Counts): string {
  return `${formatCount(ended)} of ${formatCount(of)}${failed > 0 ? `, ${formatCount(failed)} failed` : ''}`
}

/** The state that says most about all of them: what works, else what is open, else how it ended. */
export function stackStatus(steps: readonly Pick<BoardStep, 'status'>[]): StepStatus {
  const present = new Set(steps.map(({ status }) => status))
  const order = ['in_progress', 'pending', 'blocked', 'waiting', 'failed', 'cancelled', 'completed'] as const
  return order.find((status) => present.has(status)) ?? 'skipped'
}
