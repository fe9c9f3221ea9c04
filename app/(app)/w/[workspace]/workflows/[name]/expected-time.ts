// How long a run takes when each step takes as long as its worker usually does. Pure.
import type { WorkerTimes } from '#lib/tasks/shapes.ts'
import type { StepDefinition } from '#lib/workflows/definition.ts'
import { parseNeed } from '#lib/workflows/needs.ts'

type Step = Pick<StepDefinition, 'name' | 'needs'> & { worker?: string }

/** Along the longest way through the steps, as far as times are known; null while none is. */
export function expectedMs(steps: readonly Step[], times: readonly WorkerTimes[]): number | null {
  const ends = new Map<string, number>()
  const endOf = (step: Step): number => {
    const known = ends.get(step.name)
    if (known !== undefined) return known
    const before = step.needs.flatMap((need) => steps.find(({ name }) => name === parseNeed(need).step) ?? [])
    const own = times.find(({ worker }) => worker === step.worker)
    const end = Math.max(own?.startsInMs ?? 0, ...before.map(endOf)) + (own?.medianMs ?? 0)
    ends.set(step.name, end)
    return end
  }
  if (!steps.some(({ worker }) => times.some((own) => own.worker === worker && own.medianMs !== null))) return null
  return Math.max(...steps.map(endOf))
}
