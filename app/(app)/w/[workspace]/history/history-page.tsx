'use client'

import { NuqsAdapter } from 'nuqs/adapters/react'
import { useQueryState, useQueryStates } from 'nuqs'
import { useRef, useState } from 'react'
import { formatCount } from '#app/_ui/format.ts'
import { RequestFailed } from '#app/_ui/fetch-json.ts'
import { useShortcut } from '#app/_ui/shortcuts.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { TaskFilter } from '#lib/tasks/requests.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import type { Named } from './filter-form.tsx'
import {
  chipsOf,
  filterParsers,
  isPeriod,
  type HistoryFilters,
  peekParser,
  serializeFilters,
  toQueryString,
  toTaskFilter,
} from './filters.ts'
import { HistoryView, type ListProblem } from './history-view.tsx'
import { type Range, RANGE_COOKIE } from './range.ts'
import { applicable, NOTHING, type Selection, selectionFor, toggleRow } from './selection.ts'
import { TaskPeek } from './task-peek.tsx'
import { useAnchors } from './use-anchors.ts'
import { useBulk } from './use-bulk.ts'
import { type HistoryStart, useHistoryData, useTaskDetail } from './use-history-data.ts'
import { useListScroll } from './use-list-scroll.ts'

export type HistoryPageProps = {
  workers: readonly Named[]
  /** The person's last range, used when the address names none. */
  lastRange: Range
  everUsed: boolean
  /** More tasks than one search looks at, perhaps. */
  large: boolean
  start: HistoryStart
}

/**
 * The state is the browser's own address, not the router's idea of it: that lags behind when Back is pressed twice.
 * `search` is the address as the server saw it.
 */
export function HistoryPage({ search, ...props }: HistoryPageProps & { search: string }) {
  return (
    <NuqsAdapter serverSearch={search}>
      <History {...props} />
    </NuqsAdapter>
  )
}

const MOST_EXPORTED_ROWS = 100

function History({ workers, lastRange, everUsed, large, start }: HistoryPageProps) {
  const { id: workspaceId, api, path, whyNot } = useWorkspace()
  const reasons = { cancel: whyNot('task.cancel'), retry: whyNot('task.retry'), submit: whyNot('task.submit') }
  const [filters, setFilters] = useQueryStates(filterParsers, { history: 'push', scroll: false })
  const [peekId, setPeekId] = useQueryState('peek', peekParser)
  const address = addressOf(workspaceId, filters)
  const [anchor, askNow] = useAnchors(address, start.at)
  const [selection, setSelection] = useState<Selection>(NOTHING)
  const [cursor, setCursor] = useState<string | null>(null)
  const searchInput = useRef<HTMLInputElement>(null)

  const range = filters.range ?? lastRange
  const asked = new Date(anchor)
  const filter = toTaskFilter(filters, asked, lastRange)
  const time: TaskFilter = { from: filter.from, to: filter.to }
  const data = useHistoryData({ filter, viewFilter: time, anchor, start })
  const detail = useTaskDetail(peekId)
  const bulk = useBulk(() => setSelection(NOTHING))
  const { rows, list, count } = data
  useListScroll(`${address} ${anchor}`, rows !== null)

  const position = rows?.findIndex((row) => row.id === peekId) ?? -1
  const peeked = rows?.[position] ?? detail.data ?? null
  const ids = rows?.map((row) => row.id) ?? []
  // Tasks that arrive meanwhile are not what was selected.
  const bulkFilter = { ...filter, to: filter.to ?? asked.toISOString() }
  const from = encodeURIComponent(toQueryString({ ...filter, range: isPeriod(filters) ? undefined : range }))
  const hrefOf = (task: { id: string }) => path(`/tasks/${task.id}?from=${from}`)

  function changeFilters(change: Partial<HistoryFilters>, { typing = false } = {}) {
    if (change.range) rememberRange(change.range)
    askNow(addressOf(workspaceId, { ...filters, ...change }))
    setSelection(NOTHING)
    void setFilters(change, { history: typing ? 'replace' : 'push' })
  }
  function peek(id: string | null) {
    void setPeekId(id)
    if (id !== null) setCursor(id)
    focusRow(id ?? peekId)
  }
  function step(by: 1 | -1) {
    const current = ids.indexOf(peekId ?? cursor ?? '')
    const next = current === -1 ? ids[0] : ids[current + by]
    if (next !== undefined) peek(next)
  }
  const canStep = (by: 1 | -1) => position !== -1 && ids[position + by] !== undefined

  useShortcut('f', () => searchInput.current?.focus())
  useShortcut('j', () => step(1))
  useShortcut('k', () => step(-1))
  useShortcut('x', () => {
    const id = peekId ?? cursor
    if (id !== null && ids.includes(id)) setSelection(toggleRow(selection, id, ids))
  })

  const selectedIds = selection.kind === 'rows' ? [...selection.ids] : []
  const exportsOf = (query: Parameters<typeof toQueryString>[0]) => ({
    csv: `${api}/tasks/export?${toQueryString({ ...query, format: 'csv' })}`,
    jsonl: `${api}/tasks/export?${toQueryString({ ...query, format: 'jsonl' })}`,
  })
  const submitters = data.facets?.submitter ?? []
  const nameOf = (kind: 'worker' | 'submitter', id: string) =>
    kind === 'worker'
      ? (workers.find((worker) => worker.name === id)?.title ?? id)
      : id === 'me'
        ? 'me'
        : (submitters.find((who) => who.value === id)?.name ?? 'someone')

  return (
    <>
      <HistoryView
        filters={filters}
        range={range}
        chips={chipsOf(filters, nameOf)}
        workers={workers}
        facets={data.facets}
        count={count}
        views={data.views}
        rows={rows}
        problem={problemOf(list.error)}
        refetching={list.isFetching && !list.isFetchingNextPage && rows !== null}
        hasMore={list.hasNextPage}
        loadingMore={list.isFetchingNextPage}
        fresh={data.fresh}
        searchedAll={filters.search.trim() === '' || filters.older || !large}
        everUsed={everUsed}
        selection={selection}
        applicable={{
          cancel: applicable(selection, rows ?? [], 'cancel'),
          retry: applicable(selection, rows ?? [], 'retry'),
        }}
        reasons={reasons}
        peekId={peekId}
        peek={
          peeked === null ? null : (
            <TaskPeek
              task={peeked}
              detail={detail.data ?? null}
              error={detail.error === null ? null : detail.error.message}
              readAt={rows?.[position]?.readAt ?? detail.dataUpdatedAt}
              place={
                position === -1 || count === null
                  ? null
                  : `${formatCount(position + 1)} of ${formatCount(count.count)}${count.exact ? '' : '+'}`
              }
              workerTitle={nameOf('worker', peeked.worker)}
              href={hrefOf(peeked)}
              apiPath={`${api}/tasks/${peeked.id}`}
              onClose={() => peek(null)}
              onPrevious={canStep(-1) ? () => step(-1) : undefined}
              onNext={canStep(1) ? () => step(1) : undefined}
              onCancel={() => void bulk.runOne('cancel', peeked.id)}
              onRetry={() => void bulk.runOne('retry', peeked.id)}
              cancelReason={reasons.cancel}
              retryReason={reasons.retry}
              busy={bulk.busy}
            />
          )
        }
        exports={exportsOf(filter)}
        selectionExports={selectedIds.length > MOST_EXPORTED_ROWS ? null : exportsOf({ ids: selectedIds })}
        apiPath={`${api}/tasks?${toQueryString(filter)}`}
        newTaskHref={path('/tasks/new')}
        searchInput={searchInput}
        hrefOf={hrefOf}
        onFilters={changeFilters}
        onSelection={setSelection}
        onAct={(action) => bulk.ask(action, selectionFor(selection, rows ?? [], bulkFilter, action))}
        onPeek={peek}
        onCursor={setCursor}
        onShowFresh={() => askNow(address)}
        onLoadMore={() => void list.fetchNextPage()}
        onRetry={() => void list.refetch()}
      />
      <BulkDialog {...bulk} onConfirm={() => void bulk.confirm()} onClose={bulk.close} />
    </>
  )
}

function addressOf(workspaceId: string, filters: HistoryFilters): string {
  return `${workspaceId} ${serializeFilters(filters)}`
}

function problemOf(error: Error | null): ListProblem | null {
  if (error === null) return null
  if (error instanceof RequestFailed && error.status === 401) return { kind: 'signed_out' }
  if (error instanceof RequestFailed && error.status > 0)
    return { kind: 'failed', message: error.message, requestId: error.requestId }
  return { kind: 'unreachable' }
}

function rememberRange(range: Range): void {
  document.cookie = `${RANGE_COOKIE}=${range}; path=/; max-age=31536000; samesite=lax`
}

function focusRow(id: string | null): void {
  if (id === null) return
  const link = document.getElementById(`row-${id}`)
  link?.focus({ preventScroll: true })
  link?.closest('tr')?.scrollIntoView({ block: 'nearest' })
}
