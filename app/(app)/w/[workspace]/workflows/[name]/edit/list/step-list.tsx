'use client'

import { CircleX } from 'lucide-react'
import { StepIcon } from '#app/_ui/step-icon.tsx'
import { kindOf, needsOf, placeOf, stepsOf, textOf, titleOf } from '#lib/workflows/draft/read.ts'
import { parseNeed } from '#lib/workflows/needs.ts'
import { useEditor } from '../editor-context.ts'
import { stepFact } from '../step-fact.ts'
import { KIND_WORDS } from '../step-kinds.ts'

/** All steps in order, with what each comes after. */
export function StepList() {
  const { draft, selected, select, issues } = useEditor()
  const steps = stepsOf(draft)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable
    <section className="flex-1 p-3.5 fit-pane" tabIndex={0} aria-label="Steps">
      <ol className="flex flex-col gap-2">
        {steps.map((step, index) => {
          const kind = kindOf(step)
          const wrong = issues.get(index)?.length ?? 0
          const open = selected === index
          return (
            <li
              // oxlint-disable-next-line react/no-array-index-key -- a step is its place
              key={index}
              className={`rounded-lg border bg-raised ${open ? 'border-accent shadow-[0_0_0_1px_var(--accent)]' : wrong > 0 ? 'border-failed-bd' : 'border-line'}`}
            >
              <button
                type="button"
                data-step={index}
                aria-current={open || undefined}
                className="flex items-start gap-2.5 w-full text-left pl-3 pr-3 py-2 min-h-11"
                onClick={() => select(index)}
              >
                <span className="num text-12 text-faint w-6 shrink-0 text-right leading-6">{index + 1}</span>
                {kind === null ? null : (
                  <StepIcon step={{ kind, worker: textOf(step, 'worker') }} className="i text-soft mt-1" />
                )}
                <span className="min-w-0 flex-1">
                  <span className="block font-medium text-14 leading-6 truncate">{titleOf(step)}</span>
                  <span className="flex items-center gap-1.5 text-12 text-soft min-w-0">
                    {kind === null ? 'Unknown kind' : KIND_WORDS[kind].word}
                    {wrong > 0 ? (
                      <span className="inline-flex items-center gap-1 text-failed-fg font-medium">
                        <CircleX className="i-sm" aria-hidden />
                        {wrong} {wrong === 1 ? 'error' : 'errors'}
                      </span>
                    ) : (
                      <span className="truncate">· {stepFact(step)}</span>
                    )}
                  </span>
                  {needsOf(step).length === 0 ? null : (
                    <span className="flex flex-wrap items-center gap-1 mt-1.5 text-12 text-soft">
                      after
                      {needsOf(step).map((need) => {
                        const { step: name, branch } = parseNeed(need)
                        const needed = steps[placeOf(draft, name)]
                        return (
                          <span key={need} className="tag max-w-full">
                            <span className="truncate">{needed ? titleOf(needed) : name}</span>
                            {branch === null ? '' : `, ${branch}`}
                          </span>
                        )
                      })}
                    </span>
                  )}
                </span>
              </button>
            </li>
          )
        })}
      </ol>
      {steps.length === 0 ? <p className="text-soft p-2">No step yet. Choose one under "Add a step".</p> : null}
    </section>
  )
}
