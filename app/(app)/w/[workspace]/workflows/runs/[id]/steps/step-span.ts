// Where a step lies on its run's time axis; an open one goes on growing after it was read. Pure.
import type { BoardStep } from '#lib/workflows/shapes.ts'
import { type Spent, spentOf } from './spent.ts'

export type StepSpan = Spent & { /** From the start of the run. */ fromMs: number }

export function stepSpan(
  step: Pick<BoardStep, 'kind' | 'status' | 'waitedMs' | 'workedMs' | 'startedAt'>,
  runStart: string,
  now: number,
  readAt: number,
): StepSpan {
  const spent = spentOf(step, Math.max(0, now - readAt))
  const begun = step.startedAt === null ? 0 : new Date(step.startedAt).getTime() - new Date(runStart).getTime()
  return { fromMs: Math.max(0, step.startedAt === null ? 0 : begun - step.waitedMs), ...spent }
}
