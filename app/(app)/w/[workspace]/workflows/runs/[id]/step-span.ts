// Where a step lies on its run's time axis; an open one goes on growing after it was read. Pure.
import type { RunStep } from '#lib/workflows/shapes.ts'

export type StepSpan = { /** From the start of the run. */ fromMs: number; waitedMs: number; workedMs: number }

export function stepSpan(
  step: Pick<RunStep, 'status' | 'waitedMs' | 'workedMs' | 'startedAt'>,
  runStart: string,
  now: number,
  readAt: number,
): StepSpan {
  const since = Math.max(0, now - readAt)
  const waitedMs = step.waitedMs + (step.status === 'pending' ? since : 0)
  const workedMs = step.workedMs + (step.status === 'in_progress' ? since : 0)
  const begun = step.startedAt === null ? 0 : new Date(step.startedAt).getTime() - new Date(runStart).getTime()
  return { fromMs: Math.max(0, step.startedAt === null ? 0 : begun - step.waitedMs), waitedMs, workedMs }
}
