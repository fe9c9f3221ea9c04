// Where the items of a batch stand, as marks in a row: one for each, or one for several neighbours. Pure.
import { CELLS, ITEM_STATES, type ItemState } from '#lib/batches/states.ts'

/** Rows from 1 on. */
export type Bin = { from: number; to: number; state: ItemState }

const STATES = new Map(ITEM_STATES.map((state) => [CELLS[state], state]))

/** At most `most` of them. */
export function binsOf(cells: string, most: number): Bin[] {
  const size = Math.max(1, Math.ceil(cells.length / most))
  return Array.from({ length: Math.ceil(cells.length / size) }, (_, index) => {
    const part = cells.slice(index * size, (index + 1) * size)
    return { from: index * size + 1, to: index * size + part.length, state: stateOf(part) }
  })
}

/** What needs somebody shows through; of the rest, whether all have ended, none has begun, or they are under way. */
function stateOf(part: string): ItemState {
  const found = new Set(Array.from(part, (letter) => STATES.get(letter) ?? 'not_yet'))
  if (found.size === 1) return [...found][0] ?? 'not_yet'
  const first = ITEM_STATES.find((state) => found.has(state)) ?? 'not_yet'
  return first === 'not_yet' ? 'pending' : first
}
