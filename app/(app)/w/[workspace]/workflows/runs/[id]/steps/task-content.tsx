'use client'

import { ErrorState } from '#app/_ui/error-state.tsx'
import { formatDuration } from '#app/_ui/format.ts'
import { Money } from '#app/_ui/money.tsx'
import type { TaskDetail } from '#lib/tasks/shapes.ts'
import { engineWords } from '#lib/workflows/report/words.ts'
import type { BoardStep } from '#lib/workflows/shapes.ts'
import { DigestView, InputExcerpt } from '../../../../history/peek-parts.tsx'
import { PeekSkeleton } from './peek-skeleton.tsx'
import { useStepTask } from './use-step-content.ts'

/** What the task of a step was given and made. */
export function TaskContent({ step, href }: { step: BoardStep; href: string }) {
  const { data: task, error } = useStepTask(step)
  if (task) return <Made step={step} task={task} href={href} />
  if (error) return <ErrorState title="The step could not be read">{error.message}</ErrorState>
  return <PeekSkeleton />
}

function Made({ step, task, href }: { step: BoardStep; task: TaskDetail; href: string }) {
  const { text, ...options } = task.input
  const result = task.result ?? task.partial
  return (
    <>
      <section aria-label="Output" className="border-t border-line pt-3">
        <h3 className="text-13">
          {task.result === null && result !== null ? 'What is known without a model' : 'Output'}
        </h3>
        {result === null ? (
          <p className="mt-2 rounded-md outline-bar px-3 py-2 text-12 text-soft">
            {step.status === 'failed' || step.status === 'cancelled' ? 'It made nothing.' : 'Not yet.'}
          </p>
        ) : (
          <DigestView worker={task.worker} result={result} href={href} />
        )}
      </section>
      <section aria-label="Input" className="border-t border-line pt-3">
        <h3 className="text-13">Input</h3>
        <InputExcerpt text={text} result={task.result} language={task.info?.language} />
        <Options options={options} />
      </section>
      <Facts step={step} task={task} />
    </>
  )
}

function Options({ options }: { options: Record<string, unknown> }) {
  const entries = Object.entries(options).filter(([, value]) => value !== null && value !== undefined)
  if (entries.length === 0) return null
  return (
    <dl className="mt-2.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-12">
      {entries.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-soft">{optionName(name)}</dt>
          <dd className="text-right mono [overflow-wrap:anywhere]">{optionWords(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Facts({ step, task }: { step: BoardStep; task: TaskDetail }) {
  const facts = [
    ['Attempts', `${task.attemptsUsed} of ${task.maxAttempts}`],
    ['Engine', task.info ? engineWords(task.info.engine) : 'not run yet'],
    ['Waited', formatDuration(step.waitedMs)],
    ['Worked', formatDuration(step.workedMs)],
    ['Cost', step.tokens === null ? 'no cost' : <Money key="cost" micros={step.costMicros} />],
  ] as const
  return (
    <dl className="border-t border-line pt-3 grid grid-cols-2 gap-x-3 gap-y-2.5 text-12">
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-soft">{name}</dt>
          <dd className="font-medium num truncate">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** `targetLanguage` is "Target language". */
function optionName(name: string): string {
  const words = name.replace(/([A-Z])/g, ' $1').toLowerCase()
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

function optionWords(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
