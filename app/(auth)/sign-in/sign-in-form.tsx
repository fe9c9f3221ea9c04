'use client'

import Link from 'next/link'
import { useActionState, useRef } from 'react'
import type { ActionResult } from '#app/_server/action.ts'
import { Button } from '#app/_ui/button.tsx'
import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import { runAction } from '#app/_ui/run-action.ts'
import { signIn, type SignInAnswer } from '../actions.ts'
import { type Failure, FailureNote, failureOf } from '../failure-note.tsx'
import { PasswordField } from '#app/_ui/password-field.tsx'
import { typed } from '#app/_ui/typed.ts'
import { useRetry } from '../use-retry.ts'

type State = { email: string; password: string; remember: boolean; failure: Failure | null; leaving: boolean }

export function SignInForm({ next }: { next: string }) {
  const form = useRef<HTMLFormElement>(null)
  const [state, submit, busy] = useActionState(
    async (_: State, data: FormData): Promise<State> => {
      const entered = {
        email: typed(data, 'email'),
        password: typed(data, 'password'),
        remember: data.get('remember') === 'on',
      }
      const result = await runAction(() => signIn({ ...entered, next }))
      const failure = failureFrom(result)
      if (!failure && result.ok && 'to' in result.data) {
        // A full load: nothing that was fetched without a session stays.
        window.location.assign(result.data.to)
        return { ...entered, failure: null, leaving: true }
      }
      return { ...entered, password: failure?.kind === 'offline' ? entered.password : '', failure, leaving: false }
    },
    { email: '', password: '', remember: true, failure: null, leaving: false },
  )
  useRetry(form, state.failure, busy)
  return (
    <form ref={form} action={submit} className="flex flex-col gap-4 mt-5" aria-label="Sign in">
      <FailureNote failure={state.failure} />
      <Field label="Email">
        <Input
          name="email"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          required
          maxLength={320}
          defaultValue={state.email}
          className="h-10!"
        />
      </Field>
      <PasswordField
        tall
        autoComplete="current-password"
        defaultValue={state.password}
        aside={
          <Link className="link" href="/reset-password">
            Forgotten?
          </Link>
        }
      />
      <label className="flex items-center gap-2 min-h-6 max-md:min-h-11">
        <input type="checkbox" name="remember" className="check" defaultChecked={state.remember} />
        Stay signed in for up to 30 days
      </label>
      <Button type="submit" kind="primary" size="lg" className="w-full" busy={busy || state.leaving}>
        Sign in
      </Button>
    </form>
  )
}

function failureFrom(result: ActionResult<SignInAnswer>): Failure | null {
  if (!result.ok) return failureOf(result.error)
  return 'to' in result.data ? null : { kind: 'wrong', triesLeft: result.data.triesLeft }
}
