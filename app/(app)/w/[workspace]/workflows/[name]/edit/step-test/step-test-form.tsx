'use client'

import { Play } from 'lucide-react'
import { useState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Field } from '#app/_ui/field.tsx'
import { type ActionError, runAction } from '#app/_ui/run-action.ts'
import { Textarea } from '#app/_ui/textarea.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { StepPins, StepTrial } from '#lib/workflows/stored/shapes.ts'
import { useRequestKey } from '../../../../tasks/new/use-request-key.ts'
import { testThisStep } from '../../../actions.ts'
import { readPins, TEST_WORDS, type TestedStep } from './pins.ts'
import { TestTask } from './test-task.tsx'
import { TrialView } from './trial-view.tsx'

type Props = { workflow: string; step: TestedStep; pins: StepPins }

/** What the step is given, and what came of it. */
export function StepTestForm({ workflow, step, pins }: Props) {
  const { slug } = useWorkspace()
  const keyFor = useRequestKey()
  const [text, setText] = useState(pins.text)
  const [typed, setTyped] = useState<Record<string, string>>({})
  const [round, setRound] = useState(0)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ActionError | null>(null)
  const [trial, setTrial] = useState<StepTrial | null>(null)
  const { outputs, problems } = readPins(pins, typed)
  const worker = step.kind === 'worker' || step.kind === 'map'

  async function run() {
    setBusy(true)
    setError(null)
    // Some kinds read no text, but a run always has one.
    const given = text.trim() === '' && !worker ? 'Sample' : text
    const request = { input: { text: given, title: pins.title || 'Sample' }, outputs }
    const sent = { name: workflow, step: step.name, request }
    const answer = await runAction(() => testThisStep(slug, { ...sent, idempotencyKey: keyFor({ ...sent, round }) }))
    setBusy(false)
    if (!answer.ok) return setError(answer.error)
    setRound(round + 1)
    setTrial(answer.data)
  }

  const whyNot =
    Object.keys(problems).length > 0
      ? 'Correct the pinned outputs first.'
      : worker && text.trim() === ''
        ? 'Give it a text to work on.'
        : null
  return (
    <div className="grid gap-4 min-w-0">
      <Field label="Text" note="of the run" hint={text === '' ? 'Paste a text like those that come in.' : undefined}>
        <Textarea rows={5} value={text} maxLength={200_000} onChange={({ target }) => setText(target.value)} />
      </Field>
      {pins.pins.map(({ name, title, from, value }) => (
        <Field
          key={name}
          label={`Output of ${title}`}
          note={from === 'run' ? 'pinned from the run' : 'an example, change it as you like'}
          error={problems[name] ?? null}
        >
          <Textarea
            className="mono text-12!"
            rows={5}
            spellCheck={false}
            value={typed[name] ?? JSON.stringify(value, null, 2)}
            onChange={({ target }) => setTyped({ ...typed, [name]: target.value })}
          />
        </Field>
      ))}
      <div className="flex flex-wrap items-center gap-3">
        <p className="text-12 text-soft flex-1 basis-60">{TEST_WORDS[step.kind] ?? ''}</p>
        <Button
          kind="primary"
          icon={<Play aria-hidden />}
          busy={busy}
          disabledReason={whyNot}
          onClick={() => void run()}
        >
          {trial ? 'Test again' : 'Run the test'}
        </Button>
      </div>
      {error ? <ActionNote error={error} /> : null}
      {trial ? (
        <TrialView trial={trial} />
      ) : pins.lastTest ? (
        <TestTask taskId={pins.lastTest} title="The last test" items={null} />
      ) : null}
    </div>
  )
}
