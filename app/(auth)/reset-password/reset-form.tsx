'use client'

import { useActionState, useRef } from 'react'
import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { Note } from '#app/_ui/note.tsx'
import { runAction } from '#app/_ui/run-action.ts'
import { setNewPassword } from '../actions.ts'
import { type Failure, FailureNote, failureOf } from '../failure-note.tsx'
import { PasswordField } from '#app/_ui/password-field.tsx'
import { typed } from '#app/_ui/typed.ts'
import { useRetry } from '../use-retry.ts'

type State = { password: string; failure: Failure | null; error: string | null; done: boolean }

export function ResetForm({ token, email }: { token: string; email: string }) {
  const form = useRef<HTMLFormElement>(null)
  const [state, submit, busy] = useActionState(
    async (_: State, data: FormData): Promise<State> => {
      const password = typed(data, 'password')
      const result = await runAction(() => setNewPassword({ token, password }))
      if (result.ok) return { password: '', failure: null, error: null, done: true }
      const error = result.error.issues?.[0]?.message ?? null
      return { password, failure: error ? null : failureOf(result.error), error, done: false }
    },
    { password: '', failure: null, error: null, done: false },
  )
  useRetry(form, state.failure, busy)
  if (state.done)
    return (
      <div className="grid gap-4 mt-5">
        <Note tone="plain" alert title="The new password is set">
          Every session of this account has ended, on all devices.
        </Note>
        <ButtonLink kind="primary" size="lg" href="/sign-in" className="w-full">
          Sign in
        </ButtonLink>
      </div>
    )
  return (
    <form ref={form} action={submit} className="flex flex-col gap-4 mt-5" aria-label="Set a new password">
      <FailureNote failure={state.failure} />
      {/* For password managers: which account the new password belongs to. */}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        tall
        label="New password"
        autoComplete="new-password"
        defaultValue={state.password}
        error={state.error}
        hint="At least 8 characters. A few unrelated words are easy to remember."
      />
      <Button type="submit" kind="primary" size="lg" className="w-full" busy={busy}>
        Set the password
      </Button>
    </form>
  )
}
