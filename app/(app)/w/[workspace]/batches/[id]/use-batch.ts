'use client'

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { useLive } from '#app/_ui/live.tsx'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { BatchDetail, ItemPage } from '#lib/batches/shapes.ts'
import { queryOf, type Shown } from './shown.ts'

const OPEN_REFRESH_MS = 5_000

/** The batch as the server gave it, then as its tasks' events, once a second, and a slow poll say. */
export function useBatch(initial: BatchDetail) {
  const { id, api } = useWorkspace()
  const live = useLive()
  return useQuery({
    queryKey: queryKeys.batch(id, initial.id),
    queryFn: ({ signal }) => fetchJson<BatchDetail>(`${api}/batches/${initial.id}`, signal),
    initialData: initial,
    refetchInterval: ({ state }) =>
      live.status !== 'paused' && state.data?.finishedAt === null ? OPEN_REFRESH_MS : false,
  })
}

/** Its items, those that need a person first; what was shown stays until the others are there. */
export function useItems(batch: BatchDetail, shown: Shown, initial: { shown: Shown; page: ItemPage }) {
  const asked = queryOf(shown).toString()
  const { id, api } = useWorkspace()
  const live = useLive()
  return useInfiniteQuery({
    queryKey: [...queryKeys.batches(id), batch.id, 'items', asked],
    queryFn: ({ pageParam, signal }) => {
      const query = queryOf(shown)
      query.set('order', 'needs')
      if (pageParam !== null) query.set('after', String(pageParam))
      return fetchJson<ItemPage>(`${api}/batches/${batch.id}/items?${query}`, signal)
    },
    initialPageParam: null as number | null,
    getNextPageParam: ({ after }: ItemPage) => after,
    placeholderData: keepPreviousData,
    ...(queryOf(initial.shown).toString() === asked
      ? { initialData: { pages: [initial.page], pageParams: [null] } }
      : {}),
    refetchInterval: live.status !== 'paused' && batch.finishedAt === null ? OPEN_REFRESH_MS : false,
  })
}
