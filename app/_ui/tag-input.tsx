'use client'

import { X } from 'lucide-react'
import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useField } from './field.tsx'

/** Enter or a comma adds, Backspace in the empty field removes the last; pasted lines become several. */
export function TagInput({
  values,
  onChange,
  placeholder = 'Add',
  max,
}: {
  values: readonly string[]
  onChange: (values: string[]) => void
  placeholder?: string
  max?: number
}) {
  const field = useField()
  const input = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState('')
  const full = max !== undefined && values.length >= max

  function add(text: string) {
    const fresh = text
      .split(/[,\n]/)
      .map((part) => part.trim())
      .filter((part) => part.length > 0)
    if (fresh.length > 0) onChange([...new Set([...values, ...fresh])].slice(0, max))
    setDraft('')
  }
  function press(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Enter' && event.nativeEvent.isComposing) return
    if (event.key === ',' || (event.key === 'Enter' && !event.metaKey && !event.ctrlKey)) {
      event.preventDefault()
      add(draft)
    }
    if (event.key === 'Backspace' && draft === '' && values.length > 0) onChange(values.slice(0, -1))
  }
  function paste(event: ClipboardEvent<HTMLInputElement>) {
    const text = event.clipboardData.getData('text')
    if (!/[,\n]/.test(text)) return
    event.preventDefault()
    add(draft + text)
  }
  return (
    <div
      className={`flex flex-wrap items-center gap-1.5 p-1 rounded-md border ${field.invalid ? 'border-failed' : 'border-control'} bg-raised min-h-8 max-md:min-h-11 hover:border-soft has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-ring has-[input:focus-visible]:-outline-offset-1`}
    >
      {values.map((value) => (
        <span key={value} className="chip h-6! max-md:h-9! max-w-full">
          <span className="truncate">{value}</span>
          <button
            type="button"
            aria-label={`Remove ${value}`}
            onClick={() => {
              onChange(values.filter((other) => other !== value))
              input.current?.focus()
            }}
          >
            <X className="size-3" aria-hidden />
          </button>
        </span>
      ))}
      <input
        {...field.props}
        ref={input}
        className="flex-1 min-w-20 h-6 px-1.5 bg-transparent text-13 max-md:text-16 max-md:h-9 outline-none"
        value={draft}
        placeholder={full ? `At most ${max}` : placeholder}
        readOnly={full}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={press}
        onPaste={paste}
        onBlur={() => add(draft)}
      />
    </div>
  )
}
