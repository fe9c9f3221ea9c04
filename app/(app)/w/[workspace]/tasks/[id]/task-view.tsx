'use client'

import { ChevronRight, CircleX, Timer } from 'lucide-react'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { useNow } from '#app/_ui/clock.tsx'
import { formatQuantity } from '#app/_ui/format.ts'
import { PageTitle } from '#app/_ui/shell/page-title.tsx'
import { useShortcut } from '#app/_ui/shortcuts.ts'
import { statusWord } from '#app/_ui/status-badge.tsx'
import { TabPanel, Tabs } from '#app/_ui/tabs.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { TaskDetail } from '#lib/tasks/shapes.ts'
import { AboutTask, TokensAndCost } from './about-task.tsx'
import { CallsTab } from './calls-tab.tsx'
import { ErrorTab } from './error-tab.tsx'
import { EventsTab } from './events-tab.tsx'
import { FactsStrip } from './facts-strip.tsx'
import { InputTab } from './input-tab.tsx'
import { ResultMenu } from './result-menu.tsx'
import { ResultPane } from './result-pane.tsx'
import type { WorkerFacts } from './state-note.tsx'
import { type TaskActions, TaskActionsProvider, useTaskActions } from './task-actions.tsx'
import { type Neighbours, TaskHeader } from './task-header.tsx'
import { type Timeline, timelineOf } from './timeline.ts'
import { TimelinePane } from './timeline-pane.tsx'
import { useEnding } from './use-ending.ts'
import { useTask } from './use-task.ts'

export type TaskViewProps = {
  initial: TaskDetail
  worker: WorkerFacts
  /** Sent by the person who looks at it. */
  mine: boolean
  /** Addresses of the tasks before and after it in the list it was opened from. */
  neighbours: Neighbours | null
  actions: TaskActions
}

export function TaskView({ initial, actions, ...props }: TaskViewProps) {
  const { data: task, dataUpdatedAt } = useTask(initial)
  return (
    <TaskActionsProvider task={task} actions={actions}>
      <TaskPage task={task} updatedAt={dataUpdatedAt} {...props} />
    </TaskActionsProvider>
  )
}

type PageProps = Omit<TaskViewProps, 'initial' | 'actions'> & { task: TaskDetail; updatedAt: number }

function TaskPage({ task, worker, mine, neighbours, updatedAt }: PageProps) {
  const now = useNow()
  const router = useRouter()
  const workspace = useWorkspace()
  const actions = useTaskActions()
  const [all, setAll] = useState(false)
  const timeline = timelineOf(task, now, all)
  const replayHref = workspace.path(`/tasks/new?from=${task.id}`)
  const go = (href: string | null | undefined) => (href ? router.push(href as Route) : undefined)

  useEnding(task, mine)
  useShortcut('e', () => go(replayHref))
  useShortcut('r', () => actions.retry(), actions.whyNotRetry === null)
  useShortcut('c', actions.cancel, actions.whyNotCancel === null)
  useShortcut('j', () => go(neighbours?.next), neighbours !== null)
  useShortcut('k', () => go(neighbours?.previous), neighbours !== null)

  return (
    <div className="fit-page flex flex-col min-w-0">
      <PageTitle title={task.title} tab={`${task.title} · ${statusWord(task.status, task.reason)} - Baton`} />
      <Announcement words={`${statusWord(task.status, task.reason)}. ${task.queue?.why ?? ''}`} />
      <div className="px-4 md:px-5 xl:px-6 pt-4 md:pt-5 pb-4 border-b border-line">
        <TaskHeader
          task={task}
          workerTitle={worker.title}
          updatedAt={updatedAt}
          neighbours={neighbours}
          replayHref={replayHref}
        />
        <FactsStrip task={task} timeline={timeline} />
      </div>
      <div className="fit-grid flex-1 min-h-0 grid xl:grid-cols-[minmax(0,400px)_minmax(0,1fr)] min-[87.5rem]:grid-cols-[minmax(0,432px)_minmax(0,1fr)] min-w-0">
        <LeftPane task={task} worker={worker} timeline={timeline} all={all} onAll={setAll} />
        <TaskTabs task={task} worker={worker} mine={mine} />
      </div>
    </div>
  )
}

type LeftProps = {
  task: TaskDetail
  worker: WorkerFacts
  timeline: Timeline
  all: boolean
  onAll: (all: boolean) => void
}

function LeftPane({ task, worker, timeline, all, onAll }: LeftProps) {
  const { path } = useWorkspace()
  const content = (
    <>
      <TimelinePane task={task} timeline={timeline} all={all} onAll={onAll} />
      <div className={`min-w-0 ${task.calls.length === 0 ? '' : 'md:max-xl:grid md:max-xl:grid-cols-2'}`}>
        <TokensAndCost task={task} />
        <AboutTask task={task} optionTitles={worker.optionTitles} path={path} />
      </div>
    </>
  )
  return (
    <section
      className="fit-pane min-w-0 xl:border-r border-line"
      aria-label="Timeline and facts"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <details className="md:hidden group border-b border-line">
        <summary className="flex items-center gap-2 min-h-11 px-4 list-none">
          <Timer className="i text-soft" aria-hidden />
          <span className="font-medium">Timeline</span>
          <span className="text-12 text-soft">
            {formatQuantity(timeline.rows.length, 'step')}, {formatQuantity(task.attempts.length, 'attempt')}
          </span>
          <ChevronRight className="i-sm ml-auto text-soft transition-transform group-open:rotate-90" aria-hidden />
        </summary>
        {content}
      </details>
      <div className="max-md:hidden">{content}</div>
    </section>
  )
}

const TABS = ['result', 'input', 'calls', 'events', 'error'] as const
type Tab = (typeof TABS)[number]

function TaskTabs({ task, worker, mine }: { task: TaskDetail; worker: WorkerFacts; mine: boolean }) {
  const [chosen, setTab] = useState<Tab>('result')
  const hasError = task.error !== null || task.attempts.some((attempt) => attempt.error !== null)
  const tab = chosen === 'error' && !hasError ? 'result' : chosen
  return (
    <section className="min-w-0 min-h-0 flex flex-col max-xl:border-t border-line" aria-label="Result and record">
      <Tabs<Tab>
        value={tab}
        onChange={setTab}
        label="Parts of the task"
        className="flex-1 min-h-0 flex flex-col"
        listClassName="shrink-0 h-11"
        tabs={[
          { value: 'result', label: 'Result' },
          { value: 'input', label: 'Input' },
          { value: 'calls', label: 'Model calls', count: task.calls.length },
          { value: 'events', label: 'Events', count: task.events.length },
          ...(hasError
            ? [{ value: 'error' as const, label: 'Error', icon: <CircleX className="text-failed-fg" aria-hidden /> }]
            : []),
        ]}
        end={task.result === null ? null : <ResultMenu task={task} />}
      >
        <TabPanel value="result" className="flex-1 min-h-0 flex flex-col min-w-0">
          <ResultPane task={task} worker={worker} mine={mine} />
        </TabPanel>
        <TabPanel value="input" className="flex-1 fit-pane">
          <InputTab task={task} />
        </TabPanel>
        <TabPanel value="calls" className="flex-1 fit-pane">
          <CallsTab task={task} />
        </TabPanel>
        <TabPanel value="events" className="flex-1 fit-pane">
          <EventsTab task={task} />
        </TabPanel>
        <TabPanel value="error" className="flex-1 fit-pane">
          <ErrorTab task={task} />
        </TabPanel>
      </Tabs>
    </section>
  )
}

/** Tells screen readers what has become of the task, at most once in five seconds. */
function Announcement({ words }: { words: string }) {
  const [said, setSaid] = useState(words)
  useEffect(() => {
    if (said === words) return
    const timer = setTimeout(() => setSaid(words), 5_000)
    return () => clearTimeout(timer)
  }, [said, words])
  return <output className="sr">{said}</output>
}
