'use client'

import { Field } from '#app/_ui/field.tsx'
import { formatCount, formatQuantity } from '#app/_ui/format.ts'
import { Note } from '#app/_ui/note.tsx'
import { Select } from '#app/_ui/select.tsx'
import type { TablePreview } from '#lib/batches/shapes.ts'
import { rowsOf } from '../words.ts'

type Props = {
  preview: TablePreview
  read: { reading: boolean }
  header: boolean
  onHeader: (header: boolean) => void
  onColumn: (column: string) => void
}

const DELIMITERS: Record<string, string> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' }
const MOST_BESIDE = 2

/** Which column holds the texts, how the first rows look, and which rows cannot be worked on. */
export function TableFacts({ preview, read, header, onHeader, onColumn }: Props) {
  return (
    <div
      className={`grid gap-3.5 transition-opacity ${read.reading ? 'opacity-60' : ''}`}
      aria-busy={read.reading || undefined}
    >
      <div className="grid gap-x-6 gap-y-3 md:grid-cols-2">
        <Field
          label="Column with the texts"
          id="field-column"
          hint={`${formatCount(preview.characters)} characters in all, ${preview.encoding}, separated by ${DELIMITERS[preview.delimiter] ?? 'signs'}`}
        >
          <Select
            value={preview.column}
            choices={preview.columns.map((column) => ({ value: column, label: column }))}
            onChange={(event) => onColumn(event.target.value)}
          />
        </Field>
        <label className="flex items-start gap-2 md:pt-6">
          <input
            type="checkbox"
            className="check mt-0.5"
            checked={header}
            onChange={(event) => onHeader(event.target.checked)}
          />
          <span>The first row holds the names of the columns</span>
        </label>
      </div>
      <FirstRows preview={preview} />
      {preview.unusableCount > 0 ? (
        <Note tone="blocked" title={`${rowsOf(preview.unusableCount)} cannot be worked on and will be shown as failed`}>
          <ul>
            {preview.unusable.slice(0, 5).map(({ row, message }) => (
              <li key={row}>
                Row {formatCount(row)}: {message}
              </li>
            ))}
          </ul>
          {preview.unusableCount > 5 ? <p>and {formatQuantity(preview.unusableCount - 5, 'more', 'more')}</p> : null}
        </Note>
      ) : null}
      {preview.ragged > 0 ? (
        <Note tone="blocked" title={`${rowsOf(preview.ragged)} had more or fewer cells than the others`}>
          Missing cells are empty. Check that no text was cut at a comma: a text with commas stands in quotation marks.
        </Note>
      ) : null}
      {preview.repeated > 0 ? (
        <p className="text-12 text-soft">
          {rowsOf(preview.repeated)} repeat the text of an earlier row; each is worked on.
        </p>
      ) : null}
    </div>
  )
}

/** The texts, and the first columns beside them. */
function FirstRows({ preview }: { preview: TablePreview }) {
  const text = preview.columns.indexOf(preview.column)
  const beside = preview.columns.flatMap((_, index) => (index === text ? [] : [index])).slice(0, MOST_BESIDE)
  const left = preview.columns.length - 1 - beside.length
  return (
    <div className="rounded-md border border-line overflow-hidden">
      <table className="table table-fixed">
        <caption className="sr">The first rows of the table</caption>
        <thead>
          <tr>
            {beside.map((index) => (
              <th key={index} scope="col" className="truncate w-[18%] max-md:hidden">
                {preview.columns[index]}
              </th>
            ))}
            <th scope="col" className="truncate">
              {preview.column}
            </th>
          </tr>
        </thead>
        <tbody>
          {preview.first.map((row, number) => (
            // oxlint-disable-next-line react/no-array-index-key -- rows have no identity but their place
            <tr key={number}>
              {beside.map((index) => (
                <td key={index} className="truncate text-soft max-md:hidden">
                  {row[index]}
                </td>
              ))}
              <td className="truncate font-serif text-14" dir="auto">
                {row[text]}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="px-3.5 py-1.5 border-t border-line text-12 text-soft num">
        {formatCount(preview.first.length)} of {rowsOf(preview.rows)}
        {left > 0 ? `, ${formatQuantity(left, 'more column', 'more columns')} kept for the export` : ''}
      </p>
    </div>
  )
}
