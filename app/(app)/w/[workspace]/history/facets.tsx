'use client'

import { KeyRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatCount } from '#app/_ui/format.ts'
import { StatusIcon, statusClass } from '#app/_ui/status-badge.tsx'
import type { TaskFacets } from '#lib/tasks/shapes.ts'
import { STATUS_TITLES } from '#lib/tasks/states.ts'
import { type HistoryFilters, toggled } from './filters.ts'

type Row = {
  key: string
  name: ReactNode
  label: string
  count: number
  chosen: boolean
  change: Partial<HistoryFilters>
}

/** What the list is made of, with counts; a row narrows the list to it, a second click widens it again. */
export function Facets({
  facets,
  partial,
  filters,
  titleOf,
  onFilters,
}: {
  facets: TaskFacets
  /** More tasks match than the numbers cover. */
  partial: boolean
  filters: HistoryFilters
  titleOf: (worker: string) => string
  onFilters: (change: Partial<HistoryFilters>) => void
}) {
  const groups: { title: string; rows: Row[] }[] = [
    {
      title: 'Status',
      rows: facets.status.map(({ value, count }) => ({
        key: value,
        label: STATUS_TITLES[value],
        name: (
          <span className={`inline-flex items-center gap-1.5 ${statusClass(value)}`}>
            <StatusIcon status={value} />
            {STATUS_TITLES[value]}
          </span>
        ),
        count,
        chosen: filters.status.includes(value),
        change: { status: toggled(filters.status, value), notStatus: [] },
      })),
    },
    {
      title: 'Worker',
      rows: facets.worker.map(({ value, count }) => ({
        key: value,
        label: titleOf(value),
        name: titleOf(value),
        count,
        chosen: filters.worker.includes(value),
        change: { worker: toggled(filters.worker, value) },
      })),
    },
    {
      title: 'Who',
      rows: facets.submitter.map(({ value, count, kind, name }) => ({
        key: value,
        label: kind === 'key' ? `API key ${name}` : name,
        name: (
          <span className="inline-flex items-center gap-1.5 min-w-0">
            {kind === 'key' ? <KeyRound className="i-sm text-soft" aria-hidden /> : null}
            <span className="truncate">{name}</span>
          </span>
        ),
        count,
        chosen: filters.submitter === value,
        change: { submitter: filters.submitter === value ? '' : value },
      })),
    },
    {
      title: 'Priority',
      rows: facets.priority.map(({ value, count }) => ({
        key: value,
        label: value,
        name: <span className="inline-block first-letter:uppercase">{value}</span>,
        count,
        chosen: filters.priority.includes(value),
        change: { priority: toggled(filters.priority, value) },
      })),
    },
    {
      title: 'Tag',
      rows: facets.tag.map(({ value, count }) => ({
        key: value,
        label: value,
        name: value,
        count,
        chosen: filters.tag.includes(value),
        change: { tag: toggled(filters.tag, value) },
      })),
    },
  ]
  if (groups.every((group) => group.rows.length === 0)) return null
  return (
    <div className="grid grid-cols-5 gap-x-7">
      {groups.map((group) => (
        <FacetGroup key={group.title} title={group.title} rows={group.rows} onFilters={onFilters} />
      ))}
      {partial ? <p className="col-span-5 text-12 text-faint">Counted among the newest 2,000 that match.</p> : null}
    </div>
  )
}

const SHOWN = 4

function FacetGroup({
  title,
  rows,
  onFilters,
}: {
  title: string
  rows: Row[]
  onFilters: (change: Partial<HistoryFilters>) => void
}) {
  const most = Math.max(...rows.map((row) => row.count), 1)
  const hidden = rows.length - SHOWN
  return (
    <section className="min-w-0" aria-label={title}>
      <h2 className="text-12 font-medium text-soft h-5">
        {title}
        {hidden > 0 ? <span className="font-normal text-faint"> and {hidden} more in Filter</span> : null}
      </h2>
      {rows.length === 0 ? <p className="text-12 text-faint px-1.5 h-6 mt-1">none</p> : null}
      <ul className="mt-1">
        {rows.slice(0, SHOWN).map((row) => (
          <li key={row.key}>
            <button
              type="button"
              aria-pressed={row.chosen}
              aria-label={`${row.label}, ${formatCount(row.count)}`}
              title={row.chosen ? `Show more than ${row.label}` : `Only ${row.label}`}
              onClick={() => onFilters(row.change)}
              className={`relative flex items-center gap-1.5 w-full h-6 rounded-xs text-12 text-left hover:bg-hover -outline-offset-2 ${row.chosen ? 'font-semibold' : ''}`}
            >
              <i
                className={`absolute inset-y-0.5 left-0 rounded-xs ${row.chosen ? 'bg-accent-line' : 'bg-accent-soft'}`}
                style={{ width: `calc((100% - 3rem) * ${Math.max(0.02, row.count / most)})` }}
                aria-hidden
              />
              <span className="relative flex items-center gap-1.5 min-w-0 px-1.5">
                <span className="truncate">{row.name}</span>
              </span>
              <span className="relative ml-auto num text-soft pr-1">{formatCount(row.count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
