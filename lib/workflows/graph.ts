// The rules of a run, as pure functions: which steps may start, which will never, and where the run stands.
import type { StepDefinition } from './definition.ts'
import { type Branch, parseNeed } from './needs.ts'
import type { RunStatus, StoredStepStatus } from './states.ts'

export type StepState = {
  status: StoredStepStatus
  /** Its task waits for something that may never come. */
  blocked: boolean
  /** Which way a condition or an approval went. */
  branch?: Branch | null
  /** Somebody skipped it, so it does not wait again. */
  leftOut?: boolean
}

export type Next = {
  /** May start now. */
  ready: string[]
  /** Will not start as things are. */
  skipped: string[]
  /** Were skipped, and wait again since what stopped them was mended. */
  waiting: string[]
  run: RunStatus
}

type Step = Pick<StepDefinition, 'name' | 'needs' | 'onFailure'>
type Graph = readonly Step[]
type States = ReadonlyMap<string, StepState>

/**
 * What follows from where the steps stand; asked again, nothing new follows. A step is skipped when a branch it needs
 * was not taken, or when all it needs was skipped; otherwise what was skipped counts as ended. A fallback is skipped
 * unless the step it stands in for failed.
 */
export function nextOf(graph: Graph, states: States): Next {
  const before = new Map(graph.map(({ name }) => [name, states.get(name)?.status ?? 'waiting']))
  const after = new Map<string, StoredStepStatus>(
    [...before].map(([name, status]) => [
      name,
      status === 'skipped' && !states.get(name)?.leftOut ? 'waiting' : status,
    ]),
  )
  const rules = rulesOf(graph, after, states)
  const ready = rules.isBroken() ? [] : rules.settle()
  if (rules.isBroken()) for (const [name, status] of after) if (status === 'waiting') after.set(name, 'skipped')
  const turned = (status: StoredStepStatus) =>
    graph.flatMap(({ name }) => (after.get(name) === status && before.get(name) !== status ? [name] : []))
  return { ready, skipped: turned('skipped'), waiting: turned('waiting'), run: runStatus(graph, after, states, rules) }
}

type Rules = ReturnType<typeof rulesOf>

function rulesOf(graph: Graph, after: Map<string, StoredStepStatus>, states: States) {
  const byName = new Map(graph.map((step) => [step.name, step]))
  const standsInFor = new Map(
    graph.flatMap(({ name, onFailure }) => (typeof onFailure === 'string' ? [] : [[onFailure.fallback, name]])),
  )
  const fallbackOf = (name: string): string | null => {
    const policy = byName.get(name)?.onFailure ?? 'fail'
    return after.get(name) === 'failed' && typeof policy !== 'string' ? policy.fallback : null
  }
  const hasEnded = (name: string): boolean => {
    const fallback = fallbackOf(name)
    return isOver(after.get(name)) && (fallback === null || isOver(after.get(fallback)))
  }
  /** Whether something comes through here: an output, or leave to go on without one. */
  const isLive = (name: string, branch: Branch | null): boolean => {
    const fallback = fallbackOf(name)
    if (fallback !== null) return isLive(fallback, branch)
    const status = after.get(name)
    if (branch) return status === 'completed' && states.get(name)?.branch === branch
    return status !== 'skipped'
  }
  const brokenBy = ({ name, onFailure }: Step): boolean => {
    const status = after.get(name)
    return status === 'cancelled' ? onFailure !== 'continue' : status === 'failed' && onFailure === 'fail'
  }
  const verdict = ({ name, needs }: Step): 'ready' | 'skipped' | 'waiting' => {
    const replaced = standsInFor.get(name)
    const edges = needs.map(parseNeed)
    if (edges.some(({ step, branch }) => branch && hasEnded(step) && !isLive(step, branch))) return 'skipped'
    if (replaced !== undefined) {
      if (!isOver(after.get(replaced))) return 'waiting'
      if (after.get(replaced) !== 'failed') return 'skipped'
    }
    if (!edges.every(({ step }) => hasEnded(step))) return 'waiting'
    if (edges.length > 0 && edges.every(({ step, branch }) => !isLive(step, branch))) return 'skipped'
    return 'ready'
  }
  /** Until nothing more follows. @returns the steps that may start */
  const settle = (): string[] => {
    const ready: string[] = []
    let open = graph.filter(({ name }) => after.get(name) === 'waiting')
    for (let changed = true; changed;) {
      changed = false
      open = open.filter((step) => {
        const now = verdict(step)
        if (now === 'waiting') return true
        after.set(step.name, now === 'ready' ? 'in_progress' : 'skipped')
        if (now === 'ready') ready.push(step.name)
        else changed = true
        return false
      })
    }
    return ready
  }
  return { settle, brokenBy, isBroken: () => graph.some(brokenBy) }
}

function isOver(status: StoredStepStatus | undefined): boolean {
  return status !== 'waiting' && status !== 'in_progress'
}

function runStatus(
  graph: Graph,
  after: ReadonlyMap<string, StoredStepStatus>,
  states: States,
  rules: Rules,
): RunStatus {
  const holds = ({ name, onFailure }: Step) =>
    !isOver(after.get(name)) && !(onFailure === 'continue' && states.get(name)?.blocked === true)
  if (graph.some(holds)) return 'in_progress'
  const broken = graph.filter(rules.brokenBy)
  if (broken.length === 0) return 'completed'
  return broken.every(({ name }) => after.get(name) === 'cancelled') ? 'cancelled' : 'failed'
}
