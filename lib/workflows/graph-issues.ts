// Whether the steps of a workflow make a graph that can be carried out.
import { identifierOf, parseNeed } from './needs.ts'

type Step = {
  name: string
  kind: string
  needs: readonly string[]
  onFailure: 'fail' | 'continue' | { fallback: string }
}

export type GraphIssue = { step: number; path: (string | number)[]; message: string }

/** Names that mean something else in paths and expressions. */
const RESERVED = new Set(['input', 'chunks', 'pages', 'true', 'false', 'null', 'in', 'size', 'has', 'type'])
const BRANCHING = new Set(['condition', 'approval'])

export function graphIssues(steps: readonly Step[]): GraphIssue[] {
  const byName = new Map(steps.map((step) => [step.name, step]))
  const fallbacks = new Set<string>()
  const seen = new Set<string>()
  const issues: GraphIssue[] = []
  steps.forEach((step, index) => {
    const say = (path: (string | number)[], message: string) => issues.push({ step: index, path, message })
    const identifier = identifierOf(step.name)
    if (seen.has(identifier)) say(['name'], 'Another step has this name.')
    else if (RESERVED.has(identifier)) say(['name'], 'This name has a meaning of its own. Take another one.')
    seen.add(identifier)
    step.needs.forEach((need, place) => {
      const { step: name, branch } = parseNeed(need)
      const needed = byName.get(name)
      if (!needed) say(['needs', place], `There is no step named "${name}".`)
      else if (branch && !BRANCHING.has(needed.kind))
        say(['needs', place], `"${name}" has no branches: only conditions and approvals do.`)
    })
    if (typeof step.onFailure === 'string') return
    const { fallback } = step.onFailure
    const problem = fallbackProblem(step, byName.get(fallback), fallbacks.has(fallback))
    if (problem) say(['onFailure', 'fallback'], problem)
    fallbacks.add(fallback)
  })
  const places = new Map(steps.map(({ name }, index) => [name, index]))
  for (const name of inCycles(steps))
    issues.push({
      step: places.get(name) ?? 0,
      path: ['needs'],
      message: `"${name}" waits for itself, directly or through other steps.`,
    })
  return issues
}

function fallbackProblem(step: Step, fallback: Step | undefined, taken: boolean): string | null {
  if (typeof step.onFailure === 'string') return null
  const name = step.onFailure.fallback
  if (!fallback) return `There is no step named "${name}".`
  if (fallback === step) return 'A step cannot stand in for itself.'
  if (taken) return `"${name}" stands in for another step already.`
  if (BRANCHING.has(step.kind)) return 'Conditions and approvals have no fallback.'
  return null
}

/** Every step with those it waits for: its needs, and the step it stands in for. */
export function waitsFor(steps: readonly Pick<Step, 'name' | 'needs' | 'onFailure'>[]): Map<string, string[]> {
  const before = new Map(steps.map(({ name, needs }) => [name, needs.map((need) => parseNeed(need).step)]))
  for (const { name, onFailure } of steps) if (typeof onFailure !== 'string') before.get(onFailure.fallback)?.push(name)
  return before
}

/** The step and all that wait for it, directly or through others: what runs again when it does. */
export function stepsFrom(steps: Parameters<typeof waitsFor>[0], from: string): Set<string> {
  const after = new Map<string, string[]>()
  for (const [name, needs] of waitsFor(steps))
    for (const need of needs) after.set(need, [...(after.get(need) ?? []), name])
  const found = new Set<string>()
  const open = [from]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue
    found.add(name)
    open.push(...(after.get(name) ?? []))
  }
  return found
}

/** Steps that could never start, because in the end they need themselves. */
function inCycles(steps: readonly Step[]): string[] {
  const before = waitsFor(steps)
  const open = new Map([...before].map(([name, names]) => [name, new Set(names.filter((need) => before.has(need)))]))
  const after = new Map<string, string[]>()
  for (const [name, needs] of open) for (const need of needs) after.set(need, [...(after.get(need) ?? []), name])
  const free = [...open].flatMap(([name, needs]) => (needs.size === 0 ? [name] : []))
  for (let name = free.pop(); name !== undefined; name = free.pop()) {
    open.delete(name)
    for (const next of after.get(name) ?? []) {
      const needs = open.get(next)
      needs?.delete(name)
      if (needs?.size === 0) free.push(next)
    }
  }
  return [...open.keys()]
}
