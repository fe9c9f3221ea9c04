'use client'

import { useQuery } from '@tanstack/react-query'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { TableRows } from '#lib/batches/shapes.ts'
import type { Chosen } from './use-preview.ts'

/** The batch whose rows are started again, and which of them (`rows=…` or `state=…`). */
export type Source = { id: string; name: string; query: string; of: 'row' | 'file' }

export type SourceTable = {
  chosen: Chosen | null
  column: string | null
  documents: TableRows['documents'] | null
  failed: string | null
}

const SOURCE_KEY = -1

export function useSourceTable(source: Source | null): SourceTable {
  const { id, api } = useWorkspace()
  const { data, error } = useQuery({
    queryKey: [...queryKeys.workspace(id), 'table rows', source?.id ?? null, source?.query ?? null],
    queryFn: async ({ signal }) => {
      if (!source) return null
      const { columns, rows, textColumn, documents } = await fetchJson<TableRows>(
        `${api}/batches/${source.id}/rows?${source.query}`,
        signal,
      )
      if (source.of === 'file') return { column: null, chosen: null, documents }
      const table = new Blob([[columns, ...rows].map(csvLine).join('\r\n')], { type: 'text/csv' })
      return {
        column: textColumn,
        documents: null,
        chosen: { key: SOURCE_KEY, table, fileName: `${source.name}, again` },
      }
    },
    enabled: source !== null,
    staleTime: Infinity,
  })
  return {
    chosen: data?.chosen ?? null,
    column: data?.column ?? null,
    documents: data?.documents ?? null,
    failed: error?.message ?? null,
  }
}

function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')
}
