'use client'

import { DataCard } from '#app/_ui/data-card.tsx'
import { DurationBar } from '#app/_ui/duration-bar.tsx'
import { formatCount, formatDuration } from '#app/_ui/format.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { BatchDetail, BatchItem } from '#lib/batches/shapes.ts'
import { ItemBadge } from '../batch-status.tsx'
import { isReplaceable, ReplaceButton } from './replace-button.tsx'
import { type Choice, ItemCost, ItemLineText, ItemTitle, SelectBox } from './items-table.tsx'

type Props = Choice & { batch: BatchDetail; items: readonly BatchItem[] }

/** The rows on a phone. */
export function ItemCards({ batch, items, ...choice }: Props) {
  const { path } = useWorkspace()
  return (
    <div className="grid gap-2 md:hidden">
      {items.map((item) => {
        const total = item.waitedMs + item.workedMs
        return (
          <DataCard
            key={item.row}
            status={
              <>
                <SelectBox item={item} {...choice} />
                <ItemBadge {...item} />
              </>
            }
            end={
              <>
                row {formatCount(item.row)}
                {total === 0 ? '' : `, ${formatDuration(total)}`}
                {item.tokens === null ? '' : ', '}
                {item.tokens === null ? null : <ItemCost item={item} />}
              </>
            }
            title={<ItemTitle item={item} path={path} />}
            note={<ItemLineText batch={batch} item={item} />}
          >
            {isReplaceable(batch, item) ? <ReplaceButton batch={batch} item={item} /> : null}
            {item.state === 'not_yet' || total === 0 ? null : (
              <DurationBar waitedMs={item.waitedMs} workedMs={item.workedMs} status={item.state} />
            )}
          </DataCard>
        )
      })}
    </div>
  )
}
