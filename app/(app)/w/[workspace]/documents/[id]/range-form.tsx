'use client'

import { useState } from 'react'
import { formatCount } from '#app/_ui/format.ts'
import type { DocumentSummary } from '#lib/documents/shapes.ts'
import { MAX_TEXT_LENGTH } from '../../tasks/new/limits.ts'
import { pageWord } from '../words.ts'
import { lastThatFits, lengthOf } from './page-range.ts'
import { type Targets, UseButtons } from './use-buttons.tsx'

/** A text that is longer than one task takes goes in by a range of its pages. */
export function RangeForm({
  document,
  starts,
  targets,
}: {
  document: DocumentSummary
  starts: readonly number[]
  targets: Targets
}) {
  const characters = document.characters ?? 0
  const [from, setFrom] = useState('1')
  const [to, setTo] = useState(String(lastThatFits(starts, characters, 1, MAX_TEXT_LENGTH)))
  const word = pageWord(document)
  const range = { from: Number(from), to: Number(to) }
  const length = lengthOf(starts, characters, range)
  const problem =
    length === null
      ? `Choose ${word}s between 1 and ${starts.length}, the first before the last.`
      : length > MAX_TEXT_LENGTH
        ? `These are ${formatCount(length)} characters: choose fewer.`
        : null
  return (
    <section
      id="use"
      tabIndex={-1}
      aria-labelledby="use-heading"
      className="px-4 md:px-5 xl:px-6 py-3.5 border-b border-line outline-none scroll-mt-16 min-w-0"
    >
      <h2 id="use-heading" className="text-13">
        Too long to use at once
      </h2>
      <p className="text-12 text-soft mt-1">
        The text has {formatCount(characters)} characters; a task or a run takes up to {formatCount(MAX_TEXT_LENGTH)}.
        Choose the {word}s it should work on.
      </p>
      <div className="grid grid-cols-2 gap-2 mt-2.5">
        {(
          [
            [`From ${word}`, from, setFrom],
            [`To ${word}`, to, setTo],
          ] as const
        ).map(([name, value, set]) => (
          <label key={name} className="field">
            <span className="label">{name}</span>
            <input
              className="input num"
              type="number"
              inputMode="numeric"
              min={1}
              max={starts.length}
              value={value}
              aria-invalid={problem ? true : undefined}
              aria-describedby="range-note"
              onChange={(event) => set(event.target.value)}
            />
          </label>
        ))}
      </div>
      <p
        id="range-note"
        className={`text-12 num mt-1.5 ${problem ? 'text-failed-fg' : 'text-soft'}`}
        aria-live="polite"
      >
        {problem ?? `${formatCount(length)} characters`}
      </p>
      <div className="mt-2.5 flex flex-wrap gap-2">
        <UseButtons
          targets={targets}
          pages={`${range.from}-${range.to}`}
          taskLabel={`Use ${word}s ${from} to ${to}`}
          workflowLabel="In a workflow"
          refusal={problem}
        />
      </div>
    </section>
  )
}
