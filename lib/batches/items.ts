// The rows of a table as items: each with a text that a worker can read, or with the reason why not.
import { createHash } from 'node:crypto'
import { documentText } from '#lib/workers/define.ts'
import type { TaskError } from '#lib/tasks/states.ts'
import { previewOf, titleOf } from '#lib/tasks/title.ts'
import type { Table } from './read-table.ts'

export type NewItem = {
  row: number
  title: string
  preview: string
  text: string | null
  sha256: Buffer | null
  documentId: string | null
  /** Null for files. */
  cells: string[] | null
  error: TaskError | null
  /** What makes it the same as another one. */
  same: string
}

export function itemsOf({ rows }: Pick<Table, 'rows'>, column: number): NewItem[] {
  return rows.map((cells, index) => {
    const row = index + 1
    const checked = documentText.safeParse(cells[column] ?? '')
    if (!checked.success) {
      const given = cells[column] ?? ''
      const message =
        given.trim() === '' ? 'The row has no text in this column.' : (checked.error.issues[0]?.message ?? '')
      const error: TaskError = { code: 'unusable_row', message, advice: 'Correct the row and start it in a new batch.' }
      const shown = { title: titleOf(given.slice(0, 1_000)), preview: previewOf(given) }
      return { row, ...shown, text: null, sha256: null, documentId: null, cells, error, same: JSON.stringify(cells) }
    }
    const text = checked.data
    const sha256 = createHash('sha256').update(text).digest()
    const shown = { title: titleOf(text), preview: previewOf(text) }
    const same = `${sha256.toString('hex')} ${JSON.stringify(cells)}`
    return { row, ...shown, text, sha256, documentId: null, cells, error: null, same }
  })
}

/** Of what is done with which texts, in which order. */
export function contentHash(doing: unknown, items: readonly NewItem[]): Buffer {
  const hash = createHash('sha256').update(JSON.stringify(doing))
  for (const { same } of items) hash.update(JSON.stringify(same))
  return hash.digest()
}
