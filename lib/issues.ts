// What zod found wrong, as the sentences and paths that people and programs are shown.
import { z } from 'zod'
import type { FieldIssue } from '#lib/errors.ts'
import { issueWords } from './issue-words.ts'

// Below what a schema says itself, above zod's own words.
z.config({ customError: issueWords })

const MAX_ISSUES = 50

type Path = readonly PropertyKey[]
type Issue = z.core.$ZodIssue

/** One entry per field, at most 50; `prefix` is the field that holds the checked value. */
export function fieldIssues(error: z.core.$ZodError, prefix: Path = []): FieldIssue[] {
  return error.issues
    .slice(0, MAX_ISSUES)
    .flatMap((issue) => readable(issue, prefix))
    .slice(0, MAX_ISSUES)
}

function readable(issue: Issue, prefix: Path): FieldIssue[] {
  const path = [...prefix, ...issue.path]
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: written([...path, key]), message: 'This field is not known here.' }))
  if (issue.code === 'invalid_union') {
    const nearest = issue.errors.toSorted((a, b) => a.length - b.length)[0]
    if (nearest && nearest.length > 0) return nearest.flatMap((inner) => readable(inner, path))
  }
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element')
    return issue.issues.flatMap((inner) => readable(inner, path))
  return [{ path: written(path), message: issue.message }]
}

function written(path: Path): string {
  return path.map(String).join('.')
}
