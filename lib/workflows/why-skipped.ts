// Why a step will not run, in one sentence. Pure.
import type { StepDefinition } from './definition.ts'
import { type Branch, parseNeed } from './needs.ts'
import type { StepStatus } from './states.ts'

type Step = Pick<StepDefinition, 'name' | 'title' | 'needs' | 'onFailure'>
type Standing = { status: StepStatus; branch?: Branch | null }

export function whySkipped(
  steps: readonly Step[],
  standing: (name: string) => Standing | undefined,
  { name, needs }: Pick<Step, 'name' | 'needs'>,
): string {
  const titleOf = (step: string) => steps.find((one) => one.name === step)?.title ?? step
  for (const { step, branch } of needs.map(parseNeed)) {
    const before = standing(step)
    if (branch && before?.status === 'completed' && before.branch !== branch)
      return `“${titleOf(step)}” went the other way.`
  }
  const replaced = steps.find(({ onFailure }) => typeof onFailure !== 'string' && onFailure.fallback === name)
  if (replaced && standing(replaced.name)?.status !== 'failed')
    return `“${replaced.title}” did not fail, so nothing stands in for it.`
  if (needs.length > 0 && needs.every((need) => standing(parseNeed(need).step)?.status === 'skipped'))
    return needs.length === 1
      ? `“${titleOf(parseNeed(needs[0] ?? '').step)}” was skipped.`
      : 'All that it needs was skipped.'
  const broken = steps.find(({ name: other, onFailure }) => {
    const status = standing(other)?.status
    return (status === 'failed' && onFailure === 'fail') || (status === 'cancelled' && onFailure !== 'continue')
  })
  if (!broken) return 'A step that it needs did not go on.'
  const how = standing(broken.name)?.status === 'failed' ? 'failed' : 'was cancelled'
  return `“${broken.title}” ${how}, and the run cannot do without it.`
}
