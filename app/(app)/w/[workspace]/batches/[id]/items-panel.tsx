'use client'

import { UserRound } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { formatCount } from '#app/_ui/format.ts'
import { Note } from '#app/_ui/note.tsx'
import type { BatchDetail, ItemPage } from '#lib/batches/shapes.ts'
import { ITEM_STATES } from '#lib/batches/states.ts'
import { ItemIcon } from '../batch-status.tsx'
import { ITEM_WORDS, itemsOf } from '../words.ts'
import { ItemCards } from './item-cards.tsx'
import { ItemsTable } from './items-table.tsx'
import { NOTHING, toggled } from './selection.ts'
import { SearchField } from './search-field.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { ALL, isAll, queryOf, type Shown } from './shown.ts'
import { useItems } from './use-batch.ts'

type Props = { batch: BatchDetail; initial: { shown: Shown; page: ItemPage } }

/** The rows, those that need a person first; which ones are shown stands in the address. */
export function ItemsPanel({ batch, initial }: Props) {
  const [shown, setShown] = useState(initial.shown)
  const [selection, setSelection] = useState(NOTHING)
  const list = useItems(batch, shown, initial)
  const { state, needs, search } = shown
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const total = search !== '' ? null : needs ? batch.needsPerson : state === null ? batch.size : batch.counts[state]
  const scaleMs = Math.max(1, ...items.map(({ waitedMs, workedMs }) => waitedMs + workedMs))

  function show(next: Shown) {
    setShown(next)
    setSelection(NOTHING)
    window.history.replaceState(null, '', isAll(next) ? window.location.pathname : `?${queryOf(next)}`)
  }

  const choice = {
    selected: (row: number) => selection.all || selection.rows.has(row),
    onSelect: (row: number) =>
      setSelection(
        toggled(selection.all ? { rows: new Set(items.map((item) => item.row)), all: false } : selection, row),
      ),
  }

  return (
    <section aria-label="Rows" className="min-w-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 mb-3">
        <fieldset
          aria-label="Show by state"
          className="flex items-center gap-1.5 overflow-x-auto [scrollbar-width:none] max-md:-mx-4 max-md:px-4 max-md:w-[calc(100%+2rem)] py-0.5 min-w-0"
        >
          <Chip
            label="All"
            count={batch.size}
            chosen={state === null && !needs}
            onClick={() => show({ ...ALL, search })}
          />
          {batch.needsPerson > 0 || needs ? (
            <Chip
              label="Needs a person"
              icon={<UserRound className="i-sm text-blocked-fg" aria-hidden />}
              count={batch.needsPerson}
              chosen={needs}
              onClick={() => show({ ...ALL, search, needs: true })}
            />
          ) : null}
          {ITEM_STATES.filter((one) => batch.counts[one] > 0 || one === state).map((one) => (
            <Chip
              key={one}
              label={ITEM_WORDS[one]}
              icon={<ItemIcon state={one} />}
              count={batch.counts[one]}
              chosen={state === one}
              onClick={() => show({ ...ALL, search, state: one })}
            />
          ))}
        </fieldset>
        <SearchField search={search} onSearch={(next) => show({ ...shown, search: next })} />
      </div>
      {list.isRefetchError || list.isLoadingError ? (
        <Note tone="blocked" title="These rows may be out of date">
          {list.error.message}
        </Note>
      ) : null}
      <div className={`transition-opacity ${list.isPlaceholderData ? 'opacity-60' : ''}`}>
        {items.length === 0 && !list.isPlaceholderData ? (
          <p className="panel px-3.5 py-6 text-soft">{emptyWords(batch, shown)}</p>
        ) : (
          <>
            <ItemsTable
              {...choice}
              batch={batch}
              items={items}
              scaleMs={scaleMs}
              onSelectShown={(on) =>
                setSelection(on ? { rows: new Set(items.map(({ row }) => row)), all: false } : NOTHING)
              }
            />
            <ItemCards {...choice} batch={batch} items={items} />
          </>
        )}
      </div>
      <p className="flex flex-wrap items-center justify-center gap-x-4 gap-y-2 py-3 text-12 text-soft num">
        {list.hasNextPage ? (
          <Button size="sm" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Load more
          </Button>
        ) : null}
        {total === null
          ? `${itemsOf(batch, items.length)} found${list.hasNextPage ? ' so far' : ''}`
          : `${formatCount(items.length)} of ${itemsOf(batch, Math.max(total, items.length))}`}
      </p>
      <SelectionBar
        batch={batch}
        selection={selection}
        state={state}
        total={needs || total === null ? null : total}
        onAll={() => setSelection({ rows: new Set(), all: true })}
        onClear={() => setSelection(NOTHING)}
      />
    </section>
  )
}

function emptyWords(batch: BatchDetail, { state, needs, search }: Shown): string {
  if (search !== '') return `No ${batch.of} shown here has “${search}” in its name, its text’s beginning or its result.`
  if (needs) return `No ${batch.of} needs a person now.`
  return state === null ? 'The batch is empty.' : `No ${batch.of} is ${ITEM_WORDS[state].toLowerCase()} now.`
}

type ChipProps = {
  label: string
  icon?: React.ReactNode
  count: number
  chosen: boolean
  onClick: () => void
}

function Chip({ label, icon, count, chosen, onClick }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onClick}
      className={`inline-flex items-center gap-1.5 h-7 max-md:h-11 px-2.5 rounded-md border text-12 font-medium whitespace-nowrap shrink-0 -outline-offset-2 ${
        chosen
          ? 'bg-accent-soft border-accent-line text-accent-text'
          : 'border-line text-soft hover:text-ink hover:bg-hover'
      }`}
    >
      {icon}
      {label}
      <span className="num font-normal opacity-85">{formatCount(count)}</span>
    </button>
  )
}
