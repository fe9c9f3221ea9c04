'use client'

import { CircleAlert, CircleCheck, CircleOff, GitCompareArrows, Hourglass, Unplug } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useNow } from '#app/_ui/clock.tsx'
import { formatBytes, formatDuration, formatSeconds } from '#app/_ui/format.ts'
import { Note } from '#app/_ui/note.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import type { Pool, WorkerProcess } from '#lib/tasks/shapes.ts'
import { isPresent, type Load, slotsOf } from './processes.ts'
import { SlotTable } from './slot-table.tsx'

const STATES: Record<WorkerProcess['state'], { word: string; icon: LucideIcon; tone: string }> = {
  live: { word: 'Online', icon: CircleCheck, tone: 's-completed' },
  draining: { word: 'Draining', icon: Hourglass, tone: 's-pending' },
  silent: { word: 'Silent', icon: CircleAlert, tone: 's-blocked' },
  stopped: { word: 'Stopped', icon: CircleOff, tone: 's-cancelled' },
  lost: { word: 'Lost', icon: Unplug, tone: 's-failed' },
}

type Props = {
  process: WorkerProcess
  name: string
  pools: readonly Pool[]
  loads: Map<string, Map<number, Load>>
  /** With many processes the slots are one click away. */
  folded: boolean
  newest: string | null
  hrefOfTask: (id: string) => string
}

export function ProcessPanel(props: Props) {
  const { process, name, pools, loads, folded, newest } = props
  const { word, icon: Icon, tone } = STATES[process.state]
  const present = isPresent(process)
  const slots = pools.flatMap(({ worker }) => slotsOf(worker, loads.get(worker)?.get(process.id)))
  const busy = slots.filter((slot) => slot.kind !== 'free').length
  const table = <SlotTable {...props} slots={slots} />
  return (
    <section className="panel flex flex-col" aria-label={`Process ${name}`}>
      <div className={`panel-h flex-wrap ${present ? '' : 'border-b-0!'}`}>
        <h3 className="mono text-13! font-semibold!">{name}</h3>
        <span className={`badge ${tone}`}>
          <Icon className="i-sm" aria-hidden />
          {word}
        </span>
        <span className="text-12 text-soft num">
          {present ? (
            `${busy} of ${slots.length} slots`
          ) : (
            <>
              at <DateTime at={process.stoppedAt ?? process.heartbeatAt} look="seconds" />
              {process.state === 'lost' ? '; its tasks went on elsewhere' : ''}
            </>
          )}
        </span>
      </div>
      {present ? (
        <>
          {newest !== null && process.version !== newest ? (
            <div className="p-2 border-b border-line">
              <Note
                tone="blocked"
                icon={<GitCompareArrows className="i" aria-hidden />}
                title={`Not the version of the newest process, ${newest}`}
              >
                Start it again, so that all of them work alike.
              </Note>
            </div>
          ) : null}
          <ProcessFacts process={process} />
          {folded ? (
            <details>
              <summary className="px-3.5 min-h-9 flex items-center text-12 font-medium text-soft hover:text-ink">
                What runs in its slots
              </summary>
              {table}
            </details>
          ) : (
            table
          )}
        </>
      ) : null}
    </section>
  )
}

function ProcessFacts({ process }: { process: WorkerProcess }) {
  const now = useNow()
  const age = Math.max(0, now - new Date(process.heartbeatAt).getTime())
  const silent = process.state === 'silent'
  return (
    <dl className="grid grid-cols-2 md:grid-cols-4 gap-x-4 gap-y-2 px-3.5 py-3 border-b border-line text-12">
      <div className="min-w-0">
        <dt className="text-soft">Version</dt>
        <dd className="mono font-medium truncate" title={`Node ${process.nodeVersion}`}>
          {process.version}
        </dd>
      </div>
      <div>
        <dt className="text-soft">Heartbeat</dt>
        <dd className="num font-medium inline-flex items-center gap-1.5">
          <i className={`size-1.5 rounded-full ${silent ? 'bg-blocked' : 'bg-completed'}`} aria-hidden />
          {age < 1000 ? 'just now' : `${formatSeconds(age)} ago`}
        </dd>
      </div>
      <div>
        <dt className="text-soft">Memory</dt>
        <dd className="num font-medium">
          {process.memoryBytes === null ? 'no data' : formatBytes(process.memoryBytes)}
        </dd>
      </div>
      <div>
        <dt className="text-soft">Up, process</dt>
        <dd className="num font-medium">
          {formatDuration(Math.max(0, now - new Date(process.startedAt).getTime()))}{' '}
          <span className="font-normal text-soft">pid {process.pid}</span>
        </dd>
      </div>
      <div className="col-span-full text-soft">
        <dt className="inline">Engine </dt>
        <dd className="inline text-ink">
          {process.modelOn && process.model ? (
            <>
              <span className="mono">{process.model}</span> at {process.endpointHost}
            </>
          ) : (
            'built in, no model connected'
          )}
        </dd>
      </div>
    </dl>
  )
}
