'use client'

import { CalendarClock, FilePlus2, ListChecks, Webhook, X, Zap } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Field } from '#app/_ui/field.tsx'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { Input } from '#app/_ui/input.tsx'
import type { ActionError } from '#app/_ui/run-action.ts'
import { Segmented } from '#app/_ui/segmented.tsx'
import { type Choice, Select } from '#app/_ui/select.tsx'
import { Textarea } from '#app/_ui/textarea.tsx'
import type { NewTrigger, TriggerKind } from '#lib/triggers/shapes.ts'
import { SchedulePreview } from './schedule-preview.tsx'
import { emptyDraft, fieldOf, PRESETS, requestOf, type TriggerDraft } from './trigger-draft.ts'

type Props = {
  workers: readonly Choice[]
  busy: boolean
  error: ActionError | null
  onMake: (trigger: NewTrigger) => void
  onClose: () => void
}

export function NewTriggerForm({ workers, busy, error, onMake, onClose }: Props) {
  const [draft, setDraft] = useState(() => emptyDraft(Intl.DateTimeFormat().resolvedOptions().timeZone))
  const [sent, setSent] = useState(draft)
  const title = useRef<HTMLInputElement>(null)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => title.current?.focus(), [])
  // After a refusal the first field that is wrong has the focus.
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [error])
  const change = (part: Partial<TriggerDraft>) => setDraft((before) => ({ ...before, ...part }))
  const problems = new Map((error?.issues ?? []).map(({ path, message }) => [fieldOf(path), message]))
  /** Until the field is changed. */
  const problemOf = (field: keyof TriggerDraft) => (draft[field] === sent[field] ? (problems.get(field) ?? null) : null)

  function submit(event: FormEvent) {
    event.preventDefault()
    setSent(draft)
    onMake(requestOf(draft))
  }

  return (
    <form
      ref={form}
      className="panel border-accent-line! overflow-hidden"
      aria-labelledby="new-trigger"
      onSubmit={submit}
      noValidate
    >
      <div className="panel-h bg-selected border-accent-line!">
        <Zap className="i text-accent-text" aria-hidden />
        <h2 id="new-trigger">New trigger</h2>
        <span className="end">
          <IconButton size="sm" label="Close" icon={<X className="i-sm" aria-hidden />} onClick={onClose} />
        </span>
      </div>
      <div className="p-3.5 grid gap-4 min-w-0">
        {error && ![...problems.keys()].some((field) => field !== null) ? <ActionNote error={error} /> : null}
        <Field label="Name" hint="Stands with each run that it starts." error={problemOf('title')}>
          <Input
            ref={title}
            value={draft.title}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => change({ title: event.target.value })}
          />
        </Field>
        <Field label="Starts" group>
          <div className="max-md:[&_.seg]:grid! max-md:[&_.seg]:grid-cols-2 max-md:[&_.seg]:h-auto!">
            <Segmented<TriggerKind>
              label="Starts"
              value={draft.kind}
              onChange={(kind) => change({ kind })}
              segments={[
                { value: 'schedule', label: 'At times', icon: <CalendarClock aria-hidden /> },
                { value: 'document', label: 'On a document', icon: <FilePlus2 aria-hidden /> },
                { value: 'task', label: 'After a task', icon: <ListChecks aria-hidden /> },
                { value: 'webhook', label: 'On a call', icon: <Webhook aria-hidden /> },
              ]}
            />
          </div>
        </Field>
        <KindFields draft={draft} change={change} workers={workers} problemOf={problemOf} />
        <div className="flex justify-end">
          <Button type="submit" kind="primary" size="lg" busy={busy} className="max-md:w-full">
            Make the trigger
          </Button>
        </div>
      </div>
    </form>
  )
}

type KindProps = {
  draft: TriggerDraft
  change: (part: Partial<TriggerDraft>) => void
  workers: readonly Choice[]
  problemOf: (name: keyof TriggerDraft) => string | null
}

function KindFields({ draft, change, workers, problemOf }: KindProps) {
  switch (draft.kind) {
    case 'schedule':
      return <ScheduleFields draft={draft} change={change} workers={workers} problemOf={problemOf} />
    case 'document':
      return (
        <Field
          label="Only when its name has this in it"
          optional
          hint="Each document that was added and read is a run of its own, over its text."
          error={problemOf('named')}
        >
          <Input value={draft.named} maxLength={100} onChange={(event) => change({ named: event.target.value })} />
        </Field>
      )
    case 'task':
      return (
        <div className="grid gap-4 md:grid-cols-2">
          <Field label="Worker" hint="Tasks that are steps of a workflow do not count, so nothing starts itself.">
            <Select
              choices={workers}
              value={draft.worker}
              onChange={(event) => change({ worker: event.target.value })}
            />
          </Field>
          <Field label="When its task has" hint="The workflow reads the text of that task.">
            <Select
              choices={[
                { value: 'completed', label: 'completed' },
                { value: 'failed', label: 'failed' },
              ]}
              value={draft.event}
              onChange={(event) => change({ event: event.target.value === 'failed' ? 'failed' : 'completed' })}
            />
          </Field>
        </div>
      )
    case 'webhook':
      return (
        <Field
          label="Where the text stands in the JSON"
          optional
          hint="Such as data.text. Left empty, the body as it comes is the text. Address and secret follow."
          error={problemOf('textPath')}
        >
          <Input
            className="mono"
            value={draft.textPath}
            maxLength={200}
            onChange={(event) => change({ textPath: event.target.value })}
          />
        </Field>
      )
  }
}

function ScheduleFields({ draft, change, problemOf }: KindProps) {
  const preset = PRESETS.some(({ value }) => value === draft.cron) ? draft.cron : ''
  return (
    <>
      <div className="grid gap-4 md:grid-cols-3">
        <Field label="When">
          <Select
            choices={[...PRESETS, { value: '', label: 'As written beside', disabled: preset !== '' }]}
            value={preset}
            onChange={(event) => change({ cron: event.target.value })}
          />
        </Field>
        <Field label="As five fields" note="cron" error={problemOf('cron')}>
          <Input
            className="mono"
            value={draft.cron}
            maxLength={100}
            spellCheck={false}
            onChange={(event) => change({ cron: event.target.value })}
          />
        </Field>
        <Field label="Time zone" error={problemOf('timeZone')}>
          <Input
            value={draft.timeZone}
            maxLength={60}
            spellCheck={false}
            onChange={(event) => change({ timeZone: event.target.value })}
          />
        </Field>
      </div>
      <SchedulePreview cron={draft.cron} timeZone={draft.timeZone} />
      <Field label="Text that each run reads" error={problemOf('text')}>
        <Textarea document rows={4} value={draft.text} onChange={(event) => change({ text: event.target.value })} />
      </Field>
    </>
  )
}
