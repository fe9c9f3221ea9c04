// Where an arrow key leads from a card: left and right along the ways, up and down within the column. Pure.
import type { Box } from './box.ts'
import type { Layout } from './graph-layout.ts'

export const WALK_KEYS = ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End'] as const
export type WalkKey = (typeof WALK_KEYS)[number]

/** @returns the id of the next card, or null where there is none in that direction. */
export function walk(
  { boxes }: Pick<Layout, 'boxes'>,
  edges: readonly { from: string; to: string }[],
  from: string,
  key: WalkKey,
): string | null {
  const here = boxes.get(from)
  const all = inReadingOrder(boxes)
  if (key === 'Home') return all[0] ?? null
  if (key === 'End') return all.at(-1) ?? null
  if (!here) return all[0] ?? null
  if (key === 'ArrowDown' || key === 'ArrowUp') return beside(boxes, here, from, key === 'ArrowDown' ? 1 : -1)
  const linked = edges.flatMap((edge) =>
    key === 'ArrowRight' ? (edge.from === from ? [edge.to] : []) : edge.to === from ? [edge.from] : [],
  )
  return nearest(linked, boxes, here)
}

/** Column by column from the left, each from the top. */
export function inReadingOrder(boxes: ReadonlyMap<string, Box>): string[] {
  return [...boxes].toSorted(([, a], [, b]) => middleX(a) - middleX(b) || a.y - b.y).map(([id]) => id)
}

function beside(boxes: ReadonlyMap<string, Box>, here: Box, from: string, by: 1 | -1): string | null {
  const column = [...boxes]
    .filter(([, box]) => Math.abs(middleX(box) - middleX(here)) < here.width / 2)
    .toSorted(([, a], [, b]) => a.y - b.y)
    .map(([id]) => id)
  return column[column.indexOf(from) + by] ?? null
}

function nearest(ids: readonly string[], boxes: ReadonlyMap<string, Box>, here: Box): string | null {
  let best: string | null = null
  let least = Number.POSITIVE_INFINITY
  for (const id of ids) {
    const box = boxes.get(id)
    if (!box) continue
    const distance = Math.abs(middleY(box) - middleY(here)) + Math.abs(middleX(box) - middleX(here)) / 4
    if (distance < least) [best, least] = [id, distance]
  }
  return best
}

const middleX = ({ x, width }: Box) => x + width / 2
const middleY = ({ y, height }: Box) => y + height / 2
