'use client'

import { SquarePen, X } from 'lucide-react'
import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { formatCount } from '#app/_ui/format.ts'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { BatchDetail } from '#lib/batches/shapes.ts'
import type { ItemState } from '#lib/batches/states.ts'
import { itemsOf } from '../words.ts'
import { rerunQuery, type Selection } from './selection.ts'

type Props = {
  batch: BatchDetail
  selection: Selection
  /** Of the rows that are shown. */
  state: ItemState | null
  /** Null where they cannot all be chosen at once. */
  total: number | null
  onAll: () => void
  onClear: () => void
}

/** What can be done with the chosen rows; it stays in reach at the bottom. */
export function SelectionBar({ batch, selection, state, total, onAll, onClear }: Props) {
  const { path, whyNot } = useWorkspace()
  const refusal = whyNot('batch.start')
  const count = selection.all ? (total ?? 0) : selection.rows.size
  if (count === 0) return null
  const label = `Rerun ${formatCount(count)} with changes`
  return (
    <div className="sticky bottom-0 max-md:bottom-14 z-20 -mx-4 md:-mx-5 xl:-mx-6 px-4 md:px-5 xl:px-6 py-2.5 flex flex-wrap items-center gap-x-3 gap-y-2 bg-sheet border-t border-line">
      <output className="font-medium num">{itemsOf(batch, count)} selected</output>
      {selection.all || total === null || selection.rows.size >= total ? null : (
        <Button kind="ghost" size="sm" onClick={onAll}>
          Select all {formatCount(total)}
        </Button>
      )}
      <span className="ml-auto flex gap-1.5">
        {refusal ? (
          <Button kind="primary" size="sm" icon={<SquarePen aria-hidden />} disabledReason={refusal}>
            {label}
          </Button>
        ) : (
          <ButtonLink
            kind="primary"
            size="sm"
            icon={<SquarePen aria-hidden />}
            href={path(`/batches/new?${rerunQuery(batch.id, selection, state)}`)}
          >
            {label}
          </ButtonLink>
        )}
        <IconButton size="sm" label="Select nothing" icon={<X aria-hidden />} onClick={onClear} />
      </span>
    </div>
  )
}
