'use client'

import { Play } from 'lucide-react'
import { Button } from '#app/_ui/button.tsx'
import { WorkerIcon } from '../workers/worker-icon.tsx'

export type HomeSample = { worker: string; title: string; beginning: string; language: string }

/** Three samples that run with the built-in engine: no key, no cost, a result in about a second. */
export function SamplesPanel({
  samples,
  wide,
  titleOf,
  reasons,
  busy,
  onRunSample,
}: {
  samples: readonly HomeSample[]
  wide: boolean
  titleOf: (worker: string) => string
  reasons: { submit: string | null }
  busy: string | null
  onRunSample: (worker: string) => void
}) {
  return (
    <section className="panel" id="samples" aria-labelledby="samples-title">
      <div className="panel-h">
        <h2 id="samples-title">{wide ? 'Run your first task' : 'Samples'}</h2>
        <span className="text-12 text-soft truncate">built-in engine, no key, no cost</span>
      </div>
      <ul className={wide ? 'grid md:grid-cols-3 gap-3.5 p-3.5' : 'p-2 grid gap-1'}>
        {samples.map((sample) => (
          <li
            key={sample.worker}
            className={
              wide
                ? 'rounded-lg border border-line p-3.5 flex flex-col gap-2 min-w-0'
                : 'px-1.5 py-1.5 grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-2.5 items-center'
            }
          >
            <span className="grid place-items-center size-8 rounded-md bg-well border border-line text-soft">
              <WorkerIcon worker={sample.worker} />
            </span>
            <span className="min-w-0">
              <span className={`font-medium block ${wide ? '' : 'truncate'}`}>{titleOf(sample.worker)}</span>
              <span className={`text-12 text-soft block ${wide ? '' : 'truncate'}`}>{sample.title}</span>
            </span>
            {wide ? (
              <p className="doc text-13! leading-[1.5]! text-soft! line-clamp-3" lang={sample.language} dir="auto">
                “{sample.beginning}…”
              </p>
            ) : null}
            <Button
              size={wide ? 'md' : 'sm'}
              className={wide ? 'mt-auto self-start' : ''}
              icon={<Play className={wide ? 'i' : 'i-sm'} aria-hidden />}
              busy={busy === sample.worker}
              disabledReason={reasons.submit}
              onClick={() => onRunSample(sample.worker)}
              aria-label={`Run the sample of ${titleOf(sample.worker)}`}
            >
              {wide ? 'Run the sample' : 'Run'}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
