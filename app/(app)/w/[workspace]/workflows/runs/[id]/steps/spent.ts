// How long a step waited and worked. A step that waits for a person or for its time does not work meanwhile. Pure.
import type { BoardStep } from '#lib/workflows/shapes.ts'

type Timed = Pick<BoardStep, 'kind' | 'status' | 'waitedMs' | 'workedMs'>
export type Spent = { waitedMs: number; workedMs: number }

/** `sinceMs` after it was read; an open step goes on. */
export function spentOf(step: Timed, sinceMs = 0): Spent {
  const more = step.status === 'pending' || step.status === 'in_progress' ? sinceMs : 0
  if (onlyWaits(step)) return { waitedMs: step.waitedMs + step.workedMs + more, workedMs: 0 }
  if (step.status === 'pending') return { waitedMs: step.waitedMs + more, workedMs: step.workedMs }
  return { waitedMs: step.waitedMs, workedMs: step.workedMs + more }
}

export function onlyWaits({ kind }: Pick<BoardStep, 'kind'>): boolean {
  return kind === 'approval' || kind === 'wait'
}

export function isOpen({ status }: Pick<BoardStep, 'status'>): boolean {
  return status === 'pending' || status === 'in_progress'
}

/** Whether there is a time to show. */
export function hasBegun({ taskId, startedAt }: Pick<BoardStep, 'taskId' | 'startedAt'>): boolean {
  return taskId !== null || startedAt !== null
}
