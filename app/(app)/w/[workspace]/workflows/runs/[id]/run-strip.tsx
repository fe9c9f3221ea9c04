'use client'

import { Fact } from '#app/_ui/fact.tsx'
import { formatCount, formatDuration } from '#app/_ui/format.ts'
import { Money } from '#app/_ui/money.tsx'
import type { RunDetail } from '#lib/workflows/shapes.ts'
import { elapsedMs, progressOf } from '../../run-facts.ts'
import { StepMarks } from '../../runs-list.tsx'

/** Progress, time, tokens and cost in one line. */
export function RunStrip({ run, now }: { run: RunDetail; now: number }) {
  const { ended, of, failed } = progressOf(run.steps)
  const waited = run.steps.reduce((sum, step) => sum + step.waitedMs, 0)
  const worked = run.steps.reduce((sum, step) => sum + step.workedMs, 0)
  return (
    <dl className="mt-4 grid grid-cols-2 md:grid-cols-4 gap-px bg-line border border-line rounded-lg overflow-hidden">
      <Fact
        name="Progress"
        value={`${ended} of ${of} steps`}
        note={failed > 0 ? `${failed} failed` : <StepMarks steps={run.steps} />}
      />
      <Fact
        name={run.finishedAt === null ? 'Elapsed' : 'Took'}
        value={formatDuration(elapsedMs(run, now))}
        note={`steps waited ${formatDuration(waited)}, worked ${formatDuration(worked)}`}
      />
      <Fact
        name="Tokens"
        value={run.tokens === null ? <span className="text-faint">none</span> : formatCount(run.tokens)}
        note={run.tokens === null ? 'no model asked' : 'of all calls'}
      />
      <Fact
        name="Cost"
        value={run.tokens === null ? '$0' : <Money micros={run.costMicros} />}
        note={run.tokens === null ? 'no model asked' : run.costMicros === null ? 'no price is set' : 'of all calls'}
      />
    </dl>
  )
}
