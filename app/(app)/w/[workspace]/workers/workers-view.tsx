'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import type { ActionError } from '#app/_ui/run-action.ts'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { CommandLine } from './command-line.tsx'
import { headlineOf } from './headline.ts'
import { NoWorker, WhyNone } from './no-worker.tsx'
import { PoolsPanel } from './pools-panel.tsx'
import { ProcessPanel } from './process-panel.tsx'
import { isPresent, loadsOf, namesOf } from './processes.ts'
import { SetAsidePanel } from './set-aside-panel.tsx'
import type { WorkersState } from './state.ts'
import { WorkersTiles } from './tiles.tsx'

export type WorkersViewProps = {
  state: WorkersState
  /** Why this person may not change slots or send tasks back; null when they may. */
  slotsReason: string | null
  retryReason: string | null
  /** The worker or task whose change is under way. */
  busy: string | null
  error: ActionError | null
  hrefOfWorker: (worker: string) => string
  hrefOfTask: (id: string) => string
  onSlots: (worker: string, slots: number) => void
  onRequeue: (id: string) => void
}

export function WorkersView(props: WorkersViewProps) {
  const { overview, running, setAside } = props.state
  const { alive, pools, processes } = overview
  const [adding, setAdding] = useState(false)
  const { title, note } = headlineOf(overview)
  const present = processes.filter(isPresent).toSorted((a, b) => a.id - b.id)
  const loads = new Map(pools.map((pool) => [pool.worker, loadsOf(pool, present, running)]))
  const gone = processes.filter((process) => !isPresent(process))
  const names = namesOf(processes)
  const waiting = pools.reduce((sum, pool) => sum + pool.depth, 0)
  return (
    <div className="page flex flex-col gap-4">
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0">
          <h1 className="text-20" aria-live="polite">
            {title}
          </h1>
          <p className="text-soft mt-0.5">{note}</p>
        </div>
        {alive ? (
          <div className="ml-auto">
            <Button icon={<Plus className="i" aria-hidden />} onClick={() => setAdding(true)}>
              Add a process
            </Button>
          </div>
        ) : null}
      </div>
      {alive ? null : (
        <NoWorker last={processes[0] ?? null} name={names.get(processes[0]?.id ?? -1)} waiting={waiting} />
      )}
      {props.error === null ? null : <ActionNote error={props.error} />}
      <WorkersTiles overview={overview} names={names} loads={loads} />
      <div className={alive ? '' : 'grid gap-4 xl:grid-cols-[minmax(0,1fr)_380px] items-start'}>
        <PoolsPanel {...props} pools={pools} processes={present} loads={loads} names={names} alive={alive} />
        {alive ? null : <WhyNone />}
      </div>
      {present.length + gone.length === 0 ? null : (
        <>
          <div className="flex items-baseline gap-2 mt-2 flex-wrap">
            <h2 className="text-16">Processes</h2>
            <span className="text-soft">
              Every slot, right now.{' '}
              <span className="max-md:hidden">The bar is the time so far out of the usual time of that worker.</span>
            </span>
          </div>
          <div className="grid gap-4 xl:grid-cols-2 items-start">
            {[...present, ...gone].map((process) => (
              <ProcessPanel
                key={process.id}
                process={process}
                name={names.get(process.id) ?? process.host}
                pools={pools}
                loads={loads}
                folded={present.length > MOST_UNFOLDED}
                newest={newestVersion(present)}
                hrefOfTask={props.hrefOfTask}
              />
            ))}
          </div>
        </>
      )}
      <SetAsidePanel
        {...props}
        tasks={setAside}
        titleOf={(worker) => pools.find((pool) => pool.worker === worker)?.title ?? worker}
      />
      <Dialog
        open={adding}
        onClose={() => setAdding(false)}
        title="Add a process"
        description="In the project’s folder, on any machine that reaches the same database, with the same settings. It takes its share of what waits within a second."
      >
        <CommandLine command="npm run worker" />
      </Dialog>
    </div>
  )
}

const MOST_UNFOLDED = 4

/** The version of the process that started last: others are older. */
function newestVersion(present: WorkersState['overview']['processes']): string | null {
  return present.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))[0]?.version ?? null
}
