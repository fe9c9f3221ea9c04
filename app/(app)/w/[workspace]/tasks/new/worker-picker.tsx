'use client'

import { CirclePause } from 'lucide-react'
import { formatDuration } from '#app/_ui/format.ts'
import { Panel } from '#app/_ui/panel.tsx'
import { WorkerIcon } from '#app/_ui/shell/navigation.tsx'
import type { WorkerTimes } from '#lib/tasks/shapes.ts'
import type { CatalogueWorker } from './catalogue.ts'

/** Native radios, so the arrow keys move between the cards. */
export function WorkerPicker({
  workers,
  times,
  value,
  onChange,
  modelOn,
}: {
  workers: readonly CatalogueWorker[]
  times: readonly WorkerTimes[]
  value: string
  onChange: (worker: string) => void
  modelOn: boolean
}) {
  return (
    <Panel title="Worker" end={<span className="text-12 text-soft">median time, last 7 days</span>}>
      <fieldset className="p-3 grid grid-cols-1 gap-2 md:grid-cols-2 min-w-0">
        <legend className="sr">Worker</legend>
        {workers.map((worker) => {
          const time = times.find((candidate) => candidate.worker === worker.name)
          return (
            <label
              key={worker.name}
              className="relative flex items-center gap-3 min-h-14 px-3 py-2 rounded-md border border-line cursor-pointer hover:border-control has-checked:border-accent has-checked:bg-selected has-checked:shadow-[inset_0_0_0_1px_var(--accent)] has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2"
            >
              <input
                type="radio"
                name="worker"
                value={worker.name}
                checked={worker.name === value}
                onChange={() => onChange(worker.name)}
                className="peer absolute inset-0 size-full m-0 opacity-0 cursor-pointer"
              />
              <span className="grid place-items-center size-8 shrink-0 rounded-md bg-well border border-line text-soft peer-checked:bg-accent peer-checked:text-on-accent peer-checked:border-accent">
                <WorkerIcon worker={worker.name} />
              </span>
              <span className="min-w-0 flex-1">
                <span className="block font-medium text-ink">{worker.title}</span>
                <span className="block text-12 text-soft">{worker.summary}</span>
              </span>
              {worker.needsModel && !modelOn ? (
                <span className="badge s-blocked">
                  <CirclePause className="i-sm" aria-hidden />
                  Needs model
                </span>
              ) : (
                <span className="num text-12 text-right shrink-0">
                  {time?.medianMs == null ? (
                    <span className="text-faint">no runs yet</span>
                  ) : (
                    <span className="font-medium text-ink">{formatDuration(time.medianMs)}</span>
                  )}
                </span>
              )}
            </label>
          )
        })}
      </fieldset>
    </Panel>
  )
}
