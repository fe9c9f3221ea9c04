'use client'

import { type ChangeEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { useField } from '#app/_ui/field.tsx'
import { Kbd } from '#app/_ui/kbd.tsx'
import { type Suggestion, suggestionsAt, type Want } from '#lib/workflows/draft/completion.ts'
import { understood } from '#lib/workflows/draft/read.ts'
import { scopesIn } from '#lib/workflows/scopes.ts'
import { useEditor, useStep } from '../editor-context.ts'
import { useCombobox } from './use-combobox.ts'

type Props = { value: string; want: Want; label: string; placeholder?: string; onChange: (value: string) => void }
type Control = HTMLInputElement & HTMLTextAreaElement

/** A path or an expression, completed from what ends before the step: `.` and Ctrl+Space open, Enter and Tab take. */
export function CompletedInput({ value, want, label, placeholder, onChange }: Props) {
  const { draft, known, settle } = useEditor()
  const { name } = useStep()
  const field = useField()
  const control = useRef<Control>(null)
  const [caret, setCaret] = useState<number | null>(null)
  const [moveTo, setMoveTo] = useState<{ caret: number } | null>(null)
  const open = caret !== null
  const found = open ? suggestionsAt(scopesIn(understood(draft), known)(name), value, caret, want) : null
  const items = found?.items ?? []
  const combobox = useCombobox({
    count: items.length,
    open,
    onOpenChange: (next) => setCaret(next ? value.length : null),
    onPick: (index) => {
      const item = items[index]
      if (!found || !item) return
      const insert = item.leadsOn ? `${item.insert}.` : item.insert
      const at = found.from + insert.length
      onChange(value.slice(0, found.from) + insert + value.slice(found.to))
      setMoveTo({ caret: at })
      combobox.restart()
      setCaret(item.leadsOn ? at : null)
    },
  })
  useLayoutEffect(() => {
    if (moveTo) control.current?.setSelectionRange(moveTo.caret, moveTo.caret)
  }, [moveTo])

  function type({ target }: ChangeEvent<Control>) {
    const at = target.selectionStart ?? target.value.length
    const grew = target.value.length > value.length
    onChange(target.value)
    combobox.restart()
    if (open || (grew && target.value[at - 1] === '.')) setCaret(at)
  }
  function press(event: KeyboardEvent<Control>) {
    if (combobox.press(event)) return
    const asked = (event.key === ' ' && event.ctrlKey) || (event.key === 'ArrowDown' && event.altKey)
    if (asked) {
      event.preventDefault()
      setCaret(event.currentTarget.selectionStart ?? value.length)
    } else if (['ArrowLeft', 'ArrowRight', 'Home', 'End', 'Escape'].includes(event.key)) setCaret(null)
  }
  const props = {
    ...field.props,
    ...combobox.inputProps,
    'aria-autocomplete': 'list' as const,
    ref: control,
    value,
    placeholder,
    onChange: type,
    onKeyDown: press,
    onBlur: () => {
      setCaret(null)
      settle()
    },
  }
  return (
    <div className="min-w-0">
      {want === 'expression' ? (
        <textarea {...props} rows={2} className="area mono field-sizing-content block" />
      ) : (
        <input {...props} className="input mono" />
      )}
      {combobox.shown ? (
        <div className="pop overflow-hidden mt-1">
          <ul
            {...combobox.listProps}
            aria-label={`Paths for ${label}`}
            className="p-1 max-h-56 overflow-y-auto relative"
          >
            {items.map((item, index) => (
              <li
                key={item.insert}
                {...combobox.optionProps(index)}
                className="flex items-center gap-2 min-h-7 max-md:min-h-11 px-2 rounded-sm mono cursor-default aria-selected:bg-selected aria-selected:shadow-[inset_2px_0_0_var(--accent)]"
              >
                <span className="truncate">
                  <span className="text-soft">{item.before}</span>
                  <span className="font-medium">{item.word}</span>
                </span>
                <span className="ml-auto text-soft font-sans whitespace-nowrap">{item.type}</span>
              </li>
            ))}
          </ul>
          <Detail item={items[combobox.active]} />
        </div>
      ) : null}
    </div>
  )
}

function Detail({ item }: { item: Suggestion | undefined }) {
  return (
    <div className="border-t border-line bg-well text-12">
      {item && (item.words.length > 0 || item.about !== null) ? (
        <div className="px-3 py-2 border-b border-line [overflow-wrap:anywhere]">
          {item.words.length > 0 ? <p className="mono">{item.words.map((word) => `'${word}'`).join(' | ')}</p> : null}
          {item.about === null ? null : <p className="text-soft mt-0.5">{item.about}</p>}
        </div>
      ) : null}
      <p className="flex items-center gap-3 px-3 h-8 text-soft max-md:hidden" aria-hidden>
        <span className="inline-flex items-center gap-1">
          <Kbd>↵</Kbd>insert
        </span>
        <span className="inline-flex items-center gap-1">
          <Kbd>Esc</Kbd>close
        </span>
      </p>
    </div>
  )
}
