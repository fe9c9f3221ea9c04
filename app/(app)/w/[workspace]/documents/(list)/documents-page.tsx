'use client'

import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { DocumentList } from '#lib/documents/shapes.ts'
import { MAX_TEXT_LENGTH } from '../../tasks/new/limits.ts'
import { DocumentsView } from './documents-view.tsx'
import { LIST_LIMIT } from '../limits.ts'
import { NO_UPLOADS, uploadsTo } from './uploads.ts'

/** While something is being read; else for what colleagues add. */
const READING_EVERY_MS = 1_000
const IDLE_EVERY_MS = 15_000

export function DocumentsPage({ start }: { start: DocumentList }) {
  const client = useQueryClient()
  const { id, api, path, whyNot } = useWorkspace()
  const url = `${api}/documents`
  const queryKey = [...queryKeys.workspace(id), 'documents']
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      fetchJson<DocumentList>(`${url}?limit=${LIST_LIMIT}${pageParam ? `&cursor=${pageParam}` : ''}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    initialData: { pages: [start], pageParams: [null] },
    refetchInterval: ({ state }) => (isReading(state.data) ? READING_EVERY_MS : IDLE_EVERY_MS),
  })
  const { state, subscribe, add, retry, dismiss } = uploadsTo(url)
  const { uploads, arrived } = useSyncExternalStore(subscribe, state, () => NO_UPLOADS)
  useEffect(() => {
    if (arrived > 0) void client.invalidateQueries({ queryKey: [...queryKeys.workspace(id), 'documents'] })
  }, [arrived, client, id])
  const documents = list.data.pages.flatMap(({ items }) => items)
  return (
    <DocumentsView
      documents={documents}
      uploads={uploads}
      refusal={whyNot('document.upload')}
      staleReason={list.isRefetchError ? list.error.message : null}
      onMore={list.hasNextPage ? () => void list.fetchNextPage() : null}
      loadingMore={list.isFetchingNextPage}
      hrefOf={(document) => path(`/documents/${document}`)}
      newTaskHrefOf={
        whyNot('task.submit') === null
          ? ({ id: document, characters }) =>
              path(
                (characters ?? 0) > MAX_TEXT_LENGTH ? `/documents/${document}#use` : `/tasks/new?document=${document}`,
              )
          : null
      }
      workersHref={path('/workers')}
      batchesHref={path('/batches')}
      onFiles={add}
      onRetry={retry}
      onDismiss={dismiss}
    />
  )
}

function isReading(data: InfiniteData<DocumentList> | undefined): boolean {
  return data?.pages.some(({ items }) => items.some(({ finishedAt }) => finishedAt === null)) ?? false
}
