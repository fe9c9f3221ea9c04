// Steps as they begin: with all that can be known, so that little is left to fill in. Pure.
import type { StepKind } from '../definition.ts'
import { identifierOf } from '../needs.ts'
import { branchesOf, type Draft, type DraftStep, freeName, kindOf, nameOf, needsOf, stepsOf } from './read.ts'

/** `worker` of a worker or map step. */
export type NewStep = { kind: StepKind; worker?: string; title: string }

/** A person who never comes would hold the run for ever. */
export const APPROVAL_HOURS = 48

/** After the step at `after` in the list and in time; null = last in the list, with nothing to wait for. */
export function withStep(draft: Draft, wanted: NewStep, after: number | null): { draft: Draft; at: number } {
  const steps = stepsOf(draft)
  const before = after === null ? undefined : steps[after]
  const at = before === undefined || after === null ? steps.length : after + 1
  const step: DraftStep = {
    name: freeName(draft, wanted.worker ?? wanted.kind),
    title: wanted.title.slice(0, 80),
    kind: wanted.kind,
    ...(before === undefined || nameOf(before) === '' ? {} : { needs: [needOn(draft, before)] }),
    ...begins(wanted, before),
  }
  return { draft: { ...draft, steps: steps.toSpliced(at, 0, step) }, at }
}

/** Its end, or the first of its branches that nothing waits for. */
function needOn(draft: Draft, before: DraftStep): string {
  const name = nameOf(before)
  const taken = new Set(stepsOf(draft).flatMap(needsOf))
  const free = branchesOf(before)
    .map((branch) => `${name}.${branch}`)
    .find((need) => !taken.has(need))
  return free ?? name
}

function begins({ kind, worker = 'summarizer' }: NewStep, before: DraftStep | undefined): DraftStep {
  switch (kind) {
    case 'worker':
      return { worker }
    case 'map':
      return { worker, over: 'chunks' }
    case 'join': {
      const list = before !== undefined && kindOf(before) === 'map' ? `${identifierOf(nameOf(before))}.items` : ''
      return { from: list, as: 'list' }
    }
    case 'condition':
      return { if: '' }
    case 'validate':
      return { checks: [{ check: 'not_empty', of: 'input.text' }] }
    case 'approval':
      return { question: 'May this go on?', timeoutHours: APPROVAL_HOURS }
    case 'wait':
      return { seconds: 3_600 }
    case 'webhook':
      return { url: '' }
    case 'workflow':
      return { workflow: '' }
  }
}

/** The same again right after it; nothing stands in twice. */
export function withCopy(draft: Draft, index: number): { draft: Draft; at: number } {
  const steps = stepsOf(draft)
  const step = steps[index]
  if (!step) return { draft, at: index }
  const { onFailure, ...rest } = step
  const copy = {
    ...rest,
    name: freeName(draft, nameOf(step) || 'step'),
    ...(typeof onFailure === 'string' ? { onFailure } : {}),
  }
  return { draft: { ...draft, steps: steps.toSpliced(index + 1, 0, copy) }, at: index + 1 }
}
