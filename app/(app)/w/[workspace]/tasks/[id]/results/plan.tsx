import type { z } from 'zod'
import { StepIcon } from '#app/_ui/step-icon.tsx'
import type { planner } from '#lib/workers/planner.ts'

export type Plan = z.output<typeof planner.output>

/** The steps with their reasons; what can be done with them is on the plan's own page. */
export function PlanResult({ result }: { result: Plan }) {
  return (
    <div className="flex flex-col gap-3">
      <div>
        <h2 className="text-16 [overflow-wrap:anywhere]">{result.title}</h2>
        <p className="text-soft [overflow-wrap:anywhere]">{result.summary}</p>
      </div>
      <ol className="grid gap-2.5">
        {result.steps.map((step) => (
          <li key={step.name} className="flex gap-2.5">
            <StepIcon step={step} className="i-sm text-faint mt-0.5 shrink-0" />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <span className="font-medium">{step.title}</span>
              <span className="block text-soft">{step.reason}</span>
            </span>
          </li>
        ))}
      </ol>
      {result.notes.map((note) => (
        <p key={note} className="text-12 text-soft [overflow-wrap:anywhere]">
          {note}
        </p>
      ))}
    </div>
  )
}
