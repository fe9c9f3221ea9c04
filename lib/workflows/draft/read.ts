// A workflow while it is being written: whatever was typed so far. Reads from it what is there. Pure.
import type { StepDefinition, StepKind } from '../definition.ts'
import { BRANCHES, type Branch } from '../needs.ts'

export type Draft = Readonly<Record<string, unknown>>
export type DraftStep = Readonly<Record<string, unknown>>
export type Keys = readonly (string | number)[]

const NO_STEP: DraftStep = {}

export function stepsOf(draft: Draft): readonly DraftStep[] {
  const { steps } = draft
  if (!Array.isArray(steps)) return []
  return steps.every(isObject) ? steps : steps.map((step: unknown) => (isObject(step) ? step : NO_STEP))
}

export function textOf(step: DraftStep, key: string): string {
  const value = step[key]
  return typeof value === 'string' ? value : ''
}

export function nameOf(step: DraftStep): string {
  return textOf(step, 'name')
}

/** What people call it. */
export function titleOf(step: DraftStep): string {
  return textOf(step, 'title') || nameOf(step) || 'Step without a name'
}

export function kindOf(step: DraftStep): StepKind | null {
  const { kind } = step
  return typeof kind === 'string' && Object.hasOwn(BRANCHES_OF, kind) ? (kind as StepKind) : null
}

export function needsOf(step: DraftStep): readonly string[] {
  const { needs } = step
  if (!Array.isArray(needs)) return []
  return needs.every((need) => typeof need === 'string') ? needs : needs.filter((need) => typeof need === 'string')
}

export function fallbackOf(step: DraftStep): string | null {
  const { onFailure } = step
  return isObject(onFailure) && typeof onFailure['fallback'] === 'string' ? onFailure['fallback'] : null
}

/** The ways out of a step beside its end itself. */
export function branchesOf(step: DraftStep): readonly Branch[] {
  const kind = kindOf(step)
  return kind === null ? [] : BRANCHES_OF[kind]
}

const BRANCHES_OF: Record<StepKind, readonly Branch[]> = {
  worker: [],
  map: [],
  join: [],
  condition: BRANCHES,
  validate: [],
  approval: BRANCHES,
  wait: [],
  webhook: [],
  workflow: [],
}

/** The first of the name: it is the one that others mean. */
export function placeOf(draft: Draft, name: string): number {
  return stepsOf(draft).findIndex((step) => nameOf(step) === name)
}

export function freeName(draft: Draft, wanted: string): string {
  const taken = new Set(stepsOf(draft).map(nameOf))
  const base = wanted.slice(0, 50)
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? base : `${base}-${count}`
    if (!taken.has(name)) return name
  }
}

/** As far as the steps can be understood, with what they leave out. */
export function understood(draft: Draft): StepDefinition[] {
  return stepsOf(draft).flatMap((step) => {
    const kind = kindOf(step)
    if (kind === null || nameOf(step) === '') return []
    const fallback = fallbackOf(step)
    const fields = listOf(step, 'fields').filter((field) => isObject(field) && typeof field['name'] === 'string')
    const choices = fields.map((field) => ({ ...(field as DraftStep), choices: listOf(field as DraftStep, 'choices') }))
    return [
      {
        ...step,
        kind,
        needs: needsOf(step),
        onFailure: fallback === null ? (step['onFailure'] === 'continue' ? 'continue' : 'fail') : { fallback },
        worker: textOf(step, 'worker'),
        workflow: textOf(step, 'workflow'),
        from: textOf(step, 'from'),
        fields: choices,
      } as unknown as StepDefinition,
    ]
  })
}

export function listOf(step: DraftStep, key: string): readonly unknown[] {
  const value = step[key]
  return Array.isArray(value) ? value : []
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A copy with `to` at the place; undefined takes away what is there. */
export function withValue(value: unknown, [key, ...rest]: Keys, to: unknown): unknown {
  if (key === undefined) return to
  if (typeof key === 'number') {
    const list = Array.isArray(value) ? [...(value as unknown[])] : []
    if (rest.length === 0 && to === undefined) list.splice(key, 1)
    else list[key] = withValue(list[key], rest, to)
    return list
  }
  const held = isObject(value) ? value : {}
  const next = withValue(held[key], rest, to)
  if (next !== undefined) return { ...held, [key]: next }
  const { [key]: _, ...others } = held
  return others
}

export function valueAt(value: unknown, keys: Keys): unknown {
  let found = value
  for (const key of keys) {
    if (Array.isArray(found) && typeof key === 'number') found = found[key]
    else if (isObject(found) && Object.hasOwn(found, key)) found = found[key]
    else return undefined
  }
  return found
}
