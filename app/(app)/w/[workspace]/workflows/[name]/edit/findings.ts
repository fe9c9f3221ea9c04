// What is wrong with the draft, as the checks tell it. Pure.
import { type Draft, stepsOf, titleOf } from '#lib/workflows/draft/read.ts'
import type { PlacedIssue } from './step-issues.ts'
import { linesOf } from '#lib/workflows/stored/yaml-draft.ts'

export type FoundIssue = PlacedIssue & {
  about: string
  /** In the text that is shown, when it is. */
  line: number | null
}

/** `text` is what stands in the YAML view, null in the others. */
export function foundIssues(issues: readonly PlacedIssue[], draft: Draft, text: string | null): FoundIssue[] {
  const steps = stepsOf(draft)
  const paths = issues.map(({ index, path }) => (index === null ? path : `steps.${index}${path && `.${path}`}`))
  const lines = text === null ? [] : linesOf(text, paths)
  return issues.map((issue, place) => {
    const step = issue.index === null ? undefined : steps[issue.index]
    return { ...issue, about: step ? titleOf(step) : 'The workflow', line: lines[place] ?? null }
  })
}
