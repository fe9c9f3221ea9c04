'use client'

import { ArrowRight, X } from 'lucide-react'
import { branchesOf, type Draft, type DraftStep, nameOf, needsOf, stepsOf, titleOf } from '#lib/workflows/draft/read.ts'
import { stepsBeforeIn } from '#lib/workflows/draft/circles.ts'
import type { Branch } from '#lib/workflows/needs.ts'
import { useEditor, useStep } from '../editor-context.ts'
import { type StepChoice, StepPicker } from './step-picker.tsx'

/** Where the run goes on by yes and by no. */
export function BranchFields() {
  const { draft } = useEditor()
  const { step } = useStep()
  return (
    <fieldset className="flex flex-col gap-2.5 min-w-0">
      <legend className="label mb-2">Then</legend>
      {branchesOf(step).map((branch) => (
        <BranchField key={branch} draft={draft} step={step} branch={branch} />
      ))}
    </fieldset>
  )
}

function BranchField({ draft, step, branch }: { draft: Draft; step: DraftStep; branch: Branch }) {
  const { edit, locked } = useEditor()
  const need = `${nameOf(step)}.${branch}`
  const takers = stepsOf(draft).flatMap((other, index) =>
    needsOf(other).includes(need) ? [{ index, title: titleOf(other) }] : [],
  )
  return (
    <div className="flex items-start gap-2 min-w-0">
      <span
        className={`w-11 shrink-0 mt-1.5 text-center h-5 rounded-sm border text-12 leading-4.5 font-medium ${branch === 'yes' ? 'text-accent-text border-accent-line' : 'text-soft border-line-strong'}`}
      >
        {branch}
      </span>
      <ArrowRight className="i-sm text-faint shrink-0 mt-2.5" aria-hidden />
      <div className="flex-1 min-w-0 flex flex-col gap-1.5">
        {takers.length === 0 ? null : (
          <ul className="flex flex-wrap gap-1.5" aria-label={`By ${branch}`}>
            {takers.map(({ index, title }) => (
              <li key={index} className="chip max-md:h-11! max-w-full">
                <span className="truncate">{title}</span>
                <button
                  type="button"
                  aria-label={`${title} no longer by ${branch}`}
                  disabled={locked !== null}
                  onClick={() => edit({ do: 'disconnect', index, need })}
                >
                  <X className="size-3" aria-hidden />
                </button>
              </li>
            ))}
          </ul>
        )}
        <StepPicker
          label={`Go on by ${branch} to`}
          hideLabel
          placeholder="Go on to"
          choices={goOnChoices(draft, step, need)}
          onPick={(place) => edit({ do: 'connect', index: Number(place), need })}
        />
      </div>
    </div>
  )
}

/** By their place: two may have one name. */
function goOnChoices(draft: Draft, step: DraftStep, need: string): StepChoice[] {
  const before = stepsBeforeIn(draft, nameOf(step))
  return stepsOf(draft).flatMap((other, index): StepChoice[] => {
    const name = nameOf(other)
    if (name === '' || other === step || before.has(name) || needsOf(other).includes(need)) return []
    return [{ value: String(index), title: titleOf(other), note: name }]
  })
}
