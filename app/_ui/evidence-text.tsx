'use client'

import { Fragment } from 'react'
import { type EvidenceMark, textRuns } from './evidence-marks.ts'

/** A person's document in serif with its numbered marks; `idPrefix` + number is each mark's id. */
export function EvidenceText({
  text,
  marks,
  active,
  onActivate,
  label,
  language,
  idPrefix = 'ev-',
}: {
  text: string
  marks: readonly EvidenceMark[]
  active: number | null
  onActivate: (number: number) => void
  label: string
  language?: string | null
  idPrefix?: string
}) {
  return (
    <article
      className="doc whitespace-pre-wrap [overflow-wrap:anywhere]"
      aria-label={label}
      lang={language ?? undefined}
      dir="auto"
    >
      {textRuns(text, marks).map((run) => {
        const [first] = run.numbers
        if (first === undefined) return <Fragment key={run.start}>{run.text}</Fragment>
        const [opened] = run.opens
        const target = run.numbers.find((number) => number === active) ?? first
        return (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the chips and the arrow keys do the same
          <mark
            key={run.start}
            id={opened === undefined ? undefined : `${idPrefix}${opened}`}
            data-numbers={run.numbers.join(' ')}
            className={`ev cursor-pointer ${active !== null && run.numbers.includes(active) ? 'on' : ''}`}
            onClick={() => onActivate(target)}
          >
            {run.text}
            {run.closes.map((number) =>
              number === 0 ? null : (
                <sup key={number} aria-hidden>
                  {number}
                </sup>
              ),
            )}
          </mark>
        )
      })}
    </article>
  )
}
