'use client'

import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { StepIcon } from '#app/_ui/step-icon.tsx'
import type { PlanDetail, PlanEdits } from '#lib/plans/shapes.ts'
import type { Plan } from '#lib/workers/plan-shape.ts'
import type { CatalogueWorker } from '../../../tasks/new/catalogue.ts'
import { layersOf } from '../../layers.ts'
import { PlanStepRow } from './plan-step-row.tsx'

type Props = {
  plan: PlanDetail
  proposal: Plan
  edits: PlanEdits
  onChange: (edits: PlanEdits) => void
  workers: readonly CatalogueWorker[]
  /** Why this person may change nothing. */
  refusal: string | null
}

/** The steps in an order in which they can run, and those that were taken out, which come back. */
export function PlanSteps({ plan, proposal, edits, onChange, workers, refusal }: Props) {
  const [open, setOpen] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const out = new Set([...plan.gone, ...edits.removed])
  const standing = layersOf(plan.steps).flat()
  const kept = standing.flatMap(({ name, needs }) => {
    const step = proposal.steps.find((one) => one.name === name)
    return step && !edits.removed.includes(name) ? [{ step, needs }] : []
  })
  const places = new Map(plan.steps.map(({ name }, index) => [name, `steps.${index}.`]))
  const issuesOf = (name: string) => {
    const at = places.get(name) ?? ' '
    return plan.issues
      .filter(({ path }) => path.startsWith(at))
      .map(({ path, message }) => ({ path: path.slice(at.length), message }))
  }

  function remove(name: string, title: string) {
    setOpen(null)
    setSaid(`“${title}” is taken out`)
    onChange({ ...edits, removed: [...edits.removed, name] })
    document.getElementById('plan-steps')?.focus()
  }

  function bringBack(name: string, title: string) {
    setSaid(`“${title}” is back`)
    onChange({ ...edits, removed: edits.removed.filter((other) => other !== name) })
    document.getElementById('plan-steps')?.focus()
  }

  return (
    <>
      <output className="sr">{said}</output>
      <Panel
        title={
          <span id="plan-steps" tabIndex={-1} className="outline-none">
            Steps
          </span>
        }
        count={kept.length}
        note="those that wait for nothing run side by side"
      >
        <ol>
          {kept.map(({ step, needs }, index) => (
            <PlanStepRow
              key={step.name}
              step={step}
              number={index + 1}
              needs={needs}
              steps={proposal.steps}
              workers={workers}
              changed={edits.options[step.name] ?? {}}
              issues={issuesOf(step.name)}
              open={open === step.name}
              onOpen={() => setOpen(open === step.name ? null : step.name)}
              onOptions={(options) =>
                onChange({
                  ...edits,
                  options: Object.fromEntries(
                    Object.entries({ ...edits.options, [step.name]: options }).filter(
                      ([, values]) => Object.keys(values).length > 0,
                    ),
                  ),
                })
              }
              onRemove={() => remove(step.name, step.title)}
              whyNotRemove={kept.length === 1 ? 'A plan keeps at least one step.' : null}
              refusal={refusal}
            />
          ))}
        </ol>
      </Panel>
      {out.size > 0 ? (
        <Panel title="Taken out" count={out.size}>
          <ul>
            {proposal.steps
              .filter(({ name }) => out.has(name))
              .map((step) => (
                <li
                  key={step.name}
                  className="flex items-center gap-2.5 px-3.5 py-2 border-t border-line first:border-t-0"
                >
                  <StepIcon step={step} className="i-sm text-faint shrink-0" />
                  <span className="min-w-0 flex-1 text-soft [overflow-wrap:anywhere]">
                    {step.title}
                    {edits.removed.includes(step.name) ? null : (
                      <span className="block text-12">It makes no sense without the others.</span>
                    )}
                  </span>
                  {edits.removed.includes(step.name) ? (
                    <Button
                      size="sm"
                      icon={<Undo2 aria-hidden />}
                      aria-label={`Bring back “${step.title}”`}
                      disabledReason={refusal}
                      onClick={() => bringBack(step.name, step.title)}
                    >
                      Bring back
                    </Button>
                  ) : null}
                </li>
              ))}
          </ul>
        </Panel>
      ) : null}
    </>
  )
}
