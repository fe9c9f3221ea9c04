'use client'

import { Upload } from 'lucide-react'
import { useDroppedFiles } from '#app/_ui/dropped-files.ts'
import { Note } from '#app/_ui/note.tsx'
import { EXTENSIONS, FORMATS } from '../words.ts'

/** Takes files by click, by dropping them anywhere on the page and by pasting. */
export function DropZone({ onFiles, refusal }: { onFiles: (files: File[]) => void; refusal: string | null }) {
  const over = useDroppedFiles(onFiles, refusal === null)
  if (refusal)
    return (
      <Note tone="plain" title="You can read documents here, but not add any">
        {refusal}
      </Note>
    )
  return (
    <label
      className={`relative flex flex-col sm:flex-row items-center gap-x-4 gap-y-2 rounded-lg border border-dashed px-4 py-5 cursor-pointer max-sm:text-center has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-(--ring) ${over ? 'border-accent bg-accent-soft' : 'border-control bg-well hover:border-soft'}`}
    >
      <span className="grid place-items-center size-10 shrink-0 rounded-md border border-line bg-raised text-accent-text">
        <Upload className="size-5 stroke-[1.75]" aria-hidden />
      </span>
      <span className="min-w-0">
        <span className="block text-14 font-medium">
          {over ? 'Drop to upload' : 'Choose files, drop them here or paste them'}
        </span>
        <span id="upload-limits" className="block text-12 text-soft mt-0.5">
          {FORMATS}, up to 25 MB each. Scans need a text layer; files with a password cannot be read.
        </span>
      </span>
      <input
        type="file"
        multiple
        accept={EXTENSIONS.join(',')}
        aria-label="Choose files to upload"
        aria-describedby="upload-limits"
        className="absolute inset-0 size-full opacity-0 cursor-pointer"
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])])
          // The same file chosen again is a change again.
          currentTarget.value = ''
        }}
      />
    </label>
  )
}
