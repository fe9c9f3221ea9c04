'use client'

import { useState } from 'react'
import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import { useCombobox } from './use-combobox.ts'

export type StepChoice = { value: string; title: string; note?: string }

type Props = {
  id?: string
  label: string
  hideLabel?: boolean
  hint?: string
  error?: string | null
  /** What stands in the field while nobody types; after a choice it is empty again without it. */
  value?: string
  placeholder?: string
  choices: readonly StepChoice[]
  onPick: (value: string) => void
}

const MOST_SHOWN = 40

/** One of many steps, found by a part of its title or name. */
export function StepPicker({
  id,
  label,
  hideLabel = false,
  hint,
  error,
  value = '',
  placeholder,
  choices,
  onPick,
}: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const wanted = (typed ?? '').trim().toLowerCase()
  const found: StepChoice[] = []
  for (const choice of choices) {
    if (found.length === MOST_SHOWN) break
    if (`${choice.title} ${choice.value}`.toLowerCase().includes(wanted)) found.push(choice)
  }
  const open = typed !== null
  const combobox = useCombobox({
    count: found.length,
    open,
    onOpenChange: (next) => setTyped(next ? '' : null),
    onPick: (index) => {
      const choice = found[index]
      setTyped(null)
      if (choice) onPick(choice.value)
    },
  })
  return (
    <Field {...(id === undefined ? {} : { id })} label={label} hideLabel={hideLabel} hint={hint} error={error ?? null}>
      <div className="relative">
        <Input
          {...combobox.inputProps}
          value={typed ?? value}
          placeholder={placeholder}
          onChange={({ target }) => {
            setTyped(target.value)
            combobox.restart()
          }}
          onClick={() => setTyped((held) => held ?? '')}
          onBlur={() => setTyped(null)}
          onKeyDown={(event) => {
            if (combobox.press(event)) return
            if (event.key !== 'ArrowDown' || open) return
            event.preventDefault()
            setTyped('')
          }}
        />
        {open && found.length === 0 ? (
          <p className="pop absolute z-30 inset-x-0 top-full mt-1 p-2.5 text-12 text-soft">
            {choices.length === 0 ? 'There is no step for this.' : 'No step is called so.'}
          </p>
        ) : null}
        {combobox.shown ? (
          <ul
            {...combobox.listProps}
            aria-label={label}
            className="pop absolute z-30 inset-x-0 top-full mt-1 p-1 max-h-64 overflow-y-auto"
          >
            {found.map((choice, index) => (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field has the focus and the keys
              <li
                key={choice.value}
                {...combobox.optionProps(index)}
                className="flex items-center gap-2 min-h-8 max-md:min-h-11 px-2 rounded-sm cursor-default aria-selected:bg-selected"
              >
                <span className="truncate">{choice.title}</span>
                <span className="ml-auto mono text-soft shrink-0">{choice.note ?? choice.value}</span>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </Field>
  )
}
