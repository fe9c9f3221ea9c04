// What part of a graph is looked at. Pure.
import type { Box, Size } from './box.ts'

/** Smaller, words cannot be read, and too many cards are drawn. */
export const LEAST_ZOOM = 0.4
export const MOST_ZOOM = 1.5
/** A graph that fits at this size is shown whole. */
const READABLE = 0.7

export type Viewport = { x: number; y: number; zoom: number }

/** All of it where that can be read; else at full size with `box`, or its beginning, in sight. */
export function firstView(graph: Size, pane: Size, box: Box | undefined): Viewport {
  const fitting = Math.min(1, pane.width / graph.width, pane.height / graph.height)
  if (fitting >= READABLE) return centred({ x: 0, y: 0, ...graph }, pane, fitting)
  const zoom = box ? 1 : Math.min(1, Math.max(READABLE, pane.height / graph.height))
  if (box) return centred(box, pane, zoom)
  return { ...centred({ x: 0, y: 0, ...graph }, pane, zoom), x: 0 }
}

export function isInView({ x, y, width, height }: Box, view: Viewport, pane: Size): boolean {
  const left = x * view.zoom + view.x
  const top = y * view.zoom + view.y
  return left >= 0 && top >= 0 && left + width * view.zoom <= pane.width && top + height * view.zoom <= pane.height
}

/** More than a window away: a flight there would show nothing that can be read. */
export function isFar({ x, y, width, height }: Box, view: Viewport, pane: Size): boolean {
  const left = (x + width / 2) * view.zoom + view.x
  const top = (y + height / 2) * view.zoom + view.y
  return left < -pane.width || top < -pane.height || left > 2 * pane.width || top > 2 * pane.height
}

function centred({ x, y, width, height }: Box, pane: Size, zoom: number): Viewport {
  return {
    x: pane.width / 2 - (x + width / 2) * zoom,
    y: pane.height / 2 - (y + height / 2) * zoom,
    zoom,
  }
}
