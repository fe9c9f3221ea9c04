'use client'

import { ArrowUpRight } from 'lucide-react'
import { ButtonLink } from '#app/_ui/button.tsx'
import { Note } from '#app/_ui/note.tsx'
import { Peek } from '#app/_ui/peek.tsx'
import { StepIcon } from '#app/_ui/step-icon.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import { BLOCK_REASON_TITLES } from '#lib/tasks/states.ts'
import type { BoardStep, RunBoard } from '#lib/workflows/shapes.ts'
import { hasEnded } from '../../../run-facts.ts'
import type { Decide } from './decision-form.tsx'
import { RerunFrom } from './rerun-from.tsx'
import { type Skip, SkipStep } from './skip-step.tsx'
import { hasBegun } from './spent.ts'
import { StepContentView } from './step-content.tsx'
import { stepLine, titlesOf } from './step-line.ts'
import { StepState } from './step-state.tsx'
import { StepTime } from './step-time.tsx'
import { TaskContent } from './task-content.tsx'

type Props = {
  step: BoardStep
  run: RunBoard
  readAt: number
  decide: Decide
  skip: Skip
  onClose: () => void
  onPrevious?: (() => void) | undefined
  onNext?: (() => void) | undefined
}

/** A step beside the picture: what it was given, what it made, what went wrong, what it asks. */
export function StepPeek({ step, run, readAt, decide, skip, onClose, onPrevious, onNext }: Props) {
  const { path } = useWorkspace()
  const task = step.taskId === null ? null : path(`/tasks/${step.taskId}`)
  const child = step.childRunId === null ? null : path(`/workflows/runs/${step.childRunId}?view=graph`)
  const href = task ?? child
  return (
    <Peek
      label={`Step ${step.title}`}
      header={
        <>
          <StepIcon step={step} className="i text-soft mr-1.5" />
          <h2 className="text-13 truncate">{step.title}</h2>
        </>
      }
      onClose={onClose}
      {...(onPrevious ? { onPrevious } : {})}
      {...(onNext ? { onNext } : {})}
    >
      <div className="flex flex-col gap-4">
        <div className="grid gap-2">
          <p className="flex items-center justify-between gap-2 min-h-7">
            <StepState step={step} />
            {href === null ? null : (
              <ButtonLink size="sm" href={href} icon={<ArrowUpRight aria-hidden />}>
                {task === null ? 'Open its run' : 'Open the task'}
              </ButtonLink>
            )}
          </p>
          {hasBegun(step) ? <StepTime step={step} readAt={readAt} /> : null}
          <p className="text-12 text-soft">{stepLine(step, titlesOf(run.steps))}</p>
        </div>
        <Trouble step={step} />
        {!hasBegun(step) && step.status !== 'completed' ? (
          <NotYet step={step} />
        ) : step.taskId === null ? (
          <StepContentView run={run} step={step} decide={decide} />
        ) : (
          <TaskContent step={step} href={task ?? ''} />
        )}
        <SkipStep run={run} step={step} skip={skip} />
        {hasEnded(step.status) && run.status !== 'in_progress' ? <RerunFrom run={run} step={step} /> : null}
      </div>
    </Peek>
  )
}

function Trouble({ step }: { step: BoardStep }) {
  if (step.status === 'failed' && step.error)
    return (
      <Note tone="failed" title={step.error.message}>
        {step.error.advice ?? 'Open the task to see its attempts.'} <span className="mono">{step.error.code}</span>
      </Note>
    )
  if (step.status === 'blocked' && step.reason)
    return (
      <Note tone="blocked" title={BLOCK_REASON_TITLES[step.reason]}>
        {step.reason === 'needs_model'
          ? 'Connect a model, then retry the task.'
          : (step.error?.message ?? 'It goes on when that changes.')}
      </Note>
    )
  return null
}

function NotYet({ step }: { step: BoardStep }) {
  return (
    <p className="rounded-md outline-bar px-3 py-2 text-12 text-soft">
      {step.status === 'waiting' ? 'No input and no output yet.' : 'It was never started, so there is nothing to show.'}
    </p>
  )
}
