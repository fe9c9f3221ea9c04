'use client'

import { SkipForward } from 'lucide-react'
import { useState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import type { ActionError, ActionResult } from '#app/_ui/run-action.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { BoardStep, RunBoard } from '#lib/workflows/shapes.ts'
import { isSkippable } from '#lib/workflows/skippable.ts'
import { afterSkip, type AfterSkip } from './after-skip.ts'

/** Skips and hears what was refused; the page has the new state by then. */
export type Skip = (step: string) => Promise<ActionResult<RunBoard>>

type Props = { run: RunBoard; step: BoardStep; skip: Skip }

/** Leaves out a step that failed or waits; what follows from it is said before. */
export function SkipStep({ run, step, skip }: Props) {
  const { whyNot } = useWorkspace()
  const [open, setOpen] = useState(false)
  if (!isSkippable(step) || run.status === 'cancelled') return null
  return (
    <section aria-label="Skip" className="border-t border-line pt-3 grid">
      <Button
        icon={<SkipForward aria-hidden />}
        disabledReason={whyNot('run.skip') ?? step.decision?.refusal ?? null}
        onClick={() => setOpen(true)}
      >
        Skip this step
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`Skip “${step.title}”?`}>
        <SkipForm run={run} step={step} skip={skip} onClose={() => setOpen(false)} />
      </Dialog>
    </section>
  )
}

function SkipForm({ run, step, skip, onClose }: Props & { onClose: () => void }) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ActionError | null>(null)

  async function send() {
    setBusy(true)
    setError(null)
    const answer = await skip(step.name)
    setBusy(false)
    if (!answer.ok) return setError(answer.error)
    onClose()
  }
  return (
    <div className="flex flex-col gap-4">
      <Follows {...afterSkip(run.steps, step.name)} />
      <p className="text-soft">It stays on record with your name.</p>
      {error ? <ActionNote error={error} /> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Keep it</Button>
        <Button kind="primary" busy={busy} icon={<SkipForward aria-hidden />} onClick={() => void send()}>
          Skip
        </Button>
      </div>
    </div>
  )
}

function Follows({ starts, skipped, run }: AfterSkip) {
  return (
    <ul className="list-disc pl-5 grid gap-1 marker:text-faint">
      {starts.length > 0 ? <li>{listed(starts)} will start.</li> : null}
      {skipped.length > 0 ? <li>{listed(skipped)} will be skipped with it.</li> : null}
      {run === 'in_progress' ? (
        <li>{starts.length > 0 ? 'The run goes on without it.' : 'The run goes on with its other steps.'}</li>
      ) : (
        <li>The run ends as {run}.</li>
      )}
    </ul>
  )
}

const MOST_NAMED = 4

function listed(titles: readonly string[]): string {
  const named = titles.slice(0, MOST_NAMED).map((title) => `“${title}”`)
  return titles.length > MOST_NAMED ? `${named.join(', ')} and ${titles.length - MOST_NAMED} more` : named.join(', ')
}
