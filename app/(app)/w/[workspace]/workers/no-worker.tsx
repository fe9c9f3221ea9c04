'use client'

import { Database, ScrollText, Terminal, Unplug } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatQuantity } from '#app/_ui/format.ts'
import { Panel } from '#app/_ui/panel.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import type { WorkerProcess } from '#lib/tasks/shapes.ts'
import { CommandLine } from './command-line.tsx'

/** Said once, as an alert; when a process appears the page changes by itself. */
export function NoWorker({
  last,
  name,
  waiting,
}: {
  last: WorkerProcess | null
  name: string | undefined
  waiting: number
}) {
  return (
    <section
      role="alert"
      className="s-failed rounded-lg border bg-failed-bg border-failed-bd"
      aria-labelledby="no-worker"
    >
      <div className="p-4 grid gap-4 lg:grid-cols-[minmax(0,1fr)_420px] items-start">
        <div className="flex gap-3">
          <span className="grid place-items-center size-9 rounded-md bg-failed text-sheet shrink-0">
            <Unplug className="size-5" aria-hidden />
          </span>
          <div className="min-w-0">
            <h2 id="no-worker" className="text-16 text-failed-fg">
              Nothing will run: no worker process is online
            </h2>
            <p className="text-ink mt-1 max-w-[62ch]">
              <LastSeen last={last} name={name} />{' '}
              {waiting === 0
                ? 'Nothing waits at the moment.'
                : `${formatQuantity(waiting, 'task')} ${waiting === 1 ? 'waits' : 'wait'}; nothing is lost.`}
            </p>
            <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 mt-3 text-12 text-soft">
              <i className="hatch w-16 h-2.5 rounded-xs" aria-hidden />
              Looking for a process
            </p>
          </div>
        </div>
        <div className="grid gap-2 min-w-0">
          <p className="font-medium text-ink">Start one, on any machine that reaches the database:</p>
          <CommandLine command="npm run worker" />
          <p className="text-12 text-soft">It is found within a second; this page changes by itself.</p>
        </div>
      </div>
    </section>
  )
}

function LastSeen({ last, name }: { last: WorkerProcess | null; name: string | undefined }) {
  if (last === null) return 'None has been seen in the last hour.'
  const process = <b className="mono font-medium">{name}</b>
  if (last.state === 'lost')
    return (
      <>
        The last one, {process}, was lost at <DateTime at={last.stoppedAt ?? last.heartbeatAt} look="seconds" />. Its
        running tasks went back to the queue and count no attempt.
      </>
    )
  if (last.state === 'stopped')
    return (
      <>
        The last one, {process}, stopped at <DateTime at={last.stoppedAt ?? last.heartbeatAt} look="seconds" />.
      </>
    )
  if (last.state === 'draining') return <>The last one, {process}, finishes what it runs and takes nothing new.</>
  return (
    <>
      The last one, {process}, has been silent since <DateTime at={last.heartbeatAt} look="seconds" />.
    </>
  )
}

export function WhyNone() {
  return (
    <Panel title="Why none is here">
      <Reason icon={<Terminal className="i" aria-hidden />} title="It was never started">
        The web app alone accepts tasks and runs none. <code className="mono">npm start</code> starts both.
      </Reason>
      <Reason icon={<Database className="i" aria-hidden />} title="It uses another database">
        <code className="mono">DATABASE_URL</code> must be the same for web and worker.
      </Reason>
      <Reason icon={<ScrollText className="i" aria-hidden />} title="It starts and stops again">
        The last lines in its terminal say why. <code className="mono">npm start</code> prints them too.
      </Reason>
    </Panel>
  )
}

function Reason({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className="flex gap-2.5 px-3.5 py-3 border-b border-line last:border-b-0">
      <span className="text-soft mt-0.5">{icon}</span>
      <div className="min-w-0">
        <h3 className="text-13 font-medium!">{title}</h3>
        <p className="text-12 text-soft mt-0.5">{children}</p>
      </div>
    </div>
  )
}
