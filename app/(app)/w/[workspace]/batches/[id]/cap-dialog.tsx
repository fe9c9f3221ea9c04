'use client'

import { useState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import type { ActionError } from '#app/_ui/run-action.ts'
import type { BatchDetail } from '#lib/batches/shapes.ts'
import type { BudgetRequest } from '#lib/budgets/requests.ts'
import { formatMoney } from '#lib/money.ts'
import { capOf, capText } from '../cap.ts'

type Props = {
  batch: BatchDetail
  open: boolean
  busy: boolean
  error: ActionError | null
  onSave: (request: BudgetRequest) => void
  onClose: () => void
}

/** What the batch may cost, from now on. */
export function CapDialog({ batch, open, busy, error, onSave, onClose }: Props) {
  const { budget } = batch
  const [text, setText] = useState(capText(budget?.capMicros ?? null))
  const [unpriced, setUnpriced] = useState(budget?.unpriced ?? false)
  const [told, setTold] = useState(false)
  const cap = capOf(text)
  const used = (budget?.spentMicros ?? batch.costMicros ?? 0) + (budget?.reservedMicros ?? 0)
  const missing = cap.micros === null && budget === null ? 'Write an amount in US dollars, such as 2.50.' : null
  const problem = cap.problem ?? missing

  function save() {
    setTold(true)
    if (problem === null) onSave({ capMicros: cap.micros, unpriced })
    else document.getElementById('batch-cap')?.focus()
  }

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={budget ? 'Change the cap' : 'Set a cap'}
      description="No call is made that could bring the batch above it. What is under way finishes."
      footer={
        <>
          <Button onClick={onClose}>Keep it as it is</Button>
          <Button kind="primary" busy={busy} onClick={save}>
            {cap.micros === null && budget
              ? 'Take the cap off'
              : `Set the cap${cap.micros === null ? '' : ` to ${formatMoney(cap.micros)}`}`}
          </Button>
        </>
      }
    >
      <form
        noValidate
        className="grid gap-3.5"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Field
          id="batch-cap"
          label="Hard cap in US dollars"
          error={told ? problem : null}
          hint={
            cap.micros !== null && cap.micros < used
              ? `${formatMoney(used)} are spent or reserved already, so no other call starts.`
              : budget
                ? `${formatMoney(used)} are spent or reserved. Empty takes the cap off.`
                : 'What its calls have cost so far counts.'
          }
        >
          <Input inputMode="decimal" className="num" value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
        <label className="flex items-start gap-2">
          <input
            type="checkbox"
            className="check mt-0.5"
            checked={unpriced}
            onChange={(event) => setUnpriced(event.target.checked)}
          />
          <span>
            Call models without a price too
            <span className="block text-12 text-soft">
              Nobody can say what those calls cost, so they do not count and the cap does not hold them.
            </span>
          </span>
        </label>
        {error ? <ActionNote error={error} /> : null}
      </form>
    </Dialog>
  )
}
