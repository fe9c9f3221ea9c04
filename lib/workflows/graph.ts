// The rules of a run, as pure functions: which steps may start, which will never, and where the run stands.
import type { StepDefinition } from './definition.ts'
import type { RunStatus, StoredStepStatus } from './states.ts'

export type StepState = {
  status: StoredStepStatus
  /** Its task waits for something that may never come. */
  blocked: boolean
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

type Graph = readonly Pick<StepDefinition, 'name' | 'needs' | 'onFailure'>[]

/** What follows from where the steps stand; asked again, nothing new follows. */
export function nextOf(graph: Graph, states: ReadonlyMap<string, StepState>): Next {
  const before = new Map(graph.map(({ name }) => [name, statusOf(states, name)]))
  const broken = graph.some((step) => isBroken(step, before))
  const [from, to] = broken ? (['waiting', 'skipped'] as const) : (['skipped', 'waiting'] as const)
  const after = new Map([...before].map(([name, status]) => [name, status === from ? to : status]))
  const ready = graph
    .filter((step) => after.get(step.name) === 'waiting' && step.needs.every((need) => hasEnded(after.get(need))))
    .map(({ name }) => name)
  for (const name of ready) after.set(name, 'in_progress')
  const turned = (status: StoredStepStatus) =>
    [...after].filter(([name, now]) => now === status && before.get(name) !== status).map(([name]) => name)
  return { ready, skipped: turned('skipped'), waiting: turned('waiting'), run: runStatus(graph, after, states) }
}

function statusOf(states: ReadonlyMap<string, StepState>, name: string): StoredStepStatus {
  return states.get(name)?.status ?? 'waiting'
}

function isBroken({ name, onFailure }: Graph[number], after: ReadonlyMap<string, StoredStepStatus>): boolean {
  const status = after.get(name)
  return onFailure === 'fail' && (status === 'failed' || status === 'cancelled')
}

function hasEnded(status: StoredStepStatus | undefined): boolean {
  return status !== 'waiting' && status !== 'in_progress'
}

function runStatus(
  graph: Graph,
  after: ReadonlyMap<string, StoredStepStatus>,
  states: ReadonlyMap<string, StepState>,
): RunStatus {
  const holds = ({ name, onFailure }: Graph[number]) =>
    !hasEnded(after.get(name)) && !(onFailure === 'continue' && states.get(name)?.blocked === true)
  if (graph.some(holds)) return 'in_progress'
  const broken = graph.filter((step) => isBroken(step, after))
  if (broken.length === 0) return 'completed'
  return broken.every(({ name }) => after.get(name) === 'cancelled') ? 'cancelled' : 'failed'
}
