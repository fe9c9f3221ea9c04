// Which step a person wants to see without asking: the one that works, or the one that failed. Pure.
import type { BoardStep, RunBoard } from '#lib/workflows/shapes.ts'

/** The step to follow; it stays the same while it works, so that the picture does not jump. Null when nothing works. */
export function followed(steps: readonly BoardStep[], last: string | null): string | null {
  const working = steps.filter(({ status }) => status === 'in_progress')
  if (working.some(({ name }) => name === last)) return last
  const started = ({ startedAt }: BoardStep) => (startedAt === null ? 0 : new Date(startedAt).getTime())
  const newest = working.toSorted((a, b) => started(b) - started(a))[0]
  return (newest ?? steps.find(({ status }) => status === 'pending'))?.name ?? null
}

/** Where a run that did not succeed broke: the first step that failed. Null for every other run. */
export function brokenAt({ status, steps }: Pick<RunBoard, 'status' | 'steps'>): string | null {
  if (status !== 'failed') return null
  const failed = steps.filter((step) => step.status === 'failed')
  const ended = ({ finishedAt }: BoardStep) => (finishedAt === null ? Number.POSITIVE_INFINITY : Date.parse(finishedAt))
  return failed.toSorted((a, b) => ended(a) - ended(b))[0]?.name ?? null
}
