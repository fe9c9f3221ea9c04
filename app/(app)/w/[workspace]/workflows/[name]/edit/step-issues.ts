// Which step of the draft as it stands now each issue of the saved draft belongs to. Pure.
import type { FieldIssue } from '#lib/errors.ts'
import { type Draft, stepsOf } from '#lib/workflows/draft/read.ts'

export type PlacedIssue = FieldIssue & {
  /** Null for what concerns the workflow as a whole. */
  index: number | null
}

/** Steps that moved take theirs along; a step that was typed in since keeps them until the next look. */
export function placedIssues(issues: readonly FieldIssue[], saved: Draft, now: Draft): PlacedIssue[] {
  if (issues.length === 0) return []
  const [before, after] = [stepsOf(saved), stepsOf(now)]
  const places = new Map(after.map((step, index) => [step, index]))
  return issues.flatMap(({ path, message }): PlacedIssue[] => {
    const [, place, rest] = /^steps\.(\d+)\.?(.*)$/.exec(path) ?? []
    if (place === undefined) return [{ index: null, path, message }]
    const was = before[Number(place)]
    const index = (was && places.get(was)) ?? (before.length === after.length ? Number(place) : undefined)
    return index === undefined ? [] : [{ index, path: rest ?? '', message }]
  })
}

export function byStep(issues: readonly PlacedIssue[]): ReadonlyMap<number, readonly FieldIssue[]> {
  const found = new Map<number, PlacedIssue[]>()
  for (const issue of issues)
    if (issue.index !== null) found.set(issue.index, [...(found.get(issue.index) ?? []), issue])
  return found
}
