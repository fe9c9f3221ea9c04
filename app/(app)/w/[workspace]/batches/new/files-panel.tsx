'use client'

import { CircleCheck, CircleX, FileUp, Upload, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useDroppedFiles } from '#app/_ui/dropped-files.ts'
import { Button } from '#app/_ui/button.tsx'
import { formatCount } from '#app/_ui/format.ts'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { Progress } from '#app/_ui/progress.tsx'
import { EXTENSIONS, FORMATS } from '../../documents/words.ts'
import { filesOf } from '../words.ts'
import type { BatchFile, Files } from './files.ts'

const MOST_SHOWN = 60

/** Refused ones first, since they need somebody; then those on their way. */
const ORDER: Record<BatchFile['state'], number> = { refused: 0, sending: 1, waiting: 2, here: 3 }

/** Files by click, by dropping and by pasting, and what became of each. */
export function FilesPanel({
  files,
  store,
  error,
}: {
  files: readonly BatchFile[]
  store: Files
  error: string | null
}) {
  const over = useDroppedFiles(store.add, true)
  const shown = files.toSorted((a, b) => ORDER[a.state] - ORDER[b.state] || a.key - b.key).slice(0, MOST_SHOWN)
  const here = files.filter(({ state }) => state === 'here').length
  const refused = files.filter(({ state }) => state === 'refused').length
  const open = files.length - here - refused
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
            {over ? 'Drop to upload' : 'Choose files or a ZIP archive, or drop them here'}
          </span>
          <span id="files-limits" className="block text-12 text-soft mt-0.5">
            Up to 1,000 files of 25 MB: {FORMATS}. Each is kept under Documents.
          </span>
        </span>
        <input
          type="file"
          multiple
          id="field-files"
          accept={[...EXTENSIONS, '.zip'].join(',')}
          aria-label="Choose files or a ZIP archive"
          aria-describedby="files-limits"
          aria-invalid={error !== null || undefined}
          className="absolute inset-0 size-full opacity-0 cursor-pointer"
          onChange={({ currentTarget }) => {
            store.add(Array.from(currentTarget.files ?? []))
            currentTarget.value = ''
          }}
        />
      </label>
      {error ? (
        <p className="err" role="alert">
          {error}
        </p>
      ) : null}
      {files.length === 0 ? null : (
        <div className="rounded-md border border-line overflow-hidden">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3.5 py-2 border-b border-line">
            {open > 0 ? (
              <div className="flex-1 min-w-40 max-w-sm">
                <Progress
                  share={1 - open / files.length}
                  label={`${filesOf(open)} on the way`}
                  end={formatCount(files.length)}
                />
              </div>
            ) : (
              <p className="num">
                <span className="font-medium">{filesOf(here)} ready to run</span>
                {refused > 0 ? <span className="text-failed-fg">, {formatCount(refused)} refused</span> : null}
              </p>
            )}
            <Button size="sm" kind="ghost" className="ml-auto" onClick={store.clear}>
              Take all out
            </Button>
          </div>
          <ul>
            {shown.map((file) => (
              <FileRow key={file.key} file={file} onRemove={() => store.remove(file.key)} />
            ))}
          </ul>
          {files.length > shown.length ? (
            <p className="px-3.5 py-1.5 border-t border-line text-12 text-soft num">
              and {formatCount(files.length - shown.length)} more
            </p>
          ) : null}
        </div>
      )}
    </>
  )
}

const LOOKS: Record<BatchFile['state'], { icon: ReactNode; words: string }> = {
  waiting: { icon: <i className="hatch w-4 h-2 rounded-xs" aria-hidden />, words: 'waits to be sent' },
  sending: { icon: <FileUp className="i-sm text-progress-fg" aria-hidden />, words: 'is being sent' },
  here: { icon: <CircleCheck className="i-sm text-completed-fg" aria-hidden />, words: 'is here' },
  refused: { icon: <CircleX className="i-sm text-failed-fg" aria-hidden />, words: '' },
}

function FileRow({ file, onRemove }: { file: BatchFile; onRemove: () => void }) {
  const { icon, words } = LOOKS[file.state]
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)_28px] items-center gap-x-3 px-3.5 py-1.5 border-t border-line first:border-t-0">
      {icon}
      <span className="min-w-0">
        <span className="block truncate">{file.name}</span>
        {file.problem === null ? (
          <span className="sr">{words}</span>
        ) : (
          <span className="block text-12">
            <span className="text-failed-fg">{file.problem}</span> <span className="text-soft">{file.advice}</span>
          </span>
        )}
      </span>
      <IconButton size="sm" label={`Take ${file.name} out`} icon={<X aria-hidden />} onClick={onRemove} />
    </li>
  )
}
