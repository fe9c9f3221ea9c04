'use client'

import { Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { IconButton } from '#app/_ui/icon-button.tsx'
import type { Keys } from '#lib/workflows/draft/read.ts'
import { valueAt } from '#lib/workflows/draft/read.ts'
import { useStep } from '../editor-context.ts'

type Props = {
  at: Keys
  label: string
  /** One of them, as in "Add a check". */
  one: string
  begins: unknown
  most: number
  children: (index: number) => ReactNode
}

/** Several of the same, each with its fields. */
export function EntryList({ at, label, one, begins, most, children }: Props) {
  const { step, field } = useStep()
  const held = valueAt(step, at)
  const entries: unknown[] = Array.isArray(held) ? held : []
  const { id, error, set } = field(at)
  return (
    <fieldset className="flex flex-col gap-2.5 min-w-0">
      <legend className="label mb-2">{label}</legend>
      {entries.map((_, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- an entry is its place
        <div key={index} className="flex items-start gap-1 border border-line rounded-md p-2.5 min-w-0">
          <div className="flex flex-col gap-3 flex-1 min-w-0">{children(index)}</div>
          <IconButton
            size="sm"
            label={`Delete ${one} ${index + 1}`}
            icon={<Trash2 aria-hidden />}
            onClick={() => set(entries.toSpliced(index, 1))}
          />
        </div>
      ))}
      {error ? <p className="err">{error}</p> : null}
      <Button
        id={id}
        size="sm"
        className="self-start"
        icon={<Plus aria-hidden />}
        disabledReason={entries.length >= most ? `At most ${most} are allowed.` : null}
        onClick={() => set([...entries, begins])}
      >
        Add {one === 'entry' ? 'one' : `a ${one}`}
      </Button>
    </fieldset>
  )
}
