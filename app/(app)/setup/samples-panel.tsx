'use client'

import { ArrowRight, RotateCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { createElement, useState, useTransition } from 'react'
import type { TaskSummary } from '#lib/tasks/shapes.ts'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { DurationBar } from '#app/_ui/duration-bar.tsx'
import { formatDuration } from '#app/_ui/format.ts'
import { Panel } from '#app/_ui/panel.tsx'
import { type ActionError, runAction } from '#app/_ui/run-action.ts'
import { workerIcon } from '#app/_ui/shell/navigation.tsx'
import { StatusBadge } from '#app/_ui/status-badge.tsx'
import { runSamples } from './actions.ts'

export type Sample = { worker: string; title: string; summary: string; task: TaskSummary | null }

export function SamplesPanel({
  samples,
  workspace,
  mayRun,
}: {
  samples: Sample[]
  workspace: string
  mayRun: boolean
}) {
  const router = useRouter()
  const [error, setError] = useState<ActionError | null>(null)
  const [busy, start] = useTransition()
  const answered = samples.filter(({ task }) => task?.status === 'completed').length
  const ran = samples.some(({ task }) => task !== null)
  const scaleMs = Math.max(...samples.map(({ task }) => (task ? task.waitedMs + task.workedMs : 0)))
  const run = () =>
    start(async () => {
      const result = await runAction(() => runSamples(workspace, {}))
      setError(result.ok ? null : result.error)
      router.refresh()
    })
  return (
    <Panel
      title={ran ? 'All six workers on the sample' : 'Run all six workers'}
      note={ran ? `${answered} of ${samples.length} answered` : undefined}
      end={<Legend />}
    >
      <ul>
        {samples.map((sample) => (
          <SampleRow key={sample.worker} sample={sample} workspace={workspace} scaleMs={scaleMs} />
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2 px-3.5 py-3 border-t border-line">
        {error ? (
          <div className="basis-full">
            <ActionNote error={error} />
          </div>
        ) : null}
        <p className="text-12 text-soft flex-1 basis-64">
          Built-in engine: rules, no AI model. It picks and tags sentences of your text and costs nothing.
        </p>
        <Button
          icon={<RotateCw aria-hidden />}
          busy={busy}
          disabledReason={mayRun ? null : 'Your role may not submit tasks.'}
          onClick={run}
        >
          {ran ? 'Run all six again' : 'Run all six'}
        </Button>
        <ButtonLink kind="primary" href={`/w/${workspace}`}>
          Open Baton
          <ArrowRight aria-hidden />
        </ButtonLink>
      </div>
    </Panel>
  )
}

function SampleRow({ sample, workspace, scaleMs }: { sample: Sample; workspace: string; scaleMs: number }) {
  const { worker, title, summary, task } = sample
  return (
    <li className="grid items-center gap-x-4 gap-y-1.5 px-3.5 py-2.5 border-b border-line last:border-b-0 grid-cols-[minmax(0,1fr)_auto] md:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)_104px]">
      <div className="flex items-center gap-3 min-w-0">
        <span className="grid place-items-center size-8 shrink-0 rounded-md bg-well border border-line text-soft">
          {createElement(workerIcon(worker), { className: 'i', 'aria-hidden': true })}
        </span>
        <div className="min-w-0">
          <p className="font-medium">{title}</p>
          <p className="text-12 text-soft">{summary}</p>
        </div>
      </div>
      <div className="max-md:col-span-2 max-md:order-last min-w-0">
        {task ? (
          <>
            <div className="flex justify-between gap-2 text-12 mb-1">
              <StatusBadge status={task.status} reason={task.reason} look="plain" />
              <span className="num text-soft">{formatDuration(task.waitedMs + task.workedMs)}</span>
            </div>
            <DurationBar waitedMs={task.waitedMs} workedMs={task.workedMs} status={task.status} scaleMs={scaleMs} />
          </>
        ) : (
          <>
            <p className="text-12 text-faint mb-1">Not yet</p>
            <span className="dur" aria-hidden>
              <i className="outline-bar flex-1" />
            </span>
          </>
        )}
      </div>
      <span className="text-right">
        {task ? (
          <ButtonLink kind="ghost" size="sm" href={`/w/${workspace}/tasks/${task.id}`}>
            {task.status === 'completed' ? 'See result' : 'Open'}
            <span className="sr"> of {title}</span>
            <ArrowRight aria-hidden />
          </ButtonLink>
        ) : null}
      </span>
    </li>
  )
}

function Legend() {
  return (
    <span className="flex items-center gap-3 text-12 text-soft max-md:hidden">
      <span className="inline-flex items-center gap-1.5">
        <i className="hatch w-4 h-2 rounded-xs inline-block" />
        waiting
      </span>
      <span className="inline-flex items-center gap-1.5">
        <i className="s-completed solid w-4 h-2 rounded-xs inline-block" />
        working
      </span>
      <span className="inline-flex items-center gap-1.5">
        <i className="outline-bar w-4 h-2 rounded-xs inline-block" />
        not yet
      </span>
    </span>
  )
}
