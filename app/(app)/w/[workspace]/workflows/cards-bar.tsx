'use client'

import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import { Select } from '#app/_ui/select.tsx'
import { type CardsView, ORDERS } from './cards.ts'

const WORDS = { saved: 'Last saved first', attention: 'Needs attention first', name: 'By name' } as const

/** Finds and orders the cards of workflows. */
export function CardsBar({ view, onChange }: { view: CardsView; onChange: (view: CardsView) => void }) {
  return (
    <search className="grid grid-cols-2 gap-2">
      <Field label="Find a workflow" hideLabel>
        <Input
          type="search"
          placeholder="Find a workflow"
          maxLength={80}
          value={view.find}
          onChange={({ target }) => onChange({ ...view, find: target.value })}
        />
      </Field>
      <Field label="Order of the workflows" hideLabel>
        <Select
          value={view.order}
          onChange={({ target }) =>
            onChange({ ...view, order: ORDERS.find((order) => order === target.value) ?? view.order })
          }
          choices={ORDERS.map((value) => ({ value, label: WORDS[value] }))}
        />
      </Field>
    </search>
  )
}
