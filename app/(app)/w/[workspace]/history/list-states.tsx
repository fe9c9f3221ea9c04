'use client'

import { CalendarClock, CloudOff, ListChecks, LogIn, RotateCcw, SearchX } from 'lucide-react'
import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { ErrorState } from '#app/_ui/error-state.tsx'
import { SignInAgain } from '#app/_ui/sign-in-again.tsx'
import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'
import { FilterChips } from './filter-bar.tsx'
import { type Chip, type HistoryFilters, isPeriod, NO_FILTERS } from './filters.ts'
import { type Range, RANGE_TITLES, widerRange } from './range.ts'

/** Nobody has run anything here yet. */
export function FirstUse({ newTaskHref, submitReason }: { newTaskHref: string; submitReason: string | null }) {
  return (
    <EmptyState
      icon={<ListChecks aria-hidden />}
      title="Run your first task"
      actions={
        submitReason === null ? (
          <ButtonLink kind="primary" href={newTaskHref}>
            New task
          </ButtonLink>
        ) : null
      }
    >
      One text, one worker, one typed result. The built-in engine needs no key. Every task stays here, with its
      attempts, its result and what it cost.
      {submitReason === null ? null : <p className="mt-1">{submitReason}</p>}
    </EmptyState>
  )
}

/** Tasks there are, but none that match: says which filters are on and what would show more. */
export function NoResults({
  filters,
  chips,
  range,
  onFilters,
}: {
  filters: HistoryFilters
  chips: readonly Chip[]
  range: Range
  onFilters: (change: Partial<HistoryFilters>) => void
}) {
  const wider = isPeriod(filters) ? 'all' : widerRange(range)
  const parts = [
    ...(chips.length > 0 ? [chips.length === 1 ? 'this filter' : `these ${chips.length} filters`] : []),
    ...(filters.search === '' ? [] : [`“${filters.search}”`]),
  ]
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title={parts.length === 0 ? 'No task in this time' : `Nothing matches ${parts.join(' and ')}`}
      actions={
        <>
          {wider === null ? null : (
            <Button
              size="sm"
              icon={<CalendarClock className="i-sm" aria-hidden />}
              onClick={() => onFilters({ range: wider, from: '', to: '' })}
            >
              {RANGE_TITLES[wider]}
            </Button>
          )}
          {parts.length === 0 ? null : (
            <Button
              size="sm"
              kind="ghost"
              onClick={() => onFilters({ ...NO_FILTERS, range: filters.range, from: filters.from, to: filters.to })}
            >
              Clear filters
            </Button>
          )}
        </>
      }
    >
      <p>
        {wider === null
          ? 'All time was searched.'
          : `Only tasks of ${isPeriod(filters) ? 'the chosen period' : `the ${RANGE_TITLES[range].toLowerCase()}`} were looked at.`}
      </p>
      {chips.length === 0 ? null : (
        <span className="flex flex-wrap gap-1.5 mt-2">
          <FilterChips chips={chips} onFilters={onFilters} />
        </span>
      )}
    </EmptyState>
  )
}

export function ListFailed({
  message,
  requestId,
  onRetry,
}: {
  message: string
  requestId: string | null
  onRetry: () => void
}) {
  return (
    <ErrorState
      title="The list could not be loaded"
      errorId={requestId}
      actions={
        <Button size="sm" icon={<RotateCcw className="i-sm" aria-hidden />} onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {message}
    </ErrorState>
  )
}

export function SignedOut() {
  return (
    <EmptyState icon={<LogIn aria-hidden />} title="You are no longer signed in" actions={<SignInAgain />}>
      Your session has ended, here or on another device. Sign in again and this list comes back with its filters.
    </EmptyState>
  )
}

export function NoAnswer({ onRetry }: { onRetry: () => void }) {
  return (
    <EmptyState
      icon={<CloudOff aria-hidden />}
      title="No answer from the server"
      actions={
        <Button size="sm" icon={<RotateCcw className="i-sm" aria-hidden />} onClick={onRetry}>
          Try now
        </Button>
      }
    >
      Your connection or the web process is down. Tasks that were accepted go on.
    </EmptyState>
  )
}

export function ListSkeleton() {
  return (
    <SkeletonPage label="Loading tasks">
      {Array.from({ length: 12 }, (_, row) => (
        <div key={row} className="flex items-center gap-4 h-9 max-md:h-24 px-5 xl:px-6 border-b border-line">
          <Skeleton className="size-4" />
          <Skeleton className="h-3 w-20" />
          <Skeleton className={`h-3 flex-1 ${row % 3 === 0 ? 'max-w-72' : 'max-w-96'}`} />
          <Skeleton className="h-3 w-24 max-md:hidden" />
          <Skeleton className="h-2 w-16 max-md:hidden" />
          <Skeleton className="h-3 w-14 max-md:hidden" />
        </div>
      ))}
    </SkeletonPage>
  )
}
