'use client'

import { Plus } from 'lucide-react'
import { Button } from '#app/_ui/button.tsx'
import { Menu, MenuGroup, MenuItem } from '#app/_ui/menu.tsx'
import { StepIcon } from '#app/_ui/step-icon.tsx'
import type { NewStep } from '#lib/workflows/draft/new-step.ts'
import { useEditor } from '../editor-context.ts'
import { KIND_WORDS, KINDS } from '../step-kinds.ts'

/** Every kind there is, added after the selected step. */
export function AddStep() {
  const { workers, edit, selected, locked } = useEditor()
  const groups: { label: string; steps: NewStep[] }[] = [
    { label: 'Workers', steps: workers.map(({ name, title }) => ({ kind: 'worker', worker: name, title })) },
    {
      label: 'Other steps',
      steps: KINDS.filter((kind) => kind !== 'worker').map((kind) => ({ kind, title: KIND_WORDS[kind].word })),
    },
  ]
  if (locked !== null)
    return (
      <Button icon={<Plus aria-hidden />} disabledReason={locked}>
        Add a step
      </Button>
    )
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className="btn btn-secondary">
          <Plus aria-hidden />
          Add a step
        </button>
      }
    >
      {groups.map(({ label, steps }) => (
        <MenuGroup key={label} label={label}>
          {steps.map((step) => (
            <MenuItem
              key={step.worker ?? step.kind}
              icon={<StepIcon step={step} />}
              onSelect={() => edit({ do: 'add', step, after: selected })}
            >
              {step.title}
            </MenuItem>
          ))}
        </MenuGroup>
      ))}
    </Menu>
  )
}
