// Which steps of a draft wait for which. Pure.
import { waitsFor } from '../graph-issues.ts'
import { parseNeed } from '../needs.ts'
import { stepsBefore } from '../scopes.ts'
import { type Draft, fallbackOf, nameOf, needsOf, stepsOf, understood } from './read.ts'

/** Whether `name` would wait for itself if it waited for `need`. */
export function wouldCircle(draft: Draft, need: string, name: string): boolean {
  return stepsThatCircle(draft, name).has(parseNeed(need).step)
}

/** The step and all that wait for it: what it cannot wait for. */
export function stepsThatCircle(draft: Draft, name: string): ReadonlySet<string> {
  const after = new Map<string, string[]>()
  const link = (from: string, to: string) => {
    const held = after.get(from)
    if (held) held.push(to)
    else after.set(from, [to])
  }
  for (const step of stepsOf(draft)) {
    for (const need of needsOf(step)) link(parseNeed(need).step, nameOf(step))
    const fallback = fallbackOf(step)
    if (fallback !== null) link(nameOf(step), fallback)
  }
  const seen = new Set<string>()
  const open = [name]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    open.push(...(after.get(next) ?? []))
  }
  return seen
}

/** What a step waits for, directly or through others. */
export function stepsBeforeIn(draft: Draft, name: string): ReadonlySet<string> {
  return stepsBefore(waitsFor(understood(draft)), name)
}
