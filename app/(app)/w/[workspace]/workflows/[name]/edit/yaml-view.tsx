'use client'

import { type RefObject, useId } from 'react'

const LINE_PX = 20

type Props = {
  area: RefObject<HTMLTextAreaElement | null>
  text: string
  readOnly: boolean
  invalid: boolean
  onChange: (text: string) => void
}

/** The whole definition as text. */
export function YamlView({ area, text, readOnly, invalid, onChange }: Props) {
  const id = useId()
  return (
    <div className="flex-1 min-h-0 min-w-0 flex flex-col p-3.5">
      <label htmlFor={id} className="label">
        Definition in YAML
      </label>
      <textarea
        ref={area}
        id={id}
        className="area mono w-full flex-1 min-h-80 max-xl:h-[60vh] mt-1 whitespace-pre overflow-auto"
        style={{ lineHeight: `${LINE_PX}px` }}
        spellCheck={false}
        readOnly={readOnly}
        aria-invalid={invalid}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}

/** Marks the line and brings it into sight. */
export function goToLine(field: HTMLTextAreaElement | null, line: number): void {
  if (!field) return
  const lines = field.value.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0)
  field.focus()
  field.setSelectionRange(start, start + (lines[line - 1] ?? '').length)
  field.scrollTop = Math.max(0, (line - 4) * LINE_PX)
}
