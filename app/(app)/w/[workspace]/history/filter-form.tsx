'use client'

import type { ReactNode } from 'react'
import { Field } from '#app/_ui/field.tsx'
import { formatCount } from '#app/_ui/format.ts'
import { Input } from '#app/_ui/input.tsx'
import { Select } from '#app/_ui/select.tsx'
import { StatusIcon } from '#app/_ui/status-badge.tsx'
import { TagInput } from '#app/_ui/tag-input.tsx'
import type { TaskFacets } from '#lib/tasks/shapes.ts'
import { PRIORITIES, STATUS_TITLES, STATUSES } from '#lib/tasks/states.ts'
import { type HistoryFilters, toggled } from './filters.ts'

export type Named = { name: string; title: string }

/** Every filter in one place; each change applies at once, so that the list behind it answers. */
export function FilterForm({
  filters,
  facets,
  workers,
  onFilters,
}: {
  filters: HistoryFilters
  facets: TaskFacets | null
  workers: readonly Named[]
  onFilters: (change: Partial<HistoryFilters>) => void
}) {
  const countOf = (facet: readonly { value: string; count: number }[] | undefined, value: string) =>
    facets === null ? null : (facet?.find((item) => item.value === value)?.count ?? 0)
  const people = facets?.submitter ?? []
  const known =
    filters.submitter === '' || filters.submitter === 'me' || people.some((who) => who.value === filters.submitter)
  return (
    <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
      <Group title="Status">
        {STATUSES.map((status) => (
          <Row
            key={status}
            label={STATUS_TITLES[status]}
            icon={<StatusIcon status={status} />}
            count={countOf(facets?.status, status)}
            checked={filters.status.includes(status)}
            onToggle={() =>
              onFilters({
                status: toggled(filters.status, status),
                notStatus: filters.notStatus.filter((other) => other !== status),
              })
            }
            negated={filters.notStatus.includes(status)}
            onNegate={() =>
              onFilters({
                notStatus: toggled(filters.notStatus, status),
                status: filters.status.filter((other) => other !== status),
              })
            }
          />
        ))}
      </Group>
      <Group title="Worker">
        {workers.map((worker) => (
          <Row
            key={worker.name}
            label={worker.title}
            count={countOf(facets?.worker, worker.name)}
            checked={filters.worker.includes(worker.name)}
            onToggle={() => onFilters({ worker: toggled(filters.worker, worker.name) })}
          />
        ))}
      </Group>
      <Group title="Priority">
        {PRIORITIES.toReversed().map((priority) => (
          <Row
            key={priority}
            label={priority}
            count={countOf(facets?.priority, priority)}
            checked={filters.priority.includes(priority)}
            onToggle={() => onFilters({ priority: toggled(filters.priority, priority) })}
          />
        ))}
      </Group>
      <div className="grid gap-3 content-start">
        <Field label="Submitted by">
          <Select
            value={filters.submitter}
            onChange={(event) => onFilters({ submitter: event.target.value })}
            choices={[
              { value: '', label: 'Anyone' },
              { value: 'me', label: 'Me' },
              ...people.map((who) => ({
                value: who.value,
                label: `${who.name}${who.kind === 'key' ? ' (API key)' : ''}, ${formatCount(who.count)}`,
              })),
              ...(known ? [] : [{ value: filters.submitter, label: 'Someone else' }]),
            ]}
          />
        </Field>
        <Field label="Tags" hint={tagHint(facets)}>
          <TagInput values={filters.tag} onChange={(tag) => onFilters({ tag })} placeholder="Any of these" max={10} />
        </Field>
        <Field label="External id">
          <Input
            key={filters.externalId}
            defaultValue={filters.externalId}
            maxLength={200}
            placeholder="As your system sent it"
            onBlur={(event) => onFilters({ externalId: event.target.value.trim() })}
            onKeyDown={(event) => {
              if (event.key === 'Enter') onFilters({ externalId: event.currentTarget.value.trim() })
            }}
          />
        </Field>
      </div>
    </div>
  )
}

function tagHint(facets: TaskFacets | null): string | undefined {
  const most = facets?.tag.slice(0, 3).map((tag) => tag.value) ?? []
  return most.length > 0 ? `Often used: ${most.join(', ')}` : undefined
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="label mb-1">{title}</legend>
      {children}
    </fieldset>
  )
}

function Row({
  label,
  icon,
  count,
  checked,
  onToggle,
  negated = false,
  onNegate,
}: {
  label: string
  icon?: ReactNode
  count: number | null
  checked: boolean
  onToggle: () => void
  negated?: boolean
  onNegate?: () => void
}) {
  return (
    <div className="flex items-center gap-1 min-h-7 max-md:min-h-11 -mx-1.5 px-1.5 rounded-sm hover:bg-hover">
      <label className="flex items-center gap-2 flex-1 min-w-0 cursor-pointer min-h-7 max-md:min-h-11">
        <input type="checkbox" className="check" checked={checked} onChange={onToggle} />
        {icon}
        <span className={`truncate first-letter:uppercase ${negated ? 'line-through text-faint' : ''}`}>{label}</span>
        {count === null ? null : <span className="ml-auto num text-12 text-faint">{formatCount(count)}</span>}
      </label>
      {onNegate ? (
        <button
          type="button"
          aria-pressed={negated}
          aria-label={`Not ${label}`}
          onClick={onNegate}
          className={`h-6 max-md:h-9 px-1.5 rounded-sm border text-12 -outline-offset-1 ${negated ? 'border-failed-bd bg-failed-bg text-failed-fg font-medium' : 'border-transparent text-faint hover:text-ink hover:border-line'}`}
        >
          not
        </button>
      ) : null}
    </div>
  )
}
