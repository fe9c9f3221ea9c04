// The picture of a draft as React Flow takes it. Pure.
import { Position } from '@xyflow/react'
import { wouldCircle } from '#lib/workflows/draft/circles.ts'
import { branchesOf, type Draft, nameOf, stepsOf } from '#lib/workflows/draft/read.ts'
import type { Branch } from '#lib/workflows/needs.ts'
import type { Point } from '../../../graph/box.ts'
import { type Layout, layoutGraph, routeKey } from '../../../graph/graph-layout.ts'
import { routePath } from '../../../graph/route-path.ts'
import type { CardNode } from './editor-card.tsx'
import { type EditorEdge, type EditorGraph, type EditorNode, exitOf, REPORT, sizeOf, TEXT } from './editor-graph.ts'
import type { Way } from './way.tsx'

const HANDLE_PX = 10

export function layoutOf({ nodes, edges }: EditorGraph): Layout {
  return layoutGraph(new Map(nodes.map((node) => [node.id, sizeOf(node)])), edges)
}

export function cardsOf({ nodes }: EditorGraph, { boxes }: Layout): CardNode[] {
  return nodes.flatMap((node): CardNode[] => {
    const box = boxes.get(node.id)
    if (!box) return []
    const { x, y, width, height } = box
    return [
      {
        id: node.id,
        type: 'card',
        position: { x, y },
        width,
        height,
        // What was not measured would be drawn, seen or not.
        measured: { width, height },
        handles: handlesOf(node, width),
        sourcePosition: Position.Right,
        targetPosition: Position.Left,
        style: { pointerEvents: 'all' },
        data: { node },
      },
    ]
  })
}

function handlesOf(node: EditorNode, width: number): NonNullable<CardNode['handles']> {
  const size = { width: HANDLE_PX, height: HANDLE_PX }
  const source = (id: string, branch: Branch | null) => ({
    ...size,
    id,
    type: 'source' as const,
    position: Position.Right,
    x: width - HANDLE_PX / 2,
    y: exitOf(node, branch) - HANDLE_PX / 2,
  })
  const target = {
    ...size,
    type: 'target' as const,
    position: Position.Left,
    x: -HANDLE_PX / 2,
    y: sizeOf(node).height / 2 - HANDLE_PX / 2,
  }
  if (node.id === TEXT) return [source('end', null)]
  if (node.id === REPORT) return [target]
  const branches = node.step === null ? [] : branchesOf(node.step)
  return [target, ...(branches.length > 0 ? branches.map((branch) => source(branch, branch)) : [source('end', null)])]
}

/** Where each way runs, from its own exit. */
export function routesOf({ nodes, edges }: EditorGraph, layout: Layout): ReadonlyMap<string, Point[]> {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const routes = new Map<string, Point[]>()
  for (const edge of edges) {
    const [start, ...rest] = layout.routes.get(routeKey(edge)) ?? []
    const node = byId.get(edge.from)
    const box = layout.boxes.get(edge.from)
    if (start && node && box) routes.set(edge.id, [{ x: start.x, y: box.y + exitOf(node, edge.branch) }, ...rest])
  }
  return routes
}

export function waysOf(
  { nodes, edges }: EditorGraph,
  routes: ReadonlyMap<string, Point[]>,
  chosen: string | null,
): Way[] {
  const branching = new Set(nodes.flatMap(({ id, step }) => (step && branchesOf(step).length > 0 ? [id] : [])))
  return edges.map((edge) => ({
    id: edge.id,
    type: 'way',
    source: edge.from,
    sourceHandle: branching.has(edge.from) ? (edge.branch ?? 'yes') : 'end',
    target: edge.to,
    selectable: isRemovable(edge),
    selected: edge.id === chosen,
    zIndex: edge.id === chosen ? 1 : 0,
    data: {
      path: routePath(routes.get(edge.id) ?? []),
      look: edge.fallback ? 'fallback' : edge.need === null ? 'plain' : 'need',
    },
  }))
}

export function isRemovable(edge: EditorEdge): boolean {
  return edge.fallback || edge.need !== null
}

/** The need that a way from one card to another would be; null where there can be none. */
export function needOf(
  draft: Draft,
  { source, sourceHandle, target }: { source: string | null; sourceHandle?: string | null; target: string | null },
): { need: string; index: number } | null {
  const [from, to] = [stepsOf(draft)[Number(source)], stepsOf(draft)[Number(target)]]
  if (!from || !to || nameOf(from) === '' || source === target) return null
  const branch = sourceHandle === 'yes' || sourceHandle === 'no' ? `.${sourceHandle}` : ''
  const need = `${nameOf(from)}${branch}`
  return wouldCircle(draft, need, nameOf(to)) ? null : { need, index: Number(target) }
}
