// What the picture of a draft is made of: its text, its steps and its report, and the needs between them. Pure.
import type { StepKind } from '#lib/workflows/definition.ts'
import {
  branchesOf,
  type Draft,
  type DraftStep,
  fallbackOf,
  kindOf,
  nameOf,
  needsOf,
  stepsOf,
} from '#lib/workflows/draft/read.ts'
import { type Branch, parseNeed } from '#lib/workflows/needs.ts'
import type { Size } from '../../../graph/box.ts'

export const TEXT = 'text'
export const REPORT = 'report'

/** Steps are named by their place: a draft may have two of one name, or one without any. */
export type EditorNode = { id: string; step: DraftStep | null; index: number | null }

export type EditorEdge = {
  id: string
  from: string
  to: string
  branch: Branch | null
  /** What can be taken away; null for the ways from the text and to the report, which follow from the others. */
  need: string | null
  fallback: boolean
}

export type EditorGraph = { nodes: EditorNode[]; edges: EditorEdge[] }

export function graphOfDraft(draft: Draft): EditorGraph {
  const steps = stepsOf(draft)
  const places = new Map<string, number>()
  steps.forEach((step, index) => {
    if (!places.has(nameOf(step))) places.set(nameOf(step), index)
  })
  const needed = new Set(steps.flatMap((step) => needsOf(step).map((need) => parseNeed(need).step)))
  const standIns = new Set(steps.map(fallbackOf))
  const edges: EditorEdge[] = []
  steps.forEach((step, index) => {
    const id = String(index)
    const sources = needsOf(step).flatMap((need) => {
      const { step: name, branch } = parseNeed(need)
      const from = places.get(name)
      return from === undefined || from === index ? [] : [{ from: String(from), branch, need }]
    })
    for (const { from, branch, need } of sources)
      edges.push({ id: `${id} ${need}`, from, to: id, branch, need, fallback: false })
    if (sources.length === 0 && !standIns.has(nameOf(step)))
      edges.push({ id: `${id} ${TEXT}`, from: TEXT, to: id, branch: null, need: null, fallback: false })
    const standIn = places.get(fallbackOf(step) ?? '')
    if (standIn !== undefined && standIn !== index)
      edges.push({ id: `${id} fallback`, from: id, to: String(standIn), branch: null, need: null, fallback: true })
    if (!needed.has(nameOf(step)))
      edges.push({ id: `${id} ${REPORT}`, from: id, to: REPORT, branch: null, need: null, fallback: false })
  })
  const nodes = steps.map((step, index) => ({ id: String(index), step, index }))
  return { nodes: [{ id: TEXT, step: null, index: null }, ...nodes, { id: REPORT, step: null, index: null }], edges }
}

const END: Size = { width: 104, height: 56 }
const STEP: Size = { width: 176, height: 64 }
const SIZES: Partial<Record<StepKind, Size>> = { condition: { width: 184, height: 84 } }

/** By the kind alone: cards stay where they are while one types. */
export function sizeOf({ step }: EditorNode): Size {
  return step === null ? END : (SIZES[kindOf(step) ?? 'worker'] ?? STEP)
}

/** How far down the right side of a card a way leaves. */
export function exitOf(node: EditorNode, branch: Branch | null): number {
  const { height } = sizeOf(node)
  if (branch === null || node.step === null || branchesOf(node.step).length === 0) return height / 2
  return branch === 'yes' ? height / 4 : (height * 3) / 4
}

/** Changes only when cards come, go or are connected in another way. */
export function shapeOfGraph({ nodes, edges }: EditorGraph): string {
  return JSON.stringify([
    nodes.map(({ step }) => (step === null ? '' : kindOf(step))),
    edges.map(({ from, to }) => [from, to]),
  ])
}
