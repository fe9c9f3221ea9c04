'use client'

import { useQueryClient } from '@tanstack/react-query'
import { Upload } from 'lucide-react'
import { useRef, useState, useTransition } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { notify } from '#app/_ui/toast.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { BatchDetail, BatchItem } from '#lib/batches/shapes.ts'
import { sendFile } from '../../documents/(list)/send-file.ts'

/** A file whose text could not be read has neither task nor run. */
export function isReplaceable({ of, status }: BatchDetail, { state, taskId, runId }: BatchItem): boolean {
  return of === 'file' && status !== 'cancelled' && state === 'failed' && taskId === null && runId === null
}

/** Uploads another file in the place of this one; that row alone starts. */
export function ReplaceButton({ batch, item }: { batch: BatchDetail; item: BatchItem }) {
  const { id, api, whyNot } = useWorkspace()
  const client = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [error, setError] = useState<string | null>(null)
  const [busy, startSending] = useTransition()

  function replace(file: File | undefined) {
    if (!file || busy) return
    startSending(async () => {
      setError(null)
      try {
        const { id: document } = await sendFile(`${api}/documents`, file, () => undefined).promise
        const changed = await put(`${api}/batches/${batch.id}/replace`, { row: item.row, document })
        client.setQueryData(queryKeys.batch(id, batch.id), changed)
        notify(`${file.name} takes the place of row ${item.row}`)
        await client.invalidateQueries({ queryKey: queryKeys.batches(id) })
      } catch (problem) {
        setError(problem instanceof Error ? problem.message : 'The file could not be replaced. Try again.')
      }
    })
  }

  return (
    <span className="relative z-1 inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <input
        ref={input}
        type="file"
        className="sr"
        tabIndex={-1}
        aria-label={`Another file for row ${item.row}`}
        onChange={(event) => {
          replace(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <Button
        size="sm"
        icon={<Upload aria-hidden />}
        busy={busy}
        aria-label={`Replace ${item.title}`}
        disabledReason={whyNot('batch.change')}
        onClick={() => input.current?.click()}
      >
        Replace
      </Button>
      {error ? (
        <span role="alert" className="text-12 text-failed-fg whitespace-normal">
          {error}
        </span>
      ) : null}
    </span>
  )
}

async function put(url: string, body: object): Promise<BatchDetail> {
  const headers = { 'Content-Type': 'application/json' }
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body), headers })
  const answer = (await response.json()) as BatchDetail & { detail?: string }
  if (!response.ok) throw new Error(answer.detail ?? 'The server could not take this. Try again in a moment.')
  return answer
}
