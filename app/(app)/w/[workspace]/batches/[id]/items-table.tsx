'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { DurationBar } from '#app/_ui/duration-bar.tsx'
import { formatCount, formatDuration } from '#app/_ui/format.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import { formatMoney } from '#lib/money.ts'
import type { BatchDetail, BatchItem } from '#lib/batches/shapes.ts'
import { ItemBadge } from '../batch-status.tsx'
import { itemPath, lineOf } from './item-line.ts'
import { isReplaceable, ReplaceButton } from './replace-button.tsx'

export type Choice = { selected: (row: number) => boolean; onSelect: (row: number) => void }

type Props = Choice & {
  batch: BatchDetail
  items: readonly BatchItem[]
  scaleMs: number
  onSelectShown: (on: boolean) => void
}

/** A row for each item; the whole row leads to its task or run. */
export function ItemsTable({ batch, items, scaleMs, selected, onSelect, onSelectShown }: Props) {
  const { path } = useWorkspace()
  const some = items.some(({ row }) => selected(row))
  const all = items.length > 0 && items.every(({ row }) => selected(row))
  return (
    <div className="@container panel overflow-hidden max-md:hidden">
      <table className="table table-fixed [&_.st]:align-middle">
        <caption className="sr">Rows of the batch, in their order</caption>
        <colgroup>
          <col className="w-[40px]" />
          <col className="w-[58px]" />
          <col />
          <col className="w-[124px]" />
          <col className="w-[76px] hidden @min-[60rem]:table-column" />
          <col className="w-[78px]" />
          <col className="w-[72px] hidden @min-[60rem]:table-column" />
          <col className="w-[78px] hidden @min-[52rem]:table-column" />
          <col className="w-[38%]" />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">
              <input
                type="checkbox"
                className="check align-middle"
                aria-label={`Select all ${items.length} shown`}
                checked={all}
                ref={(box) => {
                  if (box) box.indeterminate = some && !all
                }}
                onChange={() => onSelectShown(!all)}
              />
            </th>
            <th scope="col" className="r">
              Row
            </th>
            <th scope="col">{batch.of === 'row' ? 'Text' : 'File'}</th>
            <th scope="col">State</th>
            <th scope="col" className={WIDER}>
              Wait, work
            </th>
            <th scope="col" className="r">
              Total
            </th>
            <th scope="col" className={`r ${WIDER}`}>
              Tokens
            </th>
            <th scope="col" className={`r ${WIDE}`}>
              Cost
            </th>
            <th scope="col">First line of the result, or what to do</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <ItemRow
              key={item.row}
              batch={batch}
              item={item}
              scaleMs={scaleMs}
              path={path}
              selected={selected}
              onSelect={onSelect}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const WIDE = 'hidden @min-[52rem]:table-cell'
const WIDER = 'hidden @min-[60rem]:table-cell'

type RowProps = Choice & { batch: BatchDetail; item: BatchItem; scaleMs: number; path: (rest: string) => string }

function ItemRow({ batch, item, scaleMs, path, selected, onSelect }: RowProps) {
  const total = item.waitedMs + item.workedMs
  return (
    <tr className={`relative ${selected(item.row) ? '[&>td]:bg-selected' : ''}`} data-row={item.row}>
      <td>
        <SelectBox item={item} selected={selected} onSelect={onSelect} />
      </td>
      <td className="r text-soft">{formatCount(item.row)}</td>
      <td className="truncate">
        <ItemTitle item={item} path={path} />
      </td>
      <td>
        <ItemBadge {...item} />
      </td>
      <td className={WIDER}>
        {item.state === 'not_yet' ? (
          <i className="outline-bar block w-6 h-2.5 rounded-xs" aria-hidden />
        ) : (
          <DurationBar waitedMs={item.waitedMs} workedMs={item.workedMs} status={item.state} scaleMs={scaleMs} />
        )}
      </td>
      <td className="r">{total === 0 ? <span className="text-faint">none</span> : formatDuration(total)}</td>
      <td className={`r text-soft ${WIDER}`}>
        {item.tokens === null ? <span className="text-faint">none</span> : formatCount(item.tokens)}
      </td>
      <td className={`r text-soft ${WIDE}`}>
        <ItemCost item={item} />
      </td>
      <td className="truncate">
        {isReplaceable(batch, item) ? (
          <span className="flex flex-wrap items-center justify-between gap-2 py-1">
            <span className="min-w-0 whitespace-normal">
              <ItemLineText batch={batch} item={item} />
            </span>
            <ReplaceButton batch={batch} item={item} />
          </span>
        ) : (
          <ItemLineText batch={batch} item={item} />
        )}
      </td>
    </tr>
  )
}

export function SelectBox({ item, selected, onSelect }: Choice & { item: BatchItem }) {
  return (
    <input
      type="checkbox"
      className="check align-middle relative z-1"
      aria-label={`Select row ${item.row}`}
      checked={selected(item.row)}
      onChange={() => onSelect(item.row)}
    />
  )
}

export function ItemTitle({ item, path }: { item: BatchItem; path: (rest: string) => string }) {
  const target = itemPath(item)
  if (target === null)
    return (
      <span className="font-medium" dir="auto" title={item.preview}>
        {item.title}
      </span>
    )
  return (
    <Link
      href={path(target) as Route}
      prefetch={false}
      dir="auto"
      title={item.preview}
      className="row-a after:absolute after:inset-0"
    >
      {item.title}
    </Link>
  )
}

/** Nothing is spent without a model call; a call without a price is unpriced, never $0. */
export function ItemCost({ item }: { item: BatchItem }) {
  if (item.tokens === null) return <span className="text-faint">none</span>
  if (item.costMicros === null)
    return (
      <span className="text-blocked-fg" title="This model has no price yet">
        unpriced
      </span>
    )
  return formatMoney(item.costMicros)
}

export function ItemLineText({ batch, item }: { batch: BatchDetail; item: BatchItem }) {
  const { text, more, kind } = lineOf(batch, item)
  if (kind === 'result')
    return (
      <span className="font-serif text-14" dir="auto" title={text}>
        {text}
      </span>
    )
  const tone = kind === 'failed' ? 'text-failed-fg' : kind === 'blocked' ? 'text-blocked-fg' : 'text-soft'
  return (
    <span className="text-12" title={more === null ? text : `${text} ${more}`}>
      <span className={tone}>{text}</span>
      {more === null ? null : <span className="text-soft"> {more}</span>}
    </span>
  )
}
