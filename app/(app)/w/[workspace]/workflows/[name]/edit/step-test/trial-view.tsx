import { CircleCheck, CircleX, Eye } from 'lucide-react'
import { formatDuration } from '#app/_ui/format.ts'
import type { StepTrial } from '#lib/workflows/stored/shapes.ts'
import { ShownOutput } from '../../../runs/[id]/steps/shown-output.tsx'
import { TestTask } from './test-task.tsx'

/** What came of a test. */
export function TrialView({ trial }: { trial: StepTrial }) {
  if (trial.did === 'task') return <TestTask taskId={trial.taskId} title="This test" items={trial.items} />
  if (trial.did === 'shown')
    return (
      <section aria-label="Result of the test" className="panel px-3.5 py-3 grid gap-3 min-w-0" aria-live="polite">
        <p className="flex gap-2 font-medium">
          <Eye className="i text-soft" aria-hidden />
          {WOULD[trial.kind]}
        </p>
        {trial.shows.map(({ title, value }) => (
          <ShownOutput key={title} title={title} value={value} />
        ))}
      </section>
    )
  const { status, branch, output, error, tookMs } = trial
  const completed = status === 'completed'
  return (
    <section aria-label="Result of the test" className="panel px-3.5 py-3 grid gap-3 min-w-0" aria-live="polite">
      <p className={`flex gap-2 font-medium ${completed ? 'text-completed-fg' : 'text-failed-fg'}`}>
        {completed ? <CircleCheck className="i" aria-hidden /> : <CircleX className="i" aria-hidden />}
        {branch === null ? (completed ? 'Completed' : 'Failed') : `It holds: ${branch}`}
        <span className="text-soft font-normal num">{formatDuration(Math.ceil(tookMs))}, no model used</span>
      </p>
      {error ? (
        <p className="[overflow-wrap:anywhere]">
          {error.message} {error.advice ? <span className="text-soft">{error.advice}</span> : null}
        </p>
      ) : null}
      {output === null ? null : <ShownOutput title="Output" value={output} />}
    </section>
  )
}

const WOULD = {
  approval: 'A run would ask this here',
  wait: 'A run would wait here',
  webhook: 'A run would call a server here, signed, with this',
  workflow: 'A run would start another workflow here, with this text',
} as const
