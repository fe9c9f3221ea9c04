'use client'

import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { formatCount } from '#app/_ui/format.ts'
import { type DraftStep, nameOf, stepsOf } from '#lib/workflows/draft/read.ts'
import { useEditor } from '../editor-context.ts'
import { Inspector } from '../inspector/inspector.tsx'
import { AddStep } from './add-step.tsx'
import { StepRow } from './step-row.tsx'

/** Rows at once: thousands would hold up the page and everybody who walks through them. */
const PAGE = 100

/** All steps in order; `inline` opens the fields of the selected one in its place. */
export function StepList({ inline }: { inline: boolean }) {
  const { draft, selected, select } = useEditor()
  const steps = stepsOf(draft)
  const [page, setPage] = useState(0)
  const [seen, setSeen] = useState(selected)
  // What is selected elsewhere is in sight here.
  if (selected !== seen) {
    setSeen(selected)
    if (selected !== null) setPage(Math.floor(selected / PAGE))
  }
  const from = Math.min(page, Math.max(0, Math.ceil(steps.length / PAGE) - 1)) * PAGE
  const shown = steps.slice(from, from + PAGE)
  const places = byName(steps)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable
    <section className="flex-1 p-3.5 fit-pane outline-offset-[-2px]" tabIndex={0} aria-label="Steps in order">
      <ol className="flex flex-col gap-2" start={from + 1}>
        {shown.map((step, place) => {
          const index = from + place
          const open = selected === index
          return (
            <StepRow
              // oxlint-disable-next-line react/no-array-index-key -- a step is its place
              key={index}
              step={step}
              index={index}
              open={open}
              inline={inline}
              places={places}
              onToggle={() => select(open && inline ? null : index)}
            >
              {open && inline ? <Inspector inline onClose={() => select(null)} /> : null}
            </StepRow>
          )
        })}
      </ol>
      {steps.length === 0 ? <p className="text-soft py-2">No step yet.</p> : null}
      <div className="flex flex-wrap items-center gap-2 mt-3">
        <AddStep />
        {steps.length > PAGE ? (
          <span className="ml-auto flex items-center gap-2 text-12 text-soft num">
            {formatCount(from + 1)} to {formatCount(from + shown.length)} of {formatCount(steps.length)} steps
            <Button
              size="sm"
              disabledReason={from === 0 ? 'These are the first.' : null}
              onClick={() => setPage(from / PAGE - 1)}
            >
              Earlier
            </Button>
            <Button
              size="sm"
              disabledReason={from + PAGE >= steps.length ? 'These are the last.' : null}
              onClick={() => setPage(from / PAGE + 1)}
            >
              Later
            </Button>
          </span>
        ) : null}
      </div>
    </section>
  )
}

/** The first of a name is the one that others mean. */
function byName(steps: readonly DraftStep[]): ReadonlyMap<string, DraftStep> {
  return new Map(steps.toReversed().map((step) => [nameOf(step), step]))
}
