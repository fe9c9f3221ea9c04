import { describe, expect, test } from 'vitest'
import type { Box, Size } from './box.ts'
import { layoutGraph, routeKey } from './graph-layout.ts'
import { routePath } from './route-path.ts'
import { graphOf } from '../runs/[id]/steps/run-graph.ts'
import { fan, lattice, step } from '../runs/[id]/steps/test-steps.ts'
import { firstView, isFar, isInView } from './viewport.ts'
import { walk } from './walk-graph.ts'

const CARD: Size = { width: 180, height: 84 }

function laid(steps: Parameters<typeof graphOf>[0]) {
  const graph = graphOf(steps)
  return { ...graph, layout: layoutGraph(new Map(graph.nodes.map(({ id }) => [id, CARD])), graph.edges) }
}

const overlaps = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

const DIAMOND = [step('read'), step('left', ['read']), step('right', ['read']), step('join', ['left', 'right'])]
const SHAPES = {
  'a diamond': DIAMOND,
  'a fan of six': fan(6),
  'a lattice of 50': lattice(10, 5),
  'a lattice of 1,000': lattice(40, 25),
}

describe.each(Object.entries(SHAPES))('the layout of %s', (_, steps) => {
  const { layout, edges } = laid(steps)
  const boxes = [...layout.boxes.values()]

  test('no card covers another, and all lie within it', () => {
    const byColumn = Map.groupBy(boxes, ({ x }) => Math.round(x))
    for (const column of byColumn.values())
      for (const [index, box] of column.entries())
        for (const other of column.slice(index + 1)) expect(overlaps(box, other)).toBe(false)
    for (const { x, y, width, height } of boxes) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
      expect([x + width <= layout.width, y + height <= layout.height]).toEqual([true, true])
    }
  })

  test('every way leads to the right, from the edge of its card to the edge of the other', () => {
    for (const edge of edges) {
      const [from, to] = [layout.boxes.get(edge.from), layout.boxes.get(edge.to)]
      const points = layout.routes.get(routeKey(edge)) ?? []
      expect(points[0]).toEqual({ x: (from?.x ?? 0) + CARD.width, y: (from?.y ?? 0) + CARD.height / 2 })
      expect(points.at(-1)).toEqual({ x: to?.x, y: (to?.y ?? 0) + CARD.height / 2 })
      expect(points.map(({ x }) => x)).toEqual(points.map(({ x }) => x).toSorted((a, b) => a - b))
    }
  })
})

test('a large graph takes no time that a person could notice', () => {
  const started = performance.now()
  laid(lattice(40, 25))
  expect(performance.now() - started).toBeLessThan(1_000)
})

test('a definition that waits for itself is still drawn', () => {
  const sizes = new Map(Array.from({ length: 80 }, (_, index) => [`n${index}`, CARD] as const))
  const ring = [...sizes.keys()].map((id, index) => ({ from: id, to: `n${(index + 1) % 80}` }))
  expect(layoutGraph(sizes, ring).boxes.size).toBe(80)
})

test('a way is level, turns with round corners, and is straight where nothing is between', () => {
  expect(
    routePath([
      { x: 0, y: 10 },
      { x: 100, y: 10 },
    ]),
  ).toBe('M0 10H100')
  expect(
    routePath([
      { x: 0, y: 0 },
      { x: 100, y: 50 },
    ]),
  ).toBe('M0 0H42Q50 0 50 8V42Q50 50 58 50H100')
  expect(routePath([])).toBe('')
})

test('arrow keys walk along the ways and within the column', () => {
  const { layout, edges } = laid(DIAMOND)
  const go = (from: string, key: Parameters<typeof walk>[3]) => walk(layout, edges, from, key)
  expect(go('@text', 'ArrowRight')).toBe('read')
  expect(['left', 'right']).toContain(go('read', 'ArrowRight'))
  expect(go('join', 'ArrowRight')).toBe('@report')
  expect(go('@report', 'ArrowRight')).toBeNull()
  const [upper, lower] = ['left', 'right'].toSorted(
    (a, b) => (layout.boxes.get(a)?.y ?? 0) - (layout.boxes.get(b)?.y ?? 0),
  ) as [string, string]
  expect([go(upper, 'ArrowDown'), go(lower, 'ArrowUp'), go(lower, 'ArrowDown')]).toEqual([lower, upper, null])
  expect([go('join', 'Home'), go('read', 'End'), go('nothing', 'ArrowRight')]).toEqual(['@text', '@report', '@text'])
})

test('a graph that fits is shown whole, a large one at a size that can be read', () => {
  const pane = { width: 800, height: 400 }
  expect(firstView({ width: 600, height: 300 }, pane, undefined)).toEqual({ x: 100, y: 50, zoom: 1 })
  const box = { x: 5_000, y: 900, width: 180, height: 84 }
  const view = firstView({ width: 9_000, height: 2_000 }, pane, box)
  expect(view.zoom).toBe(1)
  expect(isInView(box, view, pane)).toBe(true)
  expect(isInView({ ...box, x: 0 }, view, pane)).toBe(false)
  expect([isFar({ ...box, x: 0 }, view, pane), isFar({ ...box, x: 5_600 }, view, pane)]).toEqual([true, false])
})
