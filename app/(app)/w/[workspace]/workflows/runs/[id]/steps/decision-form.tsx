'use client'

import { useState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import type { ActionError, ActionResult } from '#app/_ui/run-action.ts'
import { Select } from '#app/_ui/select.tsx'
import { Textarea } from '#app/_ui/textarea.tsx'
import { typed } from '#app/_ui/typed.ts'
import { Note } from '#app/_ui/note.tsx'
import type { DecisionRequest } from '#lib/workflows/approvals.ts'
import type { Approval, BoardStep, RunBoard } from '#lib/workflows/shapes.ts'

/** Decides and hears what was refused; the page has the new state by then. */
export type Decide = (step: string, request: DecisionRequest) => Promise<ActionResult<RunBoard>>

type Props = { run: RunBoard; step: BoardStep; approval: Approval; decide: Decide }
type Decision = DecisionRequest['decision']

/** What a person is asked, what they are shown for it, and the two ways to answer. */
export function DecisionForm({ run, step, approval, decide }: Props) {
  const [busy, setBusy] = useState<Decision | null>(null)
  const [error, setError] = useState<ActionError | null>(null)
  const form = `decide-${run.id}-${step.name}`

  async function send(decision: Decision) {
    const element = document.getElementById(form) as HTMLFormElement
    const data = new FormData(element)
    setBusy(decision)
    setError(null)
    const answer = await decide(step.name, {
      decision,
      note: typed(data, 'note'),
      fields: Object.fromEntries(approval.fields.map(({ name }) => [name, typed(data, `field-${name}`)])),
    })
    setBusy(null)
    if (!answer.ok) setError(answer.error)
  }
  const problemOf = (path: string) => error?.issues?.find((issue) => issue.path === path)?.message
  return (
    <section aria-label="Decision" className="border-t border-line pt-3 grid gap-3">
      <h3 className="text-14 [overflow-wrap:anywhere]">{approval.question}</h3>
      {approval.show.map(({ path, value }) => (
        <Shown key={path} path={path} value={value} />
      ))}
      {approval.refusal === null ? (
        <form id={form} className="grid gap-3" onSubmit={(event) => event.preventDefault()}>
          {approval.fields.map(({ name, title, kind, choices = [], required }) => (
            <Field key={name} label={title} optional={!required} error={problemOf(`fields.${name}`)}>
              {kind === 'choice' ? (
                <Select
                  name={`field-${name}`}
                  choices={['', ...choices].map((value) => ({ value, label: value || 'Choose one' }))}
                />
              ) : (
                <Input name={`field-${name}`} maxLength={2000} />
              )}
            </Field>
          ))}
          <Field label="Note for the record" optional>
            <Textarea name="note" rows={2} maxLength={2000} />
          </Field>
          {error ? <ActionNote error={error} /> : null}
          <div className="grid grid-cols-2 gap-2">
            <Button kind="primary" busy={busy === 'approved'} onClick={() => void send('approved')}>
              Approve
            </Button>
            <Button busy={busy === 'rejected'} onClick={() => void send('rejected')}>
              Decline
            </Button>
          </div>
        </form>
      ) : (
        <Note tone="plain" title="Somebody else decides">
          {approval.refusal}
        </Note>
      )}
    </section>
  )
}

function Shown({ path, value }: { path: string; value: unknown }) {
  return (
    <div className="min-w-0">
      <p className="mono text-faint truncate">{path}</p>
      <div className="doc mt-1 rounded-md border border-line bg-well px-3 py-2 text-13! leading-[1.55]! whitespace-pre-line max-h-60 overflow-y-auto [overflow-wrap:anywhere]">
        {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
      </div>
    </div>
  )
}
