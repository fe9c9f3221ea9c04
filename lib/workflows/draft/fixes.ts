// What can be mended with one press, where it is evident what was meant. Pure.
import { identifierOf, parseNeed } from '../needs.ts'
import { propertiesOf, resolvePath, type Scope, throughLists, withoutNull } from '../paths.ts'
import { wouldCircle } from './circles.ts'
import type { DraftEdit } from './edit.ts'
import { nearest } from './nearest.ts'
import { APPROVAL_HOURS } from './new-step.ts'
import { type Draft, type DraftStep, fallbackOf, kindOf, nameOf, needsOf, stepsOf, textOf, titleOf } from './read.ts'
import { type Mention, mentionsIn, rootsIn, withRoot } from './references.ts'

export type Fix = { label: string; edit: DraftEdit }

export type Surroundings = {
  /** What the step may refer to. */
  scope: Scope
  workers: readonly string[]
  workflows: readonly string[]
}

/** `path` is where within the step something is wrong. */
export function fixOf(draft: Draft, index: number, path: string, around: Surroundings): Fix | null {
  const step = stepsOf(draft)[index]
  if (!step) return null
  const at = (...keys: (string | number)[]) => ['steps', index, ...keys]
  const use = (keys: (string | number)[], to: string | null): Fix | null =>
    to === null ? null : { label: `Use ${to}`, edit: { do: 'set', at: keys, to } }
  const names = () =>
    stepsOf(draft)
      .map(nameOf)
      .filter((name) => name !== '' && name !== nameOf(step))

  const [, place] = /^needs\.(\d+)$/.exec(path) ?? []
  if (place !== undefined) {
    const need = needsOf(step)[Number(place)] ?? ''
    const { step: name, branch } = parseNeed(need)
    if (names().includes(name)) return branch === null ? null : use(at('needs', Number(place)), name)
    const meant = nearest(name, names())
    return use(at('needs', Number(place)), meant !== null && branch !== null ? `${meant}.${branch}` : meant)
  }
  if (path === 'onFailure.fallback') return use(at('onFailure', 'fallback'), nearest(fallbackOf(step) ?? '', names()))
  if (path === 'worker') return use(at('worker'), nearest(textOf(step, 'worker'), around.workers))
  if (path === 'workflow') return use(at('workflow'), nearest(textOf(step, 'workflow'), around.workflows))
  const mention = mentionsIn(step).find((one) => one.at.join('.').replace(/^(options\..+)\.from$/, '$1') === path)
  return mention ? pathFix(draft, index, step, mention, around.scope) : null
}

/** A step to wait for, or the path that was meant. */
function pathFix(draft: Draft, index: number, step: DraftStep, mention: Mention, scope: Scope): Fix | null {
  const byIdentifier = new Map(stepsOf(draft).map((other) => [identifierOf(nameOf(other)), other]))
  const set = (to: string): Fix => ({
    label: mention.expression ? 'Correct the spelling' : `Use ${to}`,
    edit: { do: 'set', at: ['steps', index, ...mention.at], to },
  })
  for (const root of rootsIn(mention)) {
    if (scope.has(root)) continue
    const other = byIdentifier.get(root)
    if (other && other !== step && !wouldCircle(draft, nameOf(other), nameOf(step)))
      return { label: `Wait for ${titleOf(other)}`, edit: { do: 'connect', index, need: nameOf(other) } }
    const meant = other ? null : nearest(root, [...scope.keys(), ...byIdentifier.keys()])
    if (meant !== null && meant !== '' && meant !== identifierOf(nameOf(step)))
      return set(withRoot(mention.text, root, meant))
  }
  for (const path of mention.text.match(/[A-Za-z_]\w*(?:\.\w+)+/g) ?? []) {
    const right = withRightFields(scope, path)
    if (right !== null && right !== path) return set(mention.text.replace(path, right))
  }
  return null
}

/** Each field that there is not as the one that was meant; null when nobody can tell. */
function withRightFields(scope: Scope, path: string): string | null {
  const [root = '', ...fields] = path.split('.')
  let right = root
  for (const field of fields) {
    const found = resolvePath(scope, right)
    if ('problem' in found) return null
    const known = Object.keys(propertiesOf(throughLists(withoutNull(found.schema))) ?? {})
    const meant = known.includes(field) ? field : nearest(field, known)
    if (meant === null) return null
    right += `.${meant}`
  }
  return right
}

export type Advice = { index: number; path: string; message: string; fix: Fix }

/** What is allowed, and better done otherwise. */
export function adviceOn(draft: Draft): Advice[] {
  return stepsOf(draft).flatMap((step, index): Advice[] => {
    if (kindOf(step) !== 'approval' || step['timeoutHours'] !== undefined) return []
    const edit: DraftEdit = { do: 'set', at: ['steps', index, 'timeoutHours'], to: APPROVAL_HOURS }
    const message = 'It has no time limit, so a run could wait for ever.'
    return [{ index, path: 'timeoutHours', message, fix: { label: 'Set 2 days', edit } }]
  })
}
