'use client'

import { Plus } from 'lucide-react'
import { type FormEvent, useState, useTransition } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { type ActionError, type ActionResult, runAction } from '#app/_ui/run-action.ts'
import { notify } from '#app/_ui/toast.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { PriceRequest } from '#lib/prices/requests.ts'
import type { PriceBook } from '#lib/prices/shapes.ts'

type Props = {
  suggested: string
  /** Models that were called and have no price. */
  unpriced: readonly string[]
  refusal: string | null
  add: (workspace: string, request: PriceRequest) => Promise<ActionResult<PriceBook>>
  onAdded: (book: PriceBook) => void
}

export function NewPriceForm({ suggested, unpriced, refusal, add, onAdded }: Props) {
  const workspace = useWorkspace()
  const [model, setModel] = useState(suggested)
  const [input, setInput] = useState('')
  const [cached, setCached] = useState('')
  const [output, setOutput] = useState('')
  const [error, setError] = useState<ActionError | null>(null)
  const [busy, startSending] = useTransition()
  const errorOf = (path: string) => error?.issues?.find((issue) => issue.path === path)?.message ?? null

  function submit(event: FormEvent) {
    event.preventDefault()
    if (busy || refusal) return
    startSending(async () => {
      const request = {
        model,
        inputPerMillion: amountOf(input),
        outputPerMillion: amountOf(output),
        ...(cached.trim() === '' ? {} : { cachedPerMillion: amountOf(cached) }),
      }
      const answer = await runAction(() => add(workspace.slug, request))
      setError(answer.ok ? null : answer.error)
      if (!answer.ok) return
      onAdded(answer.data)
      notify(`Calls of ${model} have this price from now on`)
      setInput('')
      setCached('')
      setOutput('')
    })
  }

  return (
    <Panel title="Add a price">
      <form noValidate onSubmit={submit} aria-label="Add a price" className="p-3.5 grid gap-3.5">
        <Field label="Model" hint="As it is named in the settings." error={errorOf('model')}>
          <Input
            className="mono"
            value={model}
            list="unpriced-models"
            onChange={(event) => setModel(event.target.value)}
          />
        </Field>
        <datalist id="unpriced-models">
          {unpriced.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </datalist>
        <Dollars label="Input" value={input} onChange={setInput} error={errorOf('inputPerMillion')} />
        <Dollars
          label="Kept input"
          optional
          hint="Tokens that the provider had cached; empty = as input."
          value={cached}
          onChange={setCached}
          error={errorOf('cachedPerMillion')}
        />
        <Dollars label="Output" value={output} onChange={setOutput} error={errorOf('outputPerMillion')} />
        <p className="text-12 text-soft">
          In US dollars for a million tokens. It counts for calls from now on, in all workspaces; calls made before keep
          what they cost.
        </p>
        {error && (error.issues ?? []).length === 0 ? <ActionNote error={error} /> : null}
        <Button type="submit" kind="primary" icon={<Plus aria-hidden />} busy={busy} disabledReason={refusal}>
          Add price
        </Button>
        {refusal ? <p className="hint">{refusal}</p> : null}
      </form>
    </Panel>
  )
}

type DollarsProps = {
  label: string
  optional?: boolean
  hint?: string
  value: string
  onChange: (value: string) => void
  error: string | null
}

function Dollars({ value, onChange, ...field }: DollarsProps) {
  return (
    <Field {...field}>
      <Input
        inputMode="decimal"
        className="num"
        placeholder="2.50"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  )
}

/** Not a number where nothing or something else was typed: the server says so beside the field. */
function amountOf(text: string): number {
  const trimmed = text
    .trim()
    .replace(/^\$/, '')
    .replace(/^(\d+),(\d{1,2})$/, '$1.$2')
  return trimmed === '' ? Number.NaN : Number(trimmed)
}
