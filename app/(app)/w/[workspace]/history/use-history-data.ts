'use client'
// Everything that History shows, kept current: one snapshot of rows, their live values, the number of new ones.
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { useLiveMessages } from '#app/_ui/live.tsx'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { TaskFilter } from '#lib/tasks/requests.ts'
import type { TaskCount, TaskDetail, TaskFacets, TaskPage, TaskSummary } from '#lib/tasks/shapes.ts'
import { isTerminal } from '#lib/tasks/states.ts'
import type { ViewCounts } from './count-views.ts'
import { toQueryString } from './filters.ts'
import { countMissing, type Row, type Rows, toRowPage, withEvent, withFreshRows } from './merge-rows.ts'

const PAGE = 50
const MAX_PAGE = 100
const MOST_WATCHED = 100
const FACETS_EVERY_MS = 15_000
/** The search follows the tasks by a moment, and no event says when it has. */
const SEARCH_EVERY_MS = 3_000
const NONE: TaskCount = { count: 0, exact: true }
const NO_PAGE: TaskPage = { items: [], nextCursor: null }

export type HistoryStart = {
  /** The query string behind the first state, to know whether it still is the one asked for. */
  query: string
  at: number
  page: TaskPage
  count: TaskCount
  facets: TaskFacets
  viewQuery: string
  views: ViewCounts
}

export function useHistoryData({
  filter,
  viewFilter,
  anchor,
  start,
}: {
  filter: TaskFilter
  /** The time range alone, for the numbers on the quick views. */
  viewFilter: TaskFilter
  /** When this snapshot was asked for; a new one is a new snapshot. */
  anchor: number
  start: HistoryStart
}) {
  const { id: workspaceId, api, path } = useWorkspace()
  const query = toQueryString(filter)
  const viewQuery = toQueryString(viewFilter)
  const listKey = ['history', workspaceId, 'rows', query, anchor]
  const started = anchor === start.at && query === start.query
  const list = useInfiniteQuery({
    queryKey: listKey,
    queryFn: async ({ pageParam, signal }) =>
      toRowPage(
        await fetchJson<TaskPage>(
          `${api}/tasks?${toQueryString({ ...filter, cursor: pageParam, limit: PAGE })}`,
          signal,
        ),
        Date.now(),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    initialData: started ? { pages: [toRowPage(start.page, start.at)], pageParams: [undefined] } : undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    // Where nothing was found no row can be pushed away.
    refetchInterval: ({ state }) =>
      filter.search !== undefined && state.data?.pages[0]?.items.length === 0 ? SEARCH_EVERY_MS : false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const rows = list.data?.pages.flatMap((page) => page.items) ?? null
  const count = useQuery({
    queryKey: ['history', workspaceId, 'count', query, anchor],
    queryFn: ({ signal }) => fetchJson<TaskCount>(path(`/history/count?${query}`), signal),
    initialData: started ? start.count : undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    refetchInterval: ({ state }) => (filter.search !== undefined && state.data?.count === 0 ? SEARCH_EVERY_MS : false),
  })
  const facets = useFacets(query, anchor, started ? start.facets : undefined)
  const startedView = anchor === start.at && viewQuery === start.viewQuery
  const views = useQuery({
    queryKey: ['history', workspaceId, 'views', viewQuery, anchor],
    queryFn: ({ signal }) => fetchJson<ViewCounts>(path(`/history/views?${viewQuery}`), signal),
    initialData: startedView ? start.views : undefined,
    placeholderData: keepPreviousData,
    staleTime: FACETS_EVERY_MS,
    refetchInterval: FACETS_EVERY_MS,
  })
  const fresh = useFresh(filter, rows, !list.hasNextPage, anchor)
  useLiveRows(rows, listKey)
  return {
    rows,
    list,
    count: count.data ?? null,
    facets: facets.data ?? null,
    views: views.data ?? {},
    fresh,
  }
}

/** A task's detail for the preview; the same entry that its own page keeps. */
export function useTaskDetail(id: string | null) {
  const { id: workspaceId, api } = useWorkspace()
  return useQuery({
    queryKey: queryKeys.task(workspaceId, id ?? ''),
    queryFn: ({ signal }) => fetchJson<TaskDetail>(`${api}/tasks/${id}`, signal),
    enabled: id !== null,
  })
}

function useFacets(query: string, anchor: number, initial: TaskFacets | undefined) {
  const { id: workspaceId, path } = useWorkspace()
  return useQuery({
    queryKey: ['history', workspaceId, 'facets', query, anchor],
    queryFn: ({ signal }) => fetchJson<TaskFacets>(path(`/history/facets?${query}`), signal),
    initialData: initial,
    placeholderData: keepPreviousData,
    staleTime: FACETS_EVERY_MS,
    refetchInterval: FACETS_EVERY_MS,
  })
}

/** How many tasks match that are not among those shown. Live updates ask again, at most once a second. */
function useFresh(filter: TaskFilter, rows: Row[] | null, complete: boolean, anchor: number): TaskCount {
  const { id: workspaceId, api, path } = useWorkspace()
  const searching = filter.search !== undefined
  const byList = searching || filter.status !== undefined || filter.notStatus !== undefined
  const newest = rows?.[0]?.createdAt
  const from = new Date(newest === undefined ? anchor : new Date(newest).getTime() + 1).toISOString()
  const query = toQueryString({ ...filter, from })
  const accepted = useQuery({
    queryKey: [...queryKeys.tasks(workspaceId), 'fresh', query],
    queryFn: ({ signal }) => fetchJson<TaskCount>(path(`/history/count?${query}`), signal),
    initialData: NONE,
    staleTime: Infinity,
    enabled: rows !== null && !byList && filter.to === undefined,
  })
  // Whatever its age, a task may change into the status asked for, or the search may have got to it: only the list tells.
  const listQuery = toQueryString({ ...filter, limit: MAX_PAGE })
  const newestNow = useQuery({
    queryKey: [...queryKeys.tasks(workspaceId), 'newest', listQuery, anchor],
    queryFn: ({ signal }) => fetchJson<TaskPage>(`${api}/tasks?${listQuery}`, signal),
    initialData: NO_PAGE,
    staleTime: Infinity,
    refetchInterval: searching ? SEARCH_EVERY_MS : false,
    enabled: rows !== null && byList,
  })
  return byList ? countMissing(newestNow.data, rows ?? [], complete) : accepted.data
}

/** Reads again what may still change among the rows shown, whenever live updates say that tasks changed. */
function useLiveRows(rows: Row[] | null, listKey: readonly unknown[]) {
  const client = useQueryClient()
  const { id: workspaceId, path } = useWorkspace()
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  useLiveMessages((message) => {
    if (message.kind !== 'task') return
    const { event } = message
    if (!rows?.some((row) => row.id === event.taskId)) return
    client.setQueryData<Rows>(listKey, (held) => withEvent(held, event))
    setTouched((held) => (held.has(event.taskId) ? held : new Set([...held, event.taskId].slice(-MOST_WATCHED))))
  })
  const watched = (rows ?? [])
    .filter((row) => !isTerminal(row.status) || touched.has(row.id))
    .slice(0, MOST_WATCHED)
    .map((row) => row.id)
    .toSorted()
  useQuery({
    queryKey: [...queryKeys.tasks(workspaceId), 'rows', watched],
    queryFn: async ({ signal }) => {
      const items = await fetchJson<TaskSummary[]>(path(`/history/rows?ids=${watched.join(',')}`), signal)
      client.setQueryData<Rows>(listKey, (held) => withFreshRows(held, items, Date.now()))
      return items.length
    },
    enabled: watched.length > 0,
    staleTime: 1_000,
  })
}
