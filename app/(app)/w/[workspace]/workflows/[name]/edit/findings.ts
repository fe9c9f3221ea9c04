// What the checks tell: where the draft is wrong, what is better done otherwise, and what mends it at once. Pure.
import { adviceOn, type Fix, fixOf } from '#lib/workflows/draft/fixes.ts'
import { type Draft, nameOf, stepsOf, titleOf, understood } from '#lib/workflows/draft/read.ts'
import { type KnownOutputs, scopesIn } from '#lib/workflows/scopes.ts'
import type { PlacedIssue } from './step-issues.ts'

export type Finding = PlacedIssue & {
  tone: 'error' | 'warning'
  /** What it is about: a step, or the workflow. */
  about: string
  /** In the text that is shown, when it is. */
  line: number | null
  fix: Fix | null
}

/** More would say nothing new, and each is looked at for what would mend it. */
const MOST_MENDED = 20

type Around = { known: KnownOutputs; workers: readonly string[]; workflows: readonly string[] }

/** `lines` tells where paths stand in the YAML view; null in the others. */
export function findingsOn(
  draft: Draft,
  issues: readonly PlacedIssue[],
  lines: ((paths: string[]) => (number | null)[]) | null,
  { known, workers, workflows }: Around,
): Finding[] {
  const steps = stepsOf(draft)
  const scopes = issues.length > 0 ? scopesIn(understood(draft), known) : null
  const aboutOf = (index: number | null) => titleOf((index === null ? undefined : steps[index]) ?? {})
  const wrong = issues.map((issue, place): Finding => {
    const { index, path } = issue
    const name = index === null ? null : nameOf(steps[index] ?? {})
    const fix =
      scopes === null || index === null || name === null || place >= MOST_MENDED
        ? null
        : fixOf(draft, index, path, { scope: scopes(name), workers, workflows })
    return { ...issue, tone: 'error', about: index === null ? 'The workflow' : aboutOf(index), line: null, fix }
  })
  const advice = adviceOn(draft).map((one): Finding => ({
    ...one,
    tone: 'warning',
    about: aboutOf(one.index),
    line: null,
  }))
  const all = [...wrong, ...advice]
  if (lines === null) return all
  const paths = all.map(({ index, path }) => (index === null ? path : `steps.${index}${path && `.${path}`}`))
  const found = lines(paths)
  return all.map((finding, place) => ({ ...finding, line: found[place] ?? null }))
}
