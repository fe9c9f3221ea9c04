'use client'

import { CircleAlert } from 'lucide-react'
import { Panel } from '#app/_ui/panel.tsx'

const EXAMPLES = [
  'Summarise it and find the risks',
  'Translate it into English and list what we have to do',
  'Decide whether to appeal, with proof for every point',
  'Check the figures and draft questions',
]

/** What is wanted, in words; a few to begin with. */
export function GoalPanel({
  goal,
  onChange,
  error,
}: {
  goal: string
  onChange: (goal: string) => void
  error: string | null
}) {
  return (
    <Panel title="Goal">
      <div className="p-3 grid gap-2.5">
        <label htmlFor="field-goal" className="sr">
          What you want from the text
        </label>
        <textarea
          id="field-goal"
          dir="auto"
          rows={2}
          value={goal}
          onChange={(event) => onChange(event.target.value)}
          aria-describedby={error ? 'field-goal-error field-goal-hint' : 'field-goal-hint'}
          aria-invalid={error ? true : undefined}
          placeholder="Such as: summarise it, find the risks and draft questions"
          className="area field-sizing-content min-h-16 max-h-60 block resize-none"
        />
        {error ? (
          <p className="err" id="field-goal-error">
            <CircleAlert className="i-sm" aria-hidden />
            {error}
          </p>
        ) : null}
        <p className="hint" id="field-goal-hint">
          In your own words. Without a model, words in English, German, French and Spanish are understood.
        </p>
        <ul className="flex flex-wrap gap-1.5" aria-label="Examples of goals">
          {EXAMPLES.map((example) => (
            <li key={example} className="min-w-0">
              <button
                type="button"
                className="btn btn-secondary btn-sm h-auto! min-h-7 max-md:min-h-11 py-1! whitespace-normal! text-left"
                onClick={() => {
                  onChange(example)
                  document.getElementById('field-goal')?.focus()
                }}
              >
                {example}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  )
}
