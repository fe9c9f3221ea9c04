// What the picture of a run is made of: its text, its steps and its report, and how far each way between them is. Pure.
import type { BoardStep } from '#lib/workflows/shapes.ts'
import { type Branch, parseNeed } from '#lib/workflows/needs.ts'
import type { StepStatus } from '#lib/workflows/states.ts'
import { stackStatus } from './stack-counts.ts'

export const TEXT = '@text'
export const REPORT = '@report'

export type GraphNode =
  | { kind: 'text' | 'report'; id: string }
  | { kind: 'step'; id: string; step: BoardStep }
  /** Steps that do the same between the same, as one card. */
  | { kind: 'stack'; id: string; title: string; steps: BoardStep[] }

/** Solid, hatched, hollow, dotted; red where a step did not succeed and what needs it went on. */
export type EdgeLook = 'done' | 'waiting' | 'not_yet' | 'not_taken' | 'broken'
/** `branch` of a condition or approval that it leaves by. */
export type GraphEdge = { from: string; to: string; branch: Branch | null; look: EdgeLook }

export type RunGraph = { nodes: GraphNode[]; edges: GraphEdge[] }

/** Beyond this many, equal steps side by side are a stack: a column of them says no more than their number. */
const MOST_ALIKE = 7

export function graphOf(steps: readonly BoardStep[]): RunGraph {
  const nodes = nodesOf(steps)
  const nodeOf = new Map(nodes.flatMap((node) => stepsOf(node).map(({ name }) => [name, node] as const)))
  const needed = new Set(steps.flatMap(({ needs }) => needs.map((need) => parseNeed(need).step)))
  const edges = new Map<string, GraphEdge>()
  const connect = (from: string, to: string, branch: Branch | null, look: EdgeLook) => {
    const key = `${from} ${to}`
    if (!edges.has(key)) edges.set(key, { from, to, branch, look })
  }
  for (const node of nodes) {
    const [step] = stepsOf(node)
    if (!step) continue
    const status = statusOf(node)
    const before = step.needs.flatMap((need) => {
      const { step: name, branch } = parseNeed(need)
      const source = nodeOf.get(name)
      return source ? [{ source, branch }] : []
    })
    if (before.length === 0) connect(TEXT, node.id, null, status === 'skipped' ? 'not_taken' : 'done')
    for (const { source, branch } of before)
      connect(source.id, node.id, branch, leavesBy(source, branch) ? lookOf(statusOf(source), status) : 'not_taken')
    if (!needed.has(step.name)) connect(node.id, REPORT, null, lookOf(status, null))
  }
  return {
    nodes: [{ kind: 'text', id: TEXT }, ...nodes, { kind: 'report', id: REPORT }],
    edges: [...edges.values()],
  }
}

export function stepsOf(node: GraphNode): BoardStep[] {
  return node.kind === 'step' ? [node.step] : node.kind === 'stack' ? node.steps : []
}

/** Changes only when cards come, go or are connected in another way, not while they do their work. */
export function shapeOf({ nodes, edges }: RunGraph): string {
  return JSON.stringify([nodes.map(({ id, kind }) => [id, kind]), edges.map(({ from, to }) => [from, to])])
}

function nodesOf(steps: readonly BoardStep[]): GraphNode[] {
  const dependents = new Map<string, string>()
  for (const { name, needs } of steps)
    for (const need of needs) {
      const key = parseNeed(need).step
      dependents.set(key, `${dependents.get(key) ?? ''} ${name}`)
    }
  const alike = Map.groupBy(
    steps,
    ({ name, kind, worker, needs }) => `${kind} ${worker}|${needs.join(' ')}|${dependents.get(name) ?? ''}`,
  )
  const stackOf = new Map<string, readonly BoardStep[]>()
  for (const group of alike.values())
    if (group.length > MOST_ALIKE) for (const { name } of group) stackOf.set(name, group)
  return steps.flatMap((step): GraphNode[] => {
    const group = stackOf.get(step.name)
    if (!group) return [{ kind: 'step', id: step.name, step }]
    if (group[0] !== step) return []
    return [{ kind: 'stack', id: step.name, title: commonTitle(group), steps: [...group] }]
  })
}

/** What the titles begin with alike: "Summarize page 1" and "Summarize page 2" are "Summarize page". */
function commonTitle(steps: readonly BoardStep[]): string {
  const [first = '', ...rest] = steps.map(({ title }) => title)
  let length = first.length
  for (const title of rest) while (!title.startsWith(first.slice(0, length))) length -= 1
  return first.slice(0, length).replace(/[\s\d:.,#–-]+$/, '') || first
}

function statusOf(node: GraphNode): StepStatus | null {
  const steps = stepsOf(node)
  return steps.length === 0 ? null : stackStatus(steps)
}

/** False once the step has gone another way. */
function leavesBy(source: GraphNode, branch: Branch | null): boolean {
  if (source.kind !== 'step' || branch === null || source.step.branch === null) return true
  return source.step.branch === branch
}

function lookOf(source: StepStatus | null, target: StepStatus | null): EdgeLook {
  if (source === 'skipped' || target === 'skipped') return 'not_taken'
  if (source === 'completed') return 'done'
  if (source === 'failed' || source === 'cancelled') return 'broken'
  return source === 'in_progress' || source === 'pending' ? 'waiting' : 'not_yet'
}
