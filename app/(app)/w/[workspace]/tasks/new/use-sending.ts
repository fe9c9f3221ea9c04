import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { type FormEvent, useRef, useState, useTransition } from 'react'
import { flushSync } from 'react-dom'
import { type ActionError, type ActionResult, runAction } from '#app/_ui/run-action.ts'
import { useChord } from '#app/_ui/shortcuts.ts'
import type { Draft } from './draft.ts'

type Sent = { id: string }

export type Sending = {
  /** Nothing is sent while something is. */
  start: () => Promise<ActionResult<Sent>>
  /** What the person has to correct first is told instead. */
  wrong: boolean
  done: (made: Sent) => string
}

/** Sends a form that begins work, by its button or ⌘↵. A refusal stays as long as the draft is the one that it is about. */
export function useSending(draft: Draft, refusal: string | null) {
  const router = useRouter()
  const form = useRef<HTMLFormElement>(null)
  const [attempted, setAttempted] = useState(false)
  const [refused, setRefused] = useState<{ draft: Draft; error: ActionError } | null>(null)
  const [busy, startSending] = useTransition()
  useChord('mod+enter', () => form.current?.requestSubmit())

  function send(event: FormEvent, { start, wrong, done }: Sending) {
    event.preventDefault()
    if (busy || refusal) return
    if (wrong) {
      flushSync(() => setAttempted(true))
      return focusSummary()
    }
    startSending(async () => {
      const result = await runAction(start)
      if (result.ok) return router.push(done(result.data) as Route)
      flushSync(() => setRefused({ draft, error: result.error }))
      focusSummary()
    })
  }

  return { form, busy, attempted, error: refused?.draft === draft ? refused.error : null, send }
}

/** Leads to a field that has to be corrected. */
export function visitField(field: string): void {
  const target = document.getElementById(`field-${field}`)
  target?.focus()
  target?.scrollIntoView({ block: 'center' })
}

function focusSummary(): void {
  document.getElementById('correction-summary')?.focus()
}
