'use client'

import { useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { Field } from '#app/_ui/field.tsx'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { type ActionError, runAction } from '#app/_ui/run-action.ts'
import { Textarea } from '#app/_ui/textarea.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import { stepsFrom } from '#lib/workflows/graph-issues.ts'
import type { BoardStep, RunBoard, RunDetail } from '#lib/workflows/shapes.ts'
import { rerunThisFrom } from '../../../actions.ts'
import { useRequestKey } from '../../../../tasks/new/use-request-key.ts'

/** Runs the workflow again from this step on, with the same text or another one. */
export function RerunFrom({ run, step }: { run: RunBoard; step: BoardStep }) {
  const workspace = useWorkspace()
  const [open, setOpen] = useState(false)
  const again = stepsFrom(run.steps, step.name)
  const kept = run.steps.filter(({ name, status }) => !again.has(name) && status === 'completed').length
  return (
    <section aria-label="Run again" className="border-t border-line pt-3 grid gap-1.5">
      <Button
        icon={<RotateCcw aria-hidden />}
        disabledReason={workspace.whyNot('run.start')}
        onClick={() => setOpen(true)}
      >
        Run again from here
      </Button>
      <p className="text-12 text-soft">
        {stepsWord(again.size)} again in a new run
        {kept === 0 ? '' : `, ${kept} finished ${kept === 1 ? 'one is' : 'ones are'} reused`}.
      </p>
      <Dialog open={open} onClose={() => setOpen(false)} title={`Run again from “${step.title}”`} wide>
        <RerunForm run={run} step={step} onClose={() => setOpen(false)} />
      </Dialog>
    </section>
  )
}

function RerunForm({ run, step, onClose }: { run: RunBoard; step: BoardStep; onClose: () => void }) {
  const workspace = useWorkspace()
  const router = useRouter()
  const keyFor = useRequestKey()
  const [text, setText] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ActionError | null>(null)
  const whole = useQuery({
    queryKey: [...queryKeys.run(workspace.id, run.id), 'text'],
    queryFn: ({ signal }) => fetchJson<RunDetail>(`${workspace.api}/runs/${run.id}`, signal),
    staleTime: Infinity,
  })
  const before = whole.data?.text ?? ''

  async function start() {
    setBusy(true)
    setError(null)
    const request = { from: step.name, ...(text !== null && text !== before ? { input: { text } } : {}) }
    const input = { id: run.id, request, idempotencyKey: keyFor(request) }
    const answer = await runAction(() => rerunThisFrom(workspace.slug, input))
    setBusy(false)
    if (!answer.ok) return setError(answer.error)
    onClose()
    router.push(workspace.path(`/workflows/runs/${answer.data.id}?view=graph`) as Route)
  }

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void start()
      }}
    >
      <Field
        label="Text"
        hint="Steps that run again read it; reused ones keep what they have made."
        error={error?.issues?.find(({ path }) => path.endsWith('text'))?.message ?? null}
      >
        <Textarea
          document
          rows={8}
          className="max-h-[50vh]"
          value={text ?? before}
          disabled={whole.isPending}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      {error && !error.issues ? <ActionNote error={error} /> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Keep it</Button>
        <Button kind="primary" type="submit" busy={busy} icon={<RotateCcw aria-hidden />}>
          Run again
        </Button>
      </div>
    </form>
  )
}

function stepsWord(count: number): string {
  return count === 1 ? 'One step runs' : `${count} steps run`
}
