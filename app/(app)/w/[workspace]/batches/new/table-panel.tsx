'use client'

import { FileSpreadsheet, Upload, X } from 'lucide-react'
import { useState } from 'react'
import { useDroppedFiles } from '#app/_ui/dropped-files.ts'
import { Button } from '#app/_ui/button.tsx'
import { Field } from '#app/_ui/field.tsx'
import { formatBytes } from '#app/_ui/format.ts'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { Note } from '#app/_ui/note.tsx'
import { Textarea } from '#app/_ui/textarea.tsx'
import type { Chosen, PreviewState } from './use-preview.ts'
import { TableFacts } from './table-facts.tsx'

type Props = {
  chosen: Chosen | null
  onChoose: (chosen: Omit<Chosen, 'key'> | null) => void
  sample: string
  read: PreviewState
  header: boolean
  onHeader: (header: boolean) => void
  onColumn: (column: string) => void
  error: string | null
}

/** Where the table comes from, and what is in it. */
export function TablePanel(props: Props) {
  const { chosen, onChoose, read } = props
  return (
    <>
      {chosen ? (
        <p className="flex items-center gap-3 min-w-0">
          <FileSpreadsheet className="i text-faint shrink-0" aria-hidden />
          <span className="min-w-0 truncate">
            <span className="font-medium">{chosen.fileName ?? 'Pasted table'}</span>{' '}
            <span className="text-12 text-soft num">{formatBytes(chosen.table.size)}</span>
          </span>
          <IconButton
            size="sm"
            className="ml-auto"
            label="Choose another table"
            icon={<X aria-hidden />}
            onClick={() => onChoose(null)}
          />
        </p>
      ) : (
        <Source {...props} />
      )}
      {read.refusal ? (
        <Note tone="failed" alert title="This table cannot be read">
          {read.refusal.issues[0]?.message ?? read.refusal.message}
        </Note>
      ) : null}
      {chosen && read.preview ? <TableFacts {...props} preview={read.preview} /> : null}
      {chosen && read.reading && !read.preview ? <p className="text-soft">Reading the table…</p> : null}
    </>
  )
}

function Source({ onChoose, sample, error }: Props) {
  const [pasted, setPasted] = useState<string | null>(null)
  const take = (files: readonly File[]) => {
    const [file] = files
    if (file) onChoose({ table: file, fileName: file.name })
  }
  const over = useDroppedFiles(take, true)
  return (
    <>
      <label
        className={`relative flex flex-col sm:flex-row items-center gap-x-4 gap-y-2 rounded-lg border border-dashed px-4 py-5 cursor-pointer max-sm:text-center has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-(--ring) ${over ? 'border-accent bg-accent-soft' : 'border-control bg-well hover:border-soft'}`}
      >
        <span className="grid place-items-center size-10 shrink-0 rounded-md border border-line bg-raised text-accent-text">
          <Upload className="size-5 stroke-[1.75]" aria-hidden />
        </span>
        <span className="min-w-0">
          <span className="block text-14 font-medium">
            {over ? 'Drop to read it' : 'Choose a CSV file or drop it here'}
          </span>
          <span id="table-limits" className="block text-12 text-soft mt-0.5">
            Up to 10,000 rows and 32 MB. Commas, semicolons or tabs; each row becomes a task of its own.
          </span>
        </span>
        <input
          type="file"
          id="field-table"
          accept=".csv,.tsv,.txt,text/csv"
          aria-label="Choose a CSV file"
          aria-describedby="table-limits"
          aria-invalid={error !== null || undefined}
          className="absolute inset-0 size-full opacity-0 cursor-pointer"
          onChange={({ currentTarget }) => {
            take([...(currentTarget.files ?? [])])
            currentTarget.value = ''
          }}
        />
      </label>
      {error ? (
        <p className="err" role="alert">
          {error}
        </p>
      ) : null}
      {pasted === null ? (
        <div className="flex flex-wrap gap-2">
          <Button size="sm" onClick={() => setPasted('')}>
            Paste rows instead
          </Button>
          <Button
            size="sm"
            onClick={() => onChoose({ table: new Blob([sample], { type: 'text/csv' }), fileName: 'sample-table.csv' })}
          >
            Use a sample table
          </Button>
        </div>
      ) : (
        <div className="grid gap-2">
          <Field
            label="Rows"
            hint="As copied from a spreadsheet, or CSV. The first row holds the names of the columns."
          >
            <Textarea rows={5} className="mono" value={pasted} onChange={(event) => setPasted(event.target.value)} />
          </Field>
          <div className="flex gap-2">
            <Button
              size="sm"
              kind="primary"
              disabledReason={pasted.trim() === '' ? 'Paste some rows first.' : null}
              onClick={() => onChoose({ table: new Blob([pasted], { type: 'text/csv' }), fileName: null })}
            >
              Read these rows
            </Button>
            <Button size="sm" kind="ghost" onClick={() => setPasted(null)}>
              Choose a file
            </Button>
          </div>
        </div>
      )}
    </>
  )
}
