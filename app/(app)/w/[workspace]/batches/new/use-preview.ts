'use client'

import { useQuery } from '@tanstack/react-query'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { TablePreview } from '#lib/batches/shapes.ts'
import { previewTable, type Refusal } from './send-table.ts'

/** `key` tells one choice from the next. */
export type Chosen = { key: number; table: Blob; fileName: string | null }

export type PreviewState = { preview: TablePreview | null; refusal: Refusal | null; reading: boolean }

/** What the server reads in the table, anew for each column and header; the last answer stays until the next one. */
export function usePreview(
  chosen: Chosen | null,
  { header, column }: { header: boolean; column: string | null },
): PreviewState {
  const { id, api } = useWorkspace()
  const { data, isFetching } = useQuery({
    queryKey: [...queryKeys.workspace(id), 'table', chosen?.key ?? null, header, column],
    queryFn: async ({ signal }) => {
      if (!chosen) return null
      const fields = { header: String(header), ...(column === null ? {} : { column }) }
      return { of: chosen.key, answer: await previewTable(api, chosen.table, fields, signal) }
    },
    enabled: chosen !== null,
    staleTime: Infinity,
    placeholderData: (before) => (before?.of === chosen?.key ? before : undefined),
  })
  if (chosen === null || !data) return { preview: null, refusal: null, reading: chosen !== null }
  const { answer } = data
  return {
    preview: answer.ok ? answer.body : null,
    refusal: answer.ok ? null : answer.refusal,
    reading: isFetching,
  }
}
