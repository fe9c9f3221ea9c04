// What is other in a workflow than in another state of it, by what it means: steps that came, went or changed, field by
// field. Either may be a draft, which may be anything. Pure.
import type { StepKind } from '../definition.ts'
import { identifierOf } from '../needs.ts'

/** `undefined` where the side has no such field. */
export type FieldChange = { field: string; before?: unknown; after?: unknown }

export type StepChange = {
  /** Its name in the later state; in the earlier one for a step that is gone. */
  name: string
  /** The name that it had, where only that has changed with what names it. */
  was: string | null
  title: string
  kind: StepKind | null
  worker: string | null
  change: 'new' | 'gone' | 'changed' | 'same'
  /** Of a step that is new or gone, what it says or said. */
  fields: FieldChange[]
}

export type WorkflowChanges = {
  /** Of the workflow itself. */
  fields: FieldChange[]
  /** In the order of the later state; those that are gone come last. */
  steps: StepChange[]
  /** Steps of both stand in another order. */
  reordered: boolean
}

type Data = Record<string, unknown>

export function compareWorkflows(before: unknown, after: unknown): WorkflowChanges {
  const [earlier, later] = [stepsOf(before), stepsOf(after)]
  const renamed = renames(earlier, later)
  const known = new Map(earlier.map((step) => [renamed.get(nameOf(step)) ?? nameOf(step), step]))
  const kept = new Set(later.map(nameOf))
  const old = new Map([...renamed].map(([was, name]) => [name, was]))
  const shared = (steps: readonly Data[], named: (step: Data) => string) =>
    steps.map(named).filter((name) => kept.has(name) && known.has(name))
  return {
    fields: fieldChanges(without(before, ['name', 'steps']), without(after, ['name', 'steps'])),
    steps: [
      ...later.map((step) => stepChange(known.get(nameOf(step)), step, renamed, old.get(nameOf(step)) ?? null)),
      ...earlier
        .filter((step) => !kept.has(renamed.get(nameOf(step)) ?? nameOf(step)))
        .map((step) => stepChange(step, undefined, renamed, null)),
    ],
    reordered:
      shared(earlier, (step) => renamed.get(nameOf(step)) ?? nameOf(step)).join() !== shared(later, nameOf).join(),
  }
}

export function countChanges({
  fields,
  steps,
}: WorkflowChanges): Record<'new' | 'gone' | 'changed' | 'fields', number> {
  const count = (change: StepChange['change']) => steps.filter((step) => step.change === change).length
  return { new: count('new'), gone: count('gone'), changed: count('changed'), fields: fields.length }
}

function stepChange(
  before: Data | undefined,
  after: Data | undefined,
  renamed: ReadonlyMap<string, string>,
  was: string | null,
): StepChange {
  const shown = after ?? before ?? {}
  const fields = fieldChanges(before ? withRenames(before, renamed) : {}, after ?? {}).filter(
    ({ field }) => field !== 'name',
  )
  return {
    name: nameOf(shown),
    was,
    title: typeof shown['title'] === 'string' ? shown['title'] : nameOf(shown),
    kind: typeof shown['kind'] === 'string' ? (shown['kind'] as StepKind) : null,
    worker: typeof shown['worker'] === 'string' ? shown['worker'] : null,
    change: !before ? 'new' : !after ? 'gone' : fields.length > 0 || was !== null ? 'changed' : 'same',
    fields: fields.filter(({ field }) =>
      field !== 'kind' && field !== 'title' ? true : before !== undefined && after !== undefined,
    ),
  }
}

/** A list of one kind is one field, and so is what a failure means; what holds names of its own is told name by name. */
function fieldChanges(before: Data, after: Data, prefix = ''): FieldChange[] {
  const keys = [...new Set([...Object.keys(after), ...Object.keys(before)])]
  return keys.flatMap((key): FieldChange[] => {
    const [left, right] = [before[key], after[key]]
    const field = `${prefix}${key}`
    if (sameValue(left, right)) return []
    if (field === 'options' || (prefix !== '' && isData(left) && isData(right)))
      return fieldChanges(isData(left) ? left : {}, isData(right) ? right : {}, `${field}.`)
    if (isRows(left) || isRows(right)) return rowChanges(left, right, field)
    return [
      { field, ...(left === undefined ? {} : { before: left }), ...(right === undefined ? {} : { after: right }) },
    ]
  })
}

/** Rows such as checks, by their place. */
function rowChanges(left: unknown, right: unknown, field: string): FieldChange[] {
  const [before, after] = [left, right].map((rows) => (Array.isArray(rows) ? (rows as unknown[]) : []))
  const places = Array.from({ length: Math.max(before?.length ?? 0, after?.length ?? 0) }, (_, index) => index)
  return places.flatMap((place): FieldChange[] => {
    const [a, b] = [before?.[place], after?.[place]]
    if (sameValue(a, b)) return []
    if (isData(a) && isData(b)) return fieldChanges(a, b, `${field}.${place}.`)
    return [
      {
        field: `${field}.${place}`,
        ...(a === undefined ? {} : { before: a }),
        ...(b === undefined ? {} : { after: b }),
      },
    ]
  })
}

/** Steps that are in all but their names what a step was that is gone: from the old name to the new one. */
function renames(earlier: readonly Data[], later: readonly Data[]): Map<string, string> {
  const [before, after] = [new Set(earlier.map(nameOf)), new Set(later.map(nameOf))]
  const gone = earlier.filter((step) => !after.has(nameOf(step)))
  const fresh = later.filter((step) => !before.has(nameOf(step)))
  const found = new Map<string, string>()
  if (gone.length * fresh.length > MOST_PAIRS) return found
  for (const step of gone) {
    const same = fresh.filter((other) => sameValue(without(step, ['name']), without(other, ['name'])))
    const [only] = same
    if (same.length === 1 && only && ![...found.values()].includes(nameOf(only))) found.set(nameOf(step), nameOf(only))
  }
  return found
}

const MOST_PAIRS = 10_000

/** What a step says about others, as it would be said today: a new name of theirs is no change of it. */
function withRenames(step: Data, renamed: ReadonlyMap<string, string>): Data {
  if (renamed.size === 0) return step
  return Object.fromEntries(
    Object.entries(step).map(([key, value]) => {
      if (key === 'needs' && Array.isArray(value)) return [key, value.map((need) => renamedNeed(need, renamed))]
      if (key === 'onFailure' && isData(value)) return [key, { fallback: renamedNeed(value['fallback'], renamed) }]
      return [key, PATHS.has(key) && typeof value === 'string' ? renamedPath(value, renamed) : value]
    }),
  )
}

const PATHS = new Set(['text', 'from', 'over', 'body', 'if'])

function renamedNeed(need: unknown, renamed: ReadonlyMap<string, string>): unknown {
  if (typeof need !== 'string') return need
  const [step = '', ...branch] = need.split('.')
  return [renamed.get(step) ?? step, ...branch].join('.')
}

function renamedPath(path: string, renamed: ReadonlyMap<string, string>): string {
  const names = new Map([...renamed].map(([was, name]) => [identifierOf(was), identifierOf(name)]))
  return path.replace(/\b[a-z][a-z0-9_]*\b(?=\.)/g, (word) => names.get(word) ?? word)
}

/** The order of names in a record says nothing; that of a list does. */
function sameValue(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, index) => sameValue(item, right[index]))
  if (!isData(left) || !isData(right)) return false
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length && keys.every((key) => key in right && sameValue(left[key], right[key]))
  )
}

function stepsOf(definition: unknown): Data[] {
  const steps = isData(definition) ? definition['steps'] : null
  return Array.isArray(steps) ? steps.filter(isData) : []
}

/** One without a name yet is known by nothing. */
function nameOf(step: Data): string {
  return typeof step['name'] === 'string' ? step['name'] : ''
}

function without(value: unknown, keys: readonly string[]): Data {
  return isData(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key))) : {}
}

function isData(value: unknown): value is Data {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function isRows(value: unknown): value is Data[] {
  return Array.isArray(value) && value.length > 0 && value.every(isData)
}
