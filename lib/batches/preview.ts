// What a table holds and which of its rows can be worked on, before anything is started.
import { tokensAbout } from '#lib/workers/tokens.ts'
import type { NewItem } from './items.ts'
import type { Table } from './read-table.ts'
import type { TablePreview } from './shapes.ts'

const FIRST = 5
const MAX_UNUSABLE = 20
/** Of a cell that is shown. */
const CELL_LENGTH = 300

export function previewOfTable(table: Table, column: number, items: readonly NewItem[]): TablePreview {
  const unusable = items.flatMap(({ row, error }) => (error === null ? [] : [{ row, message: error.message }]))
  const usable = items.filter(({ text }) => text !== null)
  return {
    columns: table.columns,
    column: table.columns[column] ?? '',
    rows: table.rows.length,
    first: table.rows.slice(0, FIRST).map((row) => row.map((cell) => cell.slice(0, CELL_LENGTH))),
    encoding: table.encoding,
    delimiter: table.delimiter,
    ragged: table.ragged.length,
    unusable: unusable.slice(0, MAX_UNUSABLE),
    unusableCount: unusable.length,
    characters: usable.reduce((sum, { text }) => sum + (text?.length ?? 0), 0),
    tokens: usable.reduce((sum, { text }) => sum + tokensAbout(text ?? ''), 0),
    repeated: usable.length - new Set(usable.map(({ sha256 }) => sha256?.toString('hex'))).size,
  }
}
