'use client'

import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { formatCount } from '#app/_ui/format.ts'
import { Note } from '#app/_ui/note.tsx'
import type { BatchDetail, ItemPage } from '#lib/batches/shapes.ts'
import { ITEM_STATES, type ItemState } from '#lib/batches/states.ts'
import { ItemIcon } from '../batch-status.tsx'
import { ITEM_WORDS, itemsOf } from '../words.ts'
import { ItemCards } from './item-cards.tsx'
import { ItemsTable } from './items-table.tsx'
import { NOTHING, toggled } from './selection.ts'
import { SelectionBar } from './selection-bar.tsx'
import { useItems } from './use-batch.ts'

type Props = { batch: BatchDetail; initial: { state: ItemState | null; page: ItemPage } }

/** The rows, all or those of one state; which ones stands in the address. */
export function ItemsPanel({ batch, initial }: Props) {
  const [state, setState] = useState(initial.state)
  const [selection, setSelection] = useState(NOTHING)
  const list = useItems(batch, state, initial)
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const total = state === null ? batch.size : batch.counts[state]
  const scaleMs = Math.max(1, ...items.map(({ waitedMs, workedMs }) => waitedMs + workedMs))

  function show(next: ItemState | null) {
    setState(next)
    setSelection(NOTHING)
    window.history.replaceState(null, '', next === null ? window.location.pathname : `?state=${next}`)
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
      <fieldset
        aria-label="Show by state"
        className="flex items-center gap-1.5 overflow-x-auto [scrollbar-width:none] max-md:-mx-4 max-md:px-4 py-0.5 mb-3 min-w-0"
      >
        <Chip label="All" count={batch.size} chosen={state === null} onClick={() => show(null)} />
        {ITEM_STATES.filter((one) => batch.counts[one] > 0 || one === state).map((one) => (
          <Chip
            key={one}
            label={ITEM_WORDS[one]}
            icon={<ItemIcon state={one} />}
            count={batch.counts[one]}
            chosen={state === one}
            onClick={() => show(one)}
          />
        ))}
      </fieldset>
      {list.isRefetchError || list.isLoadingError ? (
        <Note tone="blocked" title="These rows may be out of date">
          {list.error.message}
        </Note>
      ) : null}
      <div className={`transition-opacity ${list.isPlaceholderData ? 'opacity-60' : ''}`}>
        {items.length === 0 && !list.isPlaceholderData ? (
          <p className="panel px-3.5 py-6 text-soft">
            {state === null ? 'The batch is empty.' : `No ${batch.of} is ${ITEM_WORDS[state].toLowerCase()} now.`}
          </p>
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
        {formatCount(items.length)} of {itemsOf(batch, Math.max(total, items.length))}
      </p>
      <SelectionBar
        batch={batch}
        selection={selection}
        state={state}
        total={total}
        onAll={() => setSelection({ rows: new Set(), all: true })}
        onClear={() => setSelection(NOTHING)}
      />
    </section>
  )
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
