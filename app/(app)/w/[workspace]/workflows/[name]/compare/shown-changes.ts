// Changes of a workflow as they are shown: fields and values in words. Pure.
import { stringify } from 'yaml'
import { STEP_KINDS } from '#lib/workflows/definition.ts'
import type { FieldChange, StepChange, WorkflowChanges } from '#lib/workflows/stored/compare.ts'
import { type DiffPart, diffLines, diffWords, shortened } from '../../runs/[id]/compare/word-diff.ts'

export type ShownField = {
  label: string
  /** Null where it is not set. */
  before: string | null
  after: string | null
  /** Of a text with several words: both as one, what is gone and what is new marked. */
  words: DiffPart[] | null
  code: boolean
}

export type ShownStep = Omit<StepChange, 'fields'> & { fields: ShownField[] }

export type ShownChanges = {
  fields: ShownField[]
  steps: ShownStep[]
  same: number
  reordered: boolean
}

/** Steps that are the same are only counted. */
export function shownChanges({ fields, steps, reordered }: WorkflowChanges): ShownChanges {
  const changed = steps.filter(({ change }) => change !== 'same')
  return {
    fields: fields.map(shownField),
    steps: changed.map((step) => ({
      ...step,
      kind: STEP_KINDS.find((kind) => kind === step.kind) ?? null,
      fields: step.fields.filter(tells).map(shownField),
    })),
    same: steps.length - changed.length,
    reordered,
  }
}

const LABELS: Record<string, string> = {
  title: 'Title',
  summary: 'Summary',
  kind: 'Kind',
  needs: 'Needs',
  onFailure: 'If it fails',
  worker: 'Worker',
  text: 'Reads',
  engine: 'Engine',
  attempts: 'Attempts',
  timeoutSeconds: 'Time limit, s',
  model: 'Model',
  over: 'Works through',
  chunkCharacters: 'Longest chunk, characters',
  mayFail: 'Items that may fail',
  from: 'Joins',
  as: 'Joined as',
  if: 'Condition',
  question: 'Question',
  approvers: 'Who decides',
  notSubmitter: 'Not whoever started it',
  timeoutHours: 'Time limit, h',
  onTimeout: 'When that has passed',
  show: 'Shown to who decides',
  seconds: 'Waits, s',
  url: 'Address',
  body: 'Sends',
  workflow: 'Workflow',
}

const PARTS: Record<string, string> = { options: 'Option', checks: 'Check', fields: 'Field of the form' }

export function labelOf(field: string): string {
  const [first = '', second, ...rest] = field.split('.')
  const part = PARTS[first]
  if (part === undefined || second === undefined) return LABELS[field] ?? field
  const named = first === 'options' ? second : String(Number(second) + 1)
  return [`${part} ${named}`, ...rest].join(', ')
}

/** What everything has by itself says nothing of a new step. */
function tells({ before, after }: FieldChange): boolean {
  const value = after ?? before
  return !(value === 'fail' || value === '' || (Array.isArray(value) && value.length === 0 && before === undefined))
}

const LONG = 40

function shownField({ field, before, after }: FieldChange): ShownField {
  const [left, right] = [valueWords(field, before), valueWords(field, after)]
  const long =
    typeof before === 'string' && typeof after === 'string' && (left ?? '').length + (right ?? '').length > LONG
  return {
    label: labelOf(field),
    before: left,
    after: right,
    words: long ? shortened(diffWords(before, after)) : null,
    code: !['title', 'summary', 'question'].includes(field),
  }
}

function valueWords(field: string, value: unknown): string | null {
  if (value === undefined || value === null) return null
  if (field === 'onFailure') return failureWords(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ') || 'nothing'
  return stringify(value, { lineWidth: 0 }).trim()
}

function failureWords(value: unknown): string {
  if (value === 'fail') return 'the run fails'
  if (value === 'continue') return 'goes on without it'
  const fallback = (value as { fallback?: unknown } | null)?.fallback
  return typeof fallback === 'string' ? `${fallback} stands in` : JSON.stringify(value)
}

/** A line of both texts, or so many that are the same. */
export type YamlRow =
  | { kind: DiffPart['kind']; text: string; before: number | null; after: number | null }
  | { skipped: number }

const CONTEXT = 3

export function yamlRows(before: string, after: string): YamlRow[] {
  let [left, right] = [0, 0]
  const rows = diffLines(before.trimEnd(), after.trimEnd()).map(({ kind, text }) => ({
    kind,
    text,
    before: kind === 'new' ? null : (left += 1),
    after: kind === 'gone' ? null : (right += 1),
  }))
  const near = new Set(
    rows.flatMap(({ kind }, index) =>
      kind === 'same' ? [] : Array.from({ length: 2 * CONTEXT + 1 }, (_, offset) => index - CONTEXT + offset),
    ),
  )
  return rows.reduce<YamlRow[]>((shown, row, index) => {
    const last = shown.at(-1)
    if (near.has(index)) shown.push(row)
    else if (last && 'skipped' in last) last.skipped += 1
    else shown.push({ skipped: 1 })
    return shown
  }, [])
}
