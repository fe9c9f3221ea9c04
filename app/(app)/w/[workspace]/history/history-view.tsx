'use client'

import type { ReactNode, RefObject } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { formatCount } from '#app/_ui/format.ts'
import { RefetchBar } from '#app/_ui/skeleton.tsx'
import type { TaskCount, TaskFacets, TaskSummary } from '#lib/tasks/shapes.ts'
import { BulkBar, tasksWords } from './bulk-bar.tsx'
import type { ViewCounts } from './count-views.ts'
import { ExportMenu } from './export-menu.tsx'
import { Facets } from './facets.tsx'
import { FilterBar, PhoneFilters } from './filter-bar.tsx'
import type { Named } from './filter-form.tsx'
import { type Chip, type HistoryFilters, isFiltered } from './filters.ts'
import { FirstUse, ListFailed, ListSkeleton, NoAnswer, NoResults, SignedOut } from './list-states.tsx'
import { FreshBar } from './fresh-bar.tsx'
import { QuickViews } from './quick-views.tsx'
import type { Row } from './merge-rows.ts'
import type { Range } from './range.ts'
import { scaleOf } from './rows.ts'
import { type BulkAction, isSelected, NOTHING, selectShown, type Selection, toggleRow } from './selection.ts'
import { TaskCards } from './task-cards.tsx'
import { TaskTable } from './task-table.tsx'

export type ListProblem =
  | { kind: 'unreachable' }
  | { kind: 'signed_out' }
  | { kind: 'failed'; message: string; requestId: string | null }

export type HistoryViewProps = {
  filters: HistoryFilters
  range: Range
  chips: readonly Chip[]
  workers: readonly Named[]
  facets: TaskFacets | null
  count: TaskCount | null
  views: ViewCounts
  /** Null while the first page loads. */
  rows: readonly Row[] | null
  problem: ListProblem | null
  refetching: boolean
  hasMore: boolean
  loadingMore: boolean
  /** Tasks that came since and match; they wait until asked for. */
  fresh: TaskCount
  /** False while the search covers only the newest tasks. */
  searchedAll: boolean
  everUsed: boolean
  selection: Selection
  applicable: Record<BulkAction, number | null>
  reasons: Record<BulkAction | 'submit', string | null>
  peekId: string | null
  peek: ReactNode
  exports: { csv: string; jsonl: string }
  selectionExports: { csv: string; jsonl: string } | null
  apiPath: string
  newTaskHref: string
  searchInput: RefObject<HTMLInputElement | null>
  hrefOf: (task: TaskSummary) => string
  onFilters: (change: Partial<HistoryFilters>, options?: { typing?: boolean }) => void
  onSelection: (selection: Selection) => void
  onAct: (action: BulkAction) => void
  onPeek: (id: string | null) => void
  onCursor: (id: string) => void
  onShowFresh: () => void
  onLoadMore: () => void
  onRetry: () => void
}

/** Exactly as high as the window from 768 px, so that head, peek and bulk bar stay in place; a phone scrolls as one. */
export function HistoryView(props: HistoryViewProps) {
  const { filters, facets, count, rows, selection, workers } = props
  const titleOf = (name: string) => workers.find((worker) => worker.name === name)?.title ?? name
  const hasSelection = selection.kind === 'all' || selection.ids.size > 0
  return (
    <div className="md:h-[calc(100dvh-66px)] md:min-h-[560px] flex flex-col min-w-0 md:overflow-hidden md:rounded-b-lg">
      <div className="px-4 md:px-5 xl:px-6 pt-4 pb-3 grid grid-cols-[minmax(0,1fr)] gap-3">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2.5">
          <h1 className="text-20">History</h1>
          <output className="text-soft num">{count === null ? null : tasksWords(count)}</output>
          <span className="ml-auto lg:order-last lg:ml-0 flex items-center gap-1.5">
            <PhoneFilters {...props} />
            <span className="max-md:hidden">
              <ExportMenu
                hrefs={props.exports}
                apiPath={props.apiPath}
                amount={count === null ? null : tasksWords(count)}
              />
            </span>
          </span>
          <div className="max-lg:w-full lg:mx-auto min-w-0">
            <QuickViews filters={filters} counts={props.views} onOpen={props.onFilters} />
          </div>
        </div>
        <FilterBar {...props} />
        {facets === null ? null : (
          <div className="max-xl:hidden">
            <Facets
              partial={count !== null && (!count.exact || count.count > 2_000)}
              facets={facets}
              filters={filters}
              titleOf={titleOf}
              onFilters={props.onFilters}
            />
          </div>
        )}
      </div>
      <div className="flex-1 min-h-0 flex border-t border-line min-w-0">
        <section
          id="results"
          tabIndex={-1}
          className="flex-1 min-w-0 min-h-0 flex flex-col outline-none"
          aria-label="Results"
        >
          <FreshBar fresh={props.fresh} onShow={props.onShowFresh} />
          <RefetchBar busy={props.refetching} />
          <Results {...props} titleOf={titleOf} />
          {hasSelection ? (
            <BulkBar
              selection={selection}
              total={count}
              cancellable={props.applicable.cancel}
              retryable={props.applicable.retry}
              reasons={props.reasons}
              exportHrefs={selection.kind === 'all' ? props.exports : props.selectionExports}
              onSelectAll={() => props.onSelection({ kind: 'all' })}
              onClear={() => props.onSelection(NOTHING)}
              onAct={props.onAct}
            />
          ) : null}
        </section>
        {rows === null ? null : props.peek}
      </div>
    </div>
  )
}

function Results(props: HistoryViewProps & { titleOf: (worker: string) => string }) {
  const { rows, problem, filters, selection } = props
  if (problem?.kind === 'failed')
    return (
      <Boxed>
        <ListFailed {...problem} onRetry={props.onRetry} />
      </Boxed>
    )
  if (problem?.kind === 'signed_out')
    return (
      <Boxed>
        <SignedOut />
      </Boxed>
    )
  if (problem?.kind === 'unreachable' && rows === null)
    return (
      <Boxed>
        <NoAnswer onRetry={props.onRetry} />
      </Boxed>
    )
  if (rows === null) return <ListSkeleton />
  if (rows.length === 0)
    return (
      <Boxed>
        {props.everUsed || isFiltered(filters) ? (
          <NoResults {...props} />
        ) : (
          <FirstUse newTaskHref={props.newTaskHref} submitReason={props.reasons.submit} />
        )}
        {props.searchedAll ? null : <SearchOlder onFilters={props.onFilters} />}
      </Boxed>
    )
  const shown = rows.map((row) => row.id)
  const scaleMs = scaleOf(rows)
  const list = { rows, scaleMs, search: filters.search, titleOf: props.titleOf, hrefOf: props.hrefOf }
  return (
    // Focusable, so that it scrolls by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section id="task-list" className="md:overflow-auto flex-1 min-h-0 @container" aria-label="Tasks" tabIndex={0}>
      <div className="max-md:hidden">
        <TaskTable
          {...list}
          peekId={props.peekId}
          selected={(id) => isSelected(selection, id)}
          allSelected={shown.every((id) => isSelected(selection, id))}
          someSelected={shown.some((id) => isSelected(selection, id))}
          onSelect={(id) => props.onSelection(toggleRow(selection, id, shown))}
          onSelectShown={(on) => props.onSelection(selectShown(selection, shown, on))}
          onPeek={props.onPeek}
          onCursor={props.onCursor}
        />
      </div>
      <TaskCards {...list} />
      <ListEnd {...props} shown={rows.length} />
    </section>
  )
}

function ListEnd(props: HistoryViewProps & { shown: number }) {
  const { shown, count, hasMore, loadingMore, onLoadMore, searchedAll } = props
  return (
    <div className="flex flex-wrap items-center justify-center gap-x-3 gap-y-2 px-4 py-3 text-12 text-soft">
      {hasMore ? (
        <Button size="sm" className="max-md:w-full" busy={loadingMore} onClick={onLoadMore}>
          Load 50 more
        </Button>
      ) : null}
      <span className="num">
        {count === null
          ? formatCount(shown)
          : `${formatCount(shown)} of ${count.exact ? '' : 'more than '}${formatCount(count.count)}`}
      </span>
      {hasMore || searchedAll ? null : <SearchOlder onFilters={props.onFilters} />}
    </div>
  )
}

function SearchOlder({ onFilters }: { onFilters: HistoryViewProps['onFilters'] }) {
  return (
    <p className="text-12 text-soft flex flex-wrap items-center gap-x-2 mt-3">
      The newest 100,000 tasks were searched.
      <button type="button" className="link font-medium min-h-6" onClick={() => onFilters({ older: true })}>
        Search older ones too
      </button>
    </p>
  )
}

function Boxed({ children }: { children: ReactNode }) {
  return (
    <div data-focus-next="search-tasks results" className="p-4 md:p-6 max-w-2xl w-full mx-auto overflow-y-auto">
      {children}
    </div>
  )
}
