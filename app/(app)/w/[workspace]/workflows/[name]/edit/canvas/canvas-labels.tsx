'use client'

import { X } from 'lucide-react'
import { type Draft, stepsOf, titleOf } from '#lib/workflows/draft/read.ts'
import type { Point } from '../../../graph/box.ts'
import type { EditorEdge, EditorGraph } from './editor-graph.ts'

type Routes = ReadonlyMap<string, Point[]>

/** By which branch a way leaves, beside where it does. */
export function BranchTags({ graph: { edges }, routes }: { graph: EditorGraph; routes: Routes }) {
  const seen = new Set<string>()
  return edges.map((edge) => {
    const start = routes.get(edge.id)?.[0]
    const word = edge.fallback ? 'if it fails' : edge.branch
    const key = `${edge.from} ${word}`
    if (word === null || !start || seen.has(key)) return null
    seen.add(key)
    return (
      <span
        key={key}
        className={`absolute -translate-y-1/2 h-5 px-1.5 rounded-sm border bg-raised text-12 leading-4.5 font-medium pointer-events-none ${word === 'yes' ? 'border-accent-line text-accent-text' : 'border-line-strong text-soft'}`}
        style={{ left: start.x + 9, top: start.y }}
        aria-hidden
      >
        {word}
      </span>
    )
  })
}

type RemoveProps = { route: readonly Point[]; edge: EditorEdge; draft: Draft; onRemove: () => void }

/** In the middle of the chosen way. */
export function RemoveWay({ route, edge, draft, onRemove }: RemoveProps) {
  const [start, end] = [route[0], route.at(-1)]
  if (!start || !end) return null
  const steps = stepsOf(draft)
  const [from, to] = [titleOf(steps[Number(edge.from)] ?? {}), titleOf(steps[Number(edge.to)] ?? {})]
  const label = edge.fallback ? `${to} no longer stands in for ${from}` : `${to} no longer waits for ${from}`
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className="absolute -translate-1/2 size-6 grid place-items-center rounded-full border border-failed-bd bg-raised text-failed-fg shadow-2 pointer-events-auto z-10 nopan"
      style={{ left: (start.x + end.x) / 2, top: (start.y + end.y) / 2 }}
      onClick={onRemove}
    >
      <X className="i-sm" aria-hidden />
    </button>
  )
}
