// Where a step of a draft speaks of other steps, and what becomes of it when they get another name or go. Pure.
import { identifierOf, parseNeed } from '../needs.ts'
import {
  type Draft,
  type DraftStep,
  fallbackOf,
  isObject,
  type Keys,
  kindOf,
  listOf,
  nameOf,
  needsOf,
  placeOf,
  stepsOf,
  withValue,
} from './read.ts'

/** A path, or an expression that has paths in it. */
export type Mention = { at: Keys; text: string; expression: boolean }

const PATH_KEYS: Partial<Record<string, string>> = {
  worker: 'text',
  map: 'over',
  join: 'from',
  webhook: 'body',
  workflow: 'text',
}

/** In the order of the form. */
export function mentionsIn(step: DraftStep): Mention[] {
  const found: Mention[] = []
  const path = (at: Keys, text: unknown) => {
    if (typeof text === 'string') found.push({ at, text, expression: false })
  }
  const kind = kindOf(step)
  const key = PATH_KEYS[kind ?? '']
  if (key !== undefined && !(kind === 'map' && (step[key] === 'chunks' || step[key] === 'pages')))
    path([key], step[key])
  if (kind === 'condition' && typeof step['if'] === 'string')
    found.push({ at: ['if'], text: step['if'], expression: true })
  if (kind === 'worker' || kind === 'map')
    for (const [name, value] of Object.entries(isObject(step['options']) ? step['options'] : {}))
      if (isObject(value) && Object.keys(value).length === 1) path(['options', name, 'from'], value['from'])
  if (kind === 'validate')
    listOf(step, 'checks').forEach((check, index) => {
      if (!isObject(check)) return
      path(['checks', index, 'of'], check['of'])
      path(['checks', index, 'from'], check['from'])
    })
  if (kind === 'approval') listOf(step, 'show').forEach((shown, index) => path(['show', index], shown))
  return found
}

/** The step under another name, and everything that means it. Two of one name: the first is meant. */
export function renamed(draft: Draft, index: number, name: string): Draft {
  const steps = stepsOf(draft)
  const old = nameOf(steps[index] ?? {})
  const follows = old !== '' && placeOf(draft, old) === index
  const changed = steps.map((step, place) => {
    const own = place === index ? { ...step, name } : step
    return follows ? renamedIn(own, old, name) : own
  })
  return { ...draft, steps: changed }
}

function renamedIn(step: DraftStep, old: string, name: string): DraftStep {
  let next: unknown = step
  needsOf(step).forEach((need, index) => {
    const { step: needed, branch } = parseNeed(need)
    if (needed === old) next = withValue(next, ['needs', index], branch ? `${name}.${branch}` : name)
  })
  if (fallbackOf(step) === old) next = withValue(next, ['onFailure', 'fallback'], name)
  const [from, to] = [identifierOf(old), identifierOf(name)]
  for (const { at, text } of mentionsIn(step)) {
    const changed = withRoot(text, from, to)
    if (changed !== text) next = withValue(next, at, changed)
  }
  return next as DraftStep
}

/** Texts in quotes, numbers with their letters, and words with the dot before them. */
const TOKENS = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\d[\w.]*|\.\s*[A-Za-z_]\w*|[A-Za-z_]\w*/g

/** The text with another first word in each of its paths that begins with `from`. */
export function withRoot(text: string, from: string, to: string): string {
  return text.replace(TOKENS, (token) => (token === from ? to : token))
}

/** The first words of its paths, each once. */
export function rootsIn({ text }: Mention): string[] {
  return [...new Set(text.match(TOKENS)?.filter((token) => /^[A-Za-z_]/.test(token)))]
}

/** Without the step: who waited for it waits for what it waited for, whom it stood in for has nobody. */
export function without(draft: Draft, index: number): Draft {
  const steps = stepsOf(draft)
  const gone = steps[index]
  if (!gone) return draft
  const name = nameOf(gone)
  const left = steps.filter((_, place) => place !== index)
  if (name === '' || left.some((step) => nameOf(step) === name)) return { ...draft, steps: left }
  return { ...draft, steps: left.map((step) => bridged(step, name, needsOf(gone))) }
}

function bridged(step: DraftStep, name: string, instead: readonly string[]): DraftStep {
  const needs = needsOf(step)
  let next = step
  if (needs.some((need) => parseNeed(need).step === name)) {
    const kept = needs.flatMap((need) => (parseNeed(need).step === name ? instead : [need]))
    next = { ...next, needs: [...new Set(kept)].filter((need) => parseNeed(need).step !== nameOf(step)) }
  }
  if (fallbackOf(next) !== name) return next
  const { onFailure: _, ...others } = next
  return others
}
