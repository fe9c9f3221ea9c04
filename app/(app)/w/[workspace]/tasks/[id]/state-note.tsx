'use client'

import { Cpu, Hourglass, RotateCcw, Ruler } from 'lucide-react'
import { useState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { formatDuration } from '#app/_ui/format.ts'
import { Note } from '#app/_ui/note.tsx'
import { ModelHelp } from '#app/_ui/shell/model-help.tsx'
import type { TaskDetail } from '#lib/tasks/shapes.ts'
import { isTerminal } from '#lib/tasks/states.ts'
import { NotifyButton } from './notify-button.tsx'
import { useTaskActions } from './task-actions.tsx'

export type WorkerFacts = {
  title: string
  needsModel: boolean
  optionTitles: Record<string, string>
  /** The model that is connected now. */
  model: string | null
}

/** What stands in the way of the result, and what can be done about it now. */
export function StateNote({ task, worker, mine }: { task: TaskDetail; worker: WorkerFacts; mine: boolean }) {
  const actions = useTaskActions()
  return (
    <div className="contents" data-focus-next="task-title">
      {actions.error ? <ActionNote error={actions.error} /> : null}
      {task.status === 'pending' ? <PendingNote task={task} mine={mine} /> : null}
      {task.status === 'in_progress' && mine ? (
        <div className="flex justify-end -my-1">
          <NotifyButton />
        </div>
      ) : null}
      {task.status === 'blocked' ? <BlockedNote task={task} worker={worker} /> : null}
      {task.status === 'failed' ? <FailedNote task={task} worker={worker} /> : null}
      {task.status === 'cancelled' ? <CancelledNote task={task} /> : null}
    </div>
  )
}

function PendingNote({ task, mine }: { task: TaskDetail; mine: boolean }) {
  const place = task.queue
  if (place?.noWorker)
    return (
      <Note
        tone="failed"
        title="Nothing will run: no worker process is online"
        actions={
          <CopyButton text="npm run worker" label="Copy the command">
            Copy
          </CopyButton>
        }
      >
        Start one: <span className="mono">npm run worker</span>. The task waits until then; nothing is lost.
      </Note>
    )
  return (
    <Note
      tone="pending"
      icon={<Hourglass className="i" aria-hidden />}
      title={place?.position == null ? 'Waiting' : `Number ${place.position.toLocaleString('en')} in line`}
      actions={mine ? <NotifyButton /> : undefined}
    >
      {place?.why ?? 'It waits for a free slot.'}
      {place?.etaMs == null
        ? null
        : ` ${place.etaMs < 1000 ? 'It starts at once.' : `It starts in about ${formatDuration(place.etaMs)}.`}`}
      {task.error ? ` The last attempt ended with: ${task.error.message}` : null}
    </Note>
  )
}

function BlockedNote({ task, worker }: { task: TaskDetail; worker: WorkerFacts }) {
  const [help, setHelp] = useState(false)
  if (task.reason === 'needs_model' && worker.model !== null)
    return (
      <Note tone="blocked" title="Built-in rules cannot do this" actions={<RunWithModel model={worker.model} />}>
        The text went to the built-in engine. What its rules know about it is below; a model is connected and can do the
        rest.
      </Note>
    )
  if (task.reason === 'needs_model')
    return (
      <>
        <Note
          tone="blocked"
          title="It waits for an AI model, and none is connected"
          actions={
            <>
              <Button size="sm" kind="primary" onClick={() => setHelp(true)}>
                Connect a model
              </Button>
              {worker.needsModel ? null : <RunWithRules />}
            </>
          }
        >
          {worker.needsModel
            ? 'The built-in rules cannot translate and do not pretend to. What they know about the text is below. The task goes on by itself once a model is connected.'
            : `You asked for the AI model. The ${worker.title} can also answer with built-in rules, now and on this machine.`}
        </Note>
        <Dialog open={help} onClose={() => setHelp(false)} title="Connect a model" wide>
          <ModelHelp />
          <p className="text-soft mt-3">After the restart this task goes on by itself; there is nothing to resend.</p>
        </Dialog>
      </>
    )
  return (
    <Note
      tone="blocked"
      title={task.error?.message ?? 'The task is blocked'}
      actions={
        <>
          <RetryButton />
          {task.reason === 'provider' && !worker.needsModel ? <RunWithRules /> : null}
        </>
      }
    >
      {task.error?.advice ?? task.queue?.why} It costs nothing while it waits.
      <RequestId task={task} />
    </Note>
  )
}

function FailedNote({ task, worker }: { task: TaskDetail; worker: WorkerFacts }) {
  const byModel = task.attempts.at(-1)?.engine !== 'rules'
  return (
    <Note
      tone="failed"
      title={task.error?.message ?? 'The task failed'}
      actions={
        <>
          <RetryButton />
          {byModel && !worker.needsModel ? <RunWithRules /> : null}
        </>
      }
    >
      {task.error?.advice}
      <RequestId task={task} />
    </Note>
  )
}

function CancelledNote({ task }: { task: TaskDetail }) {
  const event = task.events.findLast(({ type }) => type === 'cancelled')
  const who = event?.actor ? `by ${event.actor.name}` : ''
  return (
    <Note tone="plain" title={`Cancelled ${who}`.trim()} actions={<RetryButton />}>
      {task.attempts.length === 0 ? 'No attempt had begun, so nothing was spent.' : 'What had begun was stopped.'}
    </Note>
  )
}

function RetryButton() {
  const actions = useTaskActions()
  return (
    <Button
      size="sm"
      icon={<RotateCcw aria-hidden />}
      busy={actions.doing === 'retry'}
      disabledReason={actions.whyNotRetry}
      onClick={() => actions.retry()}
    >
      Retry
    </Button>
  )
}

function RunWithRules() {
  const actions = useTaskActions()
  return (
    <Button
      size="sm"
      icon={<Ruler aria-hidden />}
      busy={actions.doing === 'retry'}
      disabledReason={actions.whyNotRetry}
      onClick={() => actions.retry('rules')}
    >
      Run with built-in rules
    </Button>
  )
}

function RunWithModel({ model }: { model: string }) {
  const actions = useTaskActions()
  return (
    <Button
      size="sm"
      kind="primary"
      icon={<Cpu aria-hidden />}
      busy={actions.doing === 'retry'}
      disabledReason={actions.whyNotRetry}
      onClick={() => actions.retry('model')}
    >
      Run with {model}
    </Button>
  )
}

function RequestId({ task }: { task: TaskDetail }) {
  if (!task.error?.requestId || (!isTerminal(task.status) && task.status !== 'blocked')) return null
  return (
    <span className="flex items-center gap-1 min-w-0">
      Request <span className="mono truncate">{task.error.requestId}</span>
      <CopyButton text={task.error.requestId} label="Copy the request id" />
    </span>
  )
}
