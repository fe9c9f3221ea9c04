'use client'

import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import { capOf } from '../cap.ts'

type Props = {
  text: string
  onText: (text: string) => void
  /** Whether what is missing is told. */
  told: boolean
  /** A model will be called that has no price. */
  asksWord: boolean
  unpriced: boolean
  onUnpriced: (unpriced: boolean) => void
}

/** The most that the batch may cost, and a word where that cannot be held. */
export function CapField({ text, onText, told, asksWord, unpriced, onUnpriced }: Props) {
  const cap = capOf(text)
  return (
    <div className="grid gap-3">
      <Field
        id="field-cap"
        label="Hard cap in US dollars"
        optional
        error={told ? cap.problem : null}
        hint="No call is made that could bring the batch above it. At the cap what is finished stays, and the rest waits for you."
      >
        <Input
          inputMode="decimal"
          className="num"
          placeholder="none"
          value={text}
          onChange={(event) => onText(event.target.value)}
        />
      </Field>
      {asksWord ? (
        <div>
          <label className="flex items-start gap-2 [overflow-wrap:anywhere]">
            <input
              id="field-unpriced"
              type="checkbox"
              className="check mt-0.5"
              checked={unpriced}
              aria-describedby="field-unpriced-hint"
              aria-invalid={told && !unpriced}
              onChange={(event) => onUnpriced(event.target.checked)}
            />
            Call the model although it has no price
          </label>
          <p id="field-unpriced-hint" className={`text-12 mt-1 ${told && !unpriced ? 'text-failed-fg' : 'text-soft'}`}>
            Nobody can say what its calls cost, so they do not count and the cap does not hold them. Tick it to start
            all the same, add its price first, or leave the cap empty.
          </p>
        </div>
      ) : null}
    </div>
  )
}
