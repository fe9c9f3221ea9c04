'use client'

import { ListFilter, Search, SlidersHorizontal, X } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { formatQuantity } from '#app/_ui/format.ts'
import { Kbd } from '#app/_ui/kbd.tsx'
import { Popover } from '#app/_ui/popover.tsx'
import type { TaskCount, TaskFacets } from '#lib/tasks/shapes.ts'
import { FilterForm, type Named } from './filter-form.tsx'
import { type Chip, type HistoryFilters, NO_FILTERS } from './filters.ts'
import type { Range } from './range.ts'
import { TimeRange } from './time-range.tsx'

export type FilterBarProps = {
  filters: HistoryFilters
  range: Range
  chips: readonly Chip[]
  facets: TaskFacets | null
  workers: readonly Named[]
  count: TaskCount | null
  searchInput: RefObject<HTMLInputElement | null>
  onFilters: (change: Partial<HistoryFilters>, options?: { typing?: boolean }) => void
}

/** Search, chips and all filters in one line; Backspace in the empty search removes the last chip. */
export function FilterBar(props: FilterBarProps) {
  const { filters, chips, facets, workers, onFilters, range, searchInput } = props
  const active = chips.length > 0 || filters.search !== ''
  return (
    <search className="max-md:hidden flex items-start gap-2">
      <div className="flex flex-1 flex-wrap items-center gap-1.5 min-h-10 min-w-0 pl-2.5 pr-1.5 py-1 rounded-md border border-control bg-raised hover:border-soft has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-ring has-[input:focus-visible]:-outline-offset-1">
        <Search className="i text-faint" aria-hidden />
        <FilterChips chips={chips} onFilters={onFilters} />
        <SearchInput
          id="search-tasks"
          value={filters.search}
          inputRef={searchInput}
          onChange={(search) => onFilters({ search }, { typing: true })}
          onBackspace={() => {
            const last = chips.at(-1)
            if (last) onFilters(last.without)
          }}
        />
        <span aria-hidden>
          <Kbd>F</Kbd>
        </span>
        {active ? (
          <Button kind="ghost" size="sm" data-focus-next="search-tasks" onClick={() => onFilters(CLEARED)}>
            Clear
          </Button>
        ) : null}
      </div>
      <Popover
        name="Filters"
        className="p-4 w-130 max-h-(--available-height) overflow-y-auto"
        trigger={
          <Button className="h-10!" icon={<ListFilter aria-hidden />}>
            Filter
          </Button>
        }
      >
        <FilterForm filters={filters} facets={facets} workers={workers} onFilters={onFilters} />
      </Popover>
      <TimeRange filters={filters} range={range} onFilters={onFilters} />
    </search>
  )
}

/** The same on a phone: one button, one dialog. */
export function PhoneFilters(props: FilterBarProps) {
  const { filters, chips, facets, workers, onFilters, range, count } = props
  const [open, setOpen] = useState(false)
  const active = chips.length + (filters.search === '' ? 0 : 1)
  return (
    <>
      <Button
        className="md:hidden"
        icon={<SlidersHorizontal className="i" aria-hidden />}
        onClick={() => setOpen(true)}
      >
        Filters
        {active > 0 ? (
          <span className="tag num bg-accent-soft! border-accent-line! text-accent-text!">{active}</span>
        ) : null}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Filters"
        footer={
          <>
            <Button kind="ghost" onClick={() => onFilters(CLEARED)}>
              Clear
            </Button>
            <Button kind="primary" onClick={() => setOpen(false)}>
              {count === null
                ? 'Show the tasks'
                : `Show ${formatQuantity(count.count, 'task')}${count.exact ? '' : ' or more'}`}
            </Button>
          </>
        }
      >
        <div className="grid gap-4">
          <div className="flex items-center gap-2 px-2.5 rounded-md border border-control bg-raised min-h-11 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-ring">
            <Search className="i text-faint" aria-hidden />
            <SearchInput value={filters.search} onChange={(search) => onFilters({ search }, { typing: true })} />
          </div>
          <TimeRange filters={filters} range={range} onFilters={onFilters} />
          <FilterForm filters={filters} facets={facets} workers={workers} onFilters={onFilters} />
        </div>
      </Dialog>
    </>
  )
}

export function FilterChips({
  chips,
  onFilters,
}: {
  chips: readonly Chip[]
  onFilters: (change: Partial<HistoryFilters>) => void
}) {
  return chips.map((chip) => (
    <span
      key={chip.key}
      data-focus-next="search-tasks results"
      className="chip border-accent-line! bg-accent-soft! max-w-full"
    >
      <span className="mono truncate">
        {chip.negated ? <b className="font-semibold text-failed-fg">not</b> : null}
        <span className="text-soft">{chip.name}:</span>
        <span className="font-medium text-ink truncate">{chip.value}</span>
      </span>
      <button
        type="button"
        className="border-accent-line! -outline-offset-2"
        aria-label={`Remove filter ${chip.negated ? 'not ' : ''}${chip.name} ${chip.value}`}
        onClick={() => onFilters(chip.without)}
      >
        <X className="i-sm" aria-hidden />
      </button>
    </span>
  ))
}

/** Everything but the time range and the place in it. */
const CLEARED: Partial<HistoryFilters> = (({ range: _range, from: _from, to: _to, ...rest }) => rest)(NO_FILTERS)

const TYPING_MS = 300

function SearchInput({
  id,
  value,
  inputRef,
  onChange,
  onBackspace,
}: {
  id?: string
  value: string
  inputRef?: RefObject<HTMLInputElement | null>
  onChange: (value: string) => void
  onBackspace?: () => void
}) {
  const [draft, setDraft] = useState(value)
  const [seen, setSeen] = useState(value)
  const [sent, setSent] = useState(value)
  if (value !== seen) {
    setSeen(value)
    // Not an echo of what was typed here: Back, Clear or a view changed the address.
    if (value !== sent) {
      setDraft(value)
      setSent(value)
    }
  }
  function send() {
    setSent(draft)
    onChange(draft)
  }
  const sendLater = useEffectEvent(send)
  useEffect(() => {
    if (draft === sent) return
    const timer = setTimeout(() => sendLater(), TYPING_MS)
    return () => clearTimeout(timer)
  }, [draft, sent])
  function press(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Backspace' && draft === '') onBackspace?.()
    if (event.key === 'Enter' && draft !== sent) send()
    if (event.key === 'Escape') {
      event.preventDefault()
      event.currentTarget.blur()
    }
  }
  return (
    <input
      id={id}
      ref={inputRef}
      type="search"
      aria-label="Search input, output and errors"
      placeholder="Search input, output and errors"
      maxLength={200}
      autoComplete="off"
      className="flex-1 min-w-40 h-7 max-md:h-10 bg-transparent text-13 max-md:text-16 text-ellipsis outline-none px-1 [&::-webkit-search-cancel-button]:hidden"
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={press}
    />
  )
}
