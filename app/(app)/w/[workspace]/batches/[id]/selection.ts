// Which rows are chosen, and the address that starts them again. Pure.
import type { ItemState } from '#lib/batches/states.ts'

/** `all`: every row of the state that is shown, also those that are not loaded. */
export type Selection = { rows: ReadonlySet<number>; all: boolean }

export const NOTHING: Selection = { rows: new Set(), all: false }

export function toggled({ rows }: Selection, row: number): Selection {
  const next = new Set(rows)
  if (!next.delete(row)) next.add(row)
  return { rows: next, all: false }
}

/** `1,3-5` */
export function rowList(rows: ReadonlySet<number>): string {
  const parts: { from: number; to: number }[] = []
  for (const row of Array.from(rows).toSorted((a, b) => a - b)) {
    const last = parts.at(-1)
    if (last && last.to === row - 1) last.to = row
    else parts.push({ from: row, to: row })
  }
  return parts.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(',')
}

export function rerunQuery(batchId: string, { rows, all }: Selection, state: ItemState | null): string {
  const query = new URLSearchParams({ from: batchId })
  if (!all) query.set('rows', rowList(rows))
  else if (state !== null) query.set('state', state)
  return query.toString()
}
