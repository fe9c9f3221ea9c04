'use client'

import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { Select } from '#app/_ui/select.tsx'
import type { CatalogueWorker } from '../../tasks/new/catalogue.ts'

type Props = {
  workers: readonly CatalogueWorker[]
  workflows: readonly { name: string; title: string; steps: number }[]
  /** `worker:NAME` or `workflow:NAME`. */
  target: string
  onTarget: (target: string) => void
  name: string
  onName: (name: string) => void
  /** What it is called when no name is given. */
  ownName: string
}

/** What is done with each text, and what the batch is called. */
export function TargetPanel({ workers, workflows, target, onTarget, name, onName, ownName }: Props) {
  return (
    <Panel title="What runs">
      <div className="p-3.5 grid grid-cols-1 gap-x-6 gap-y-4 md:grid-cols-2">
        <Field label="Worker or workflow" id="field-target">
          <Select
            value={target}
            choices={[
              ...workers.map((one) => ({ value: `worker:${one.name}`, label: one.title })),
              ...workflows.map((one) => ({ value: `workflow:${one.name}`, label: `${one.title}, ${one.steps} steps` })),
            ]}
            onChange={(event) => onTarget(event.target.value)}
          />
        </Field>
        <Field label="Name of the batch" optional id="field-name" hint={name.trim() ? undefined : `Else “${ownName}”.`}>
          <Input value={name} maxLength={200} onChange={(event) => onName(event.target.value)} />
        </Field>
      </div>
    </Panel>
  )
}
