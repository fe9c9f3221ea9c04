'use client'

import { useState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import type { ActionError, ActionResult } from '#app/_ui/run-action.ts'
import { Select } from '#app/_ui/select.tsx'
import { useShortcut } from '#app/_ui/shortcuts.ts'
import { Textarea } from '#app/_ui/textarea.tsx'
import { typed } from '#app/_ui/typed.ts'
import { Note } from '#app/_ui/note.tsx'
import type { DecisionRequest } from '#lib/workflows/approvals.ts'
import { identifierOf } from '#lib/workflows/needs.ts'
import type { Approval, BoardStep, RunBoard } from '#lib/workflows/shapes.ts'
import { RunInput } from './run-input.tsx'
import { ShownOutput } from './shown-output.tsx'

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
    if (answer.ok) return
    setError(answer.error)
    const field = answer.error.issues?.[0]?.path.split('.').at(-1)
    if (field !== undefined) document.getElementById(`${form}-${field}`)?.focus()
  }
  useShortcut('a', () => void send('approved'), approval.refusal === null && busy === null)
  const problemOf = (path: string) => error?.issues?.find((issue) => issue.path === path)?.message
  return (
    <section aria-label="Decision" className="border-t border-line pt-3 grid gap-3">
      <h3 className="text-14 [overflow-wrap:anywhere]">{approval.question}</h3>
      {approval.show.map(({ path, value }) => (
        <ShownOutput key={path} title={titleOf(run.steps, path)} value={value} />
      ))}
      <RunInput run={run} step={step} />
      {approval.refusal === null ? (
        <form id={form} className="grid gap-3" onSubmit={(event) => event.preventDefault()}>
          {approval.fields.map(({ name, title, kind, choices = [], required }) => (
            <Field
              key={name}
              id={`${form}-${name}`}
              label={title}
              optional={!required}
              error={problemOf(`fields.${name}`)}
            >
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
          {error && !error.issues ? <ActionNote error={error} /> : null}
          <div className="grid grid-cols-2 gap-2">
            <Button
              kind="primary"
              kbd="A"
              aria-keyshortcuts="A"
              busy={busy === 'approved'}
              onClick={() => void send('approved')}
            >
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

/** `read.risks.text` as the title of the step and the field. */
function titleOf(steps: readonly BoardStep[], path: string): string {
  const [root = '', ...fields] = path.split('.')
  const step = steps.find(({ name }) => identifierOf(name) === root)
  const field = fields.filter((name) => name !== 'text' && name !== 'items').join(', ')
  return [step?.title ?? 'The text', field].filter((words) => words !== '').join(': ')
}
