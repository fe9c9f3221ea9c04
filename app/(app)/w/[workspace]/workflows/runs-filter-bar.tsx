'use client'

import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import { Select } from '#app/_ui/select.tsx'
import { statusWord } from '#app/_ui/status-badge.tsx'
import { PRIORITIES } from '#lib/tasks/states.ts'
import { RUN_STATUSES } from '#lib/workflows/states.ts'
import { isFiltered, type RunsFilter } from './runs-filter.ts'

type Props = { filter: RunsFilter; onChange: (filter: RunsFilter) => void }

export const NO_FILTER: RunsFilter = { status: '', priority: '', tag: '', externalId: '' }

const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1)

/** Narrows the list of runs; choices count at once, words when Enter is pressed or the field is left. */
export function RunsFilterBar({ filter, onChange }: Props) {
  return (
    <form
      aria-label="Filter runs"
      className="grid grid-cols-2 lg:grid-cols-[repeat(4,minmax(0,1fr))_auto] items-end gap-2.5 px-3.5 py-3 border-b border-line"
      onSubmit={(event) => event.preventDefault()}
    >
      <Field label="State">
        <Select
          value={filter.status}
          onChange={({ target }) => onChange({ ...filter, status: target.value })}
          choices={[
            { value: '', label: 'Any' },
            ...RUN_STATUSES.map((status) => ({ value: status, label: statusWord(status) })),
          ]}
        />
      </Field>
      <Field label="Priority">
        <Select
          value={filter.priority}
          onChange={({ target }) => onChange({ ...filter, priority: target.value })}
          choices={[
            { value: '', label: 'Any' },
            ...PRIORITIES.map((priority) => ({ value: priority, label: capital(priority) })),
          ]}
        />
      </Field>
      <Field label="Tag">
        <Words key={filter.tag} value={filter.tag} max={40} onChange={(tag) => onChange({ ...filter, tag })} />
      </Field>
      <Field label="External id">
        <Words
          key={filter.externalId}
          value={filter.externalId}
          max={200}
          onChange={(externalId) => onChange({ ...filter, externalId })}
        />
      </Field>
      <Button
        kind="ghost"
        className="max-lg:col-span-2"
        disabledReason={isFiltered(filter) ? null : 'All runs are shown.'}
        onClick={() => onChange(NO_FILTER)}
      >
        Clear
      </Button>
    </form>
  )
}

function Words({ value, max, onChange }: { value: string; max: number; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value)
  const take = () => {
    if (typed.trim() !== value) onChange(typed.trim())
  }
  return (
    <Input
      type="search"
      maxLength={max}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={take}
      onKeyDown={({ key }) => {
        if (key === 'Enter') take()
      }}
    />
  )
}
