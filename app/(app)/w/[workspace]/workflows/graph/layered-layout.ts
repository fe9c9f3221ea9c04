// Places the cards of a large graph: columns by what is needed, rows in the order of what they are connected to. One
// pass over nodes and edges for each sweep, so a thousand cards take milliseconds. Pure.
import type { Box, Size } from './box.ts'

const SWEEPS = 4

type Edges = readonly { from: string; to: string }[]

export function layeredLayout(sizes: ReadonlyMap<string, Size>, edges: Edges, gap: { x: number; y: number }) {
  const before = neighbours(edges, 'to', 'from')
  const after = neighbours(edges, 'from', 'to')
  const columns = columnsOf([...sizes.keys()], before, after)
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const down = sweep % 2 === 0
    const row = new Map(columns.flatMap((column) => column.map((id, index) => [id, index / column.length] as const)))
    for (const column of columns) {
      const wish = new Map(column.map((id) => [id, mean((down ? before : after).get(id), row) ?? row.get(id) ?? 0]))
      column.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0))
    }
  }
  return placed(columns, sizes, gap)
}

function placed(columns: string[][], sizes: ReadonlyMap<string, Size>, gap: { x: number; y: number }) {
  const sizeOf = (id: string): Size => sizes.get(id) ?? { width: 0, height: 0 }
  const heights = columns.map((column) => column.reduce((sum, id) => sum + sizeOf(id).height + gap.y, -gap.y))
  const tallest = Math.max(0, ...heights)
  const boxes = new Map<string, Box>()
  let x = 0
  columns.forEach((column, index) => {
    const width = Math.max(0, ...column.map((id) => sizeOf(id).width))
    let y = (tallest - (heights[index] ?? 0)) / 2
    for (const id of column) {
      const size = sizeOf(id)
      boxes.set(id, { x: x + (width - size.width) / 2, y, ...size })
      y += size.height + gap.y
    }
    x += width + gap.x
  })
  return boxes
}

/** Each one column after the last of those it needs. What waits for itself comes last. */
function columnsOf(ids: string[], before: Neighbours, after: Neighbours): string[][] {
  const left = new Map(ids.map((id) => [id, before.get(id)?.length ?? 0]))
  const columns: string[][] = []
  for (let column = ids.filter((id) => left.get(id) === 0); column.length > 0;) {
    columns.push(column)
    const next: string[] = []
    for (const id of column) {
      left.delete(id)
      for (const to of after.get(id) ?? []) {
        const open = (left.get(to) ?? 0) - 1
        left.set(to, open)
        if (open === 0) next.push(to)
      }
    }
    column = next
  }
  return left.size > 0 ? [...columns, [...left.keys()]] : columns
}

type Neighbours = ReadonlyMap<string, readonly string[]>

function neighbours(edges: Edges, of: 'from' | 'to', who: 'from' | 'to'): Neighbours {
  const found = new Map<string, string[]>()
  for (const edge of edges) {
    const list = found.get(edge[of])
    if (list) list.push(edge[who])
    else found.set(edge[of], [edge[who]])
  }
  return found
}

function mean(ids: readonly string[] | undefined, row: ReadonlyMap<string, number>): number | null {
  if (!ids || ids.length === 0) return null
  return ids.reduce((sum, id) => sum + (row.get(id) ?? 0), 0) / ids.length
}
