// Where cards and the ways between them lie. Pure.
import { graphlib, layout } from '@dagrejs/dagre'
import type { Box, Point, Size } from './box.ts'
import { layeredLayout } from './layered-layout.ts'

export type Layout = Size & {
  boxes: ReadonlyMap<string, Box>
  /** By `routeKey`: from the right edge of one card to the left edge of the other, around those between them. */
  routes: ReadonlyMap<string, Point[]>
}

type Edges = readonly { from: string; to: string }[]

const GAP = { x: 60, y: 18 }
const MARGIN = 24
/** Dagre crosses fewer ways, but takes seconds for hundreds of cards. */
const MOST_FOR_DAGRE = 60

export function routeKey({ from, to }: { from: string; to: string }): string {
  return `${from} ${to}`
}

export function layoutGraph(sizes: ReadonlyMap<string, Size>, edges: Edges): Layout {
  const small = sizes.size <= MOST_FOR_DAGRE && edges.length <= 3 * MOST_FOR_DAGRE
  const { boxes, bends } = small
    ? withDagre(sizes, edges)
    : { boxes: layeredLayout(sizes, edges, GAP), bends: NO_BENDS }
  return framed(boxes, edges, bends)
}

type Bends = ReadonlyMap<string, Point[]>
const NO_BENDS: Bends = new Map()

function withDagre(sizes: ReadonlyMap<string, Size>, edges: Edges): { boxes: Map<string, Box>; bends: Bends } {
  const graph = new graphlib.Graph()
  graph.setGraph({ rankdir: 'LR', ranksep: GAP.x, nodesep: GAP.y, edgesep: 12 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const [id, size] of sizes) graph.setNode(id, { ...size })
  for (const { from, to } of edges) graph.setEdge(from, to)
  layout(graph)
  const boxes = new Map<string, Box>()
  for (const [id, size] of sizes) {
    const { x, y } = graph.node(id) as Point
    boxes.set(id, { x: x - size.width / 2, y: y - size.height / 2, ...size })
  }
  const bends = new Map(
    edges.map((edge) => {
      const { points = [] } = graph.edge(edge.from, edge.to) as { points?: Point[] }
      return [routeKey(edge), points]
    }),
  )
  return { boxes, bends }
}

/** Moves all to where the upper left corner is a margin away, and lets each way begin and end at its cards. */
function framed(placed: ReadonlyMap<string, Box>, edges: Edges, bends: Bends): Layout {
  const all = [...placed.values()]
  const left = Math.min(0, ...all.map(({ x }) => x)) - MARGIN
  const top = Math.min(0, ...all.map(({ y }) => y)) - MARGIN
  const boxes = new Map([...placed].map(([id, box]) => [id, { ...box, x: box.x - left, y: box.y - top }]))
  const columns = new Set([...boxes.values()].map((box) => Math.round(box.x + box.width / 2)))
  const routes = new Map<string, Point[]>()
  for (const edge of edges) {
    const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)]
    if (!from || !to) continue
    const start = { x: from.x + from.width, y: from.y + from.height / 2 }
    const end = { x: to.x, y: to.y + to.height / 2 }
    // Dagre also bends between columns, where labels would stand; only where another column is passed a bend matters.
    const passing = (bends.get(routeKey(edge)) ?? [])
      .map(({ x, y }) => ({ x: x - left, y: y - top }))
      .filter(({ x }) => x > start.x && x < end.x && columns.has(Math.round(x)))
    routes.set(routeKey(edge), [start, ...passing, end])
  }
  const right = Math.max(0, ...[...boxes.values()].map(({ x, width }) => x + width))
  const bottom = Math.max(0, ...[...boxes.values()].map(({ y, height }) => y + height))
  return { boxes, routes, width: right + MARGIN, height: bottom + MARGIN }
}
