import { type Layout, routeKey } from '../../../graph/graph-layout.ts'
import { routePath } from '../../../graph/route-path.ts'
import type { EdgeLook, GraphEdge } from './run-graph.ts'

type Stroke = { width: number; color: string; dash?: string }

/** Solid = done, hatched = waiting, hollow = not yet, dotted = not taken. A wide stroke below a narrow one is a tube. */
const STROKES: Record<EdgeLook, readonly Stroke[]> = {
  not_taken: [{ width: 1.5, color: 'var(--line-strong)', dash: '2 4' }],
  not_yet: [
    { width: 4, color: 'var(--line-strong)' },
    { width: 2, color: 'var(--well)' },
  ],
  waiting: [
    { width: 5, color: 'var(--pending-bg)' },
    { width: 5, color: 'var(--pending)', dash: '1.5 3' },
  ],
  broken: [{ width: 2, color: 'var(--failed)' }],
  done: [{ width: 2, color: 'var(--completed)' }],
}
const ORDER = Object.keys(STROKES) as EdgeLook[]

/** All ways of one look are one path: thousands of them cost as little as a few. */
export function GraphWays({ layout, edges }: { layout: Layout; edges: readonly GraphEdge[] }) {
  const paths = new Map<EdgeLook, string>()
  for (const edge of edges)
    paths.set(edge.look, (paths.get(edge.look) ?? '') + routePath(layout.routes.get(routeKey(edge)) ?? []))
  return (
    <svg
      className="absolute top-0 left-0 -z-10 pointer-events-none overflow-visible"
      width={layout.width}
      height={layout.height}
      fill="none"
      aria-hidden
    >
      {ORDER.map((look) => {
        const path = paths.get(look)
        return path === undefined ? null : <Way key={look} path={path} strokes={STROKES[look]} />
      })}
    </svg>
  )
}

function Way({ path, strokes }: { path: string; strokes: readonly Stroke[] }) {
  return strokes.map(({ width, color, dash }) => (
    <path key={`${width} ${dash}`} d={path} stroke={color} strokeWidth={width} strokeDasharray={dash} />
  ))
}

const WORDS = [
  ['done', 'Done'],
  ['waiting', 'Waiting'],
  ['not_yet', 'Not yet'],
  ['not_taken', 'Not taken'],
] as const

/** By which branch a way leaves, beside where it arrives. */
export function WayNames({ layout, edges }: { layout: Layout; edges: readonly GraphEdge[] }) {
  return edges.map((edge) => {
    const end = layout.routes.get(routeKey(edge))?.at(-1)
    if (edge.branch === null || !end) return null
    return (
      <span
        key={routeKey(edge)}
        className={`absolute -translate-x-full text-12 pointer-events-none ${edge.look === 'done' ? 'text-completed-fg font-medium' : 'text-faint'}`}
        style={{ left: end.x - 5, top: end.y - 19 }}
        aria-hidden
      >
        {edge.branch}
      </span>
    )
  })
}

/** What the looks mean. */
export function WaysLegend() {
  return (
    <span className="flex items-center gap-3 text-12 text-soft">
      {WORDS.map(([look, word]) => (
        <span key={look} className="inline-flex items-center gap-1.5">
          <svg width="22" height="8" fill="none" aria-hidden>
            <Way path="M1 4H21" strokes={STROKES[look]} />
          </svg>
          {word}
        </span>
      ))}
    </span>
  )
}
