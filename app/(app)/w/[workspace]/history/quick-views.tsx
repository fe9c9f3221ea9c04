'use client'

import type { MouseEvent } from 'react'
import { formatCount } from '#app/_ui/format.ts'
import type { TaskCount } from '#lib/tasks/shapes.ts'
import type { ViewCounts } from './count-views.ts'
import { currentView, type HistoryFilters, NO_FILTERS, QUICK_VIEWS, serializeFilters } from './filters.ts'

/** The lists people open most, as links; a list that is none of them reads "All, edited". */
export function QuickViews({
  filters,
  counts,
  onOpen,
}: {
  filters: HistoryFilters
  /** By the view's key; a missing one is not known. */
  counts: ViewCounts
  onOpen: (filters: HistoryFilters) => void
}) {
  const current = currentView(filters)
  return (
    <nav
      aria-label="Views"
      className="flex items-center gap-1.5 overflow-x-auto [scrollbar-width:none] max-md:-mx-4 max-md:px-4 py-0.5"
    >
      {QUICK_VIEWS.map((view) => {
        const target = { ...NO_FILTERS, ...view.filters, range: filters.range, from: filters.from, to: filters.to }
        const chosen = current === view.key || (current === null && view.key === 'all')
        const open = (event: MouseEvent) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return
          event.preventDefault()
          onOpen(target)
        }
        return (
          <a
            key={view.key}
            href={serializeFilters(target) || '?'}
            aria-current={chosen ? 'true' : undefined}
            onClick={open}
            className={`inline-flex items-center gap-1.5 h-7 max-md:h-11 px-2.5 rounded-md border text-12 font-medium whitespace-nowrap shrink-0 no-underline -outline-offset-2 ${
              chosen
                ? 'bg-accent-soft border-accent-line text-accent-text'
                : 'border-line text-soft hover:text-ink hover:bg-hover'
            }`}
          >
            {view.title}
            {chosen && current === null ? ', edited' : ''}
            <ViewCount count={counts[view.key]} />
          </a>
        )
      })}
    </nav>
  )
}

function ViewCount({ count }: { count: TaskCount | undefined }) {
  if (count === undefined) return null
  return (
    <span className="num font-normal opacity-85">
      {formatCount(count.count)}
      {count.exact ? '' : '+'}
    </span>
  )
}
