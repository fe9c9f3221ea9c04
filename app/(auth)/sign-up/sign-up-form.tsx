'use client'

import { useActionState, useRef } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import { runAction } from '#app/_ui/run-action.ts'
import { signUp } from '../actions.ts'
import { type Failure, FailureNote, failureOf } from '../failure-note.tsx'
import { PasswordField } from '#app/_ui/password-field.tsx'
import { typed } from '#app/_ui/typed.ts'
import { useRetry } from '../use-retry.ts'

type Typed = { name: string; email: string; password: string }
type State = Typed & { failure: Failure | null; errors: Partial<Record<keyof Typed, string>>; leaving: boolean }

export function SignUpForm({ next }: { next: string }) {
  const form = useRef<HTMLFormElement>(null)
  const [state, submit, busy] = useActionState(
    async (_: State, data: FormData): Promise<State> => {
      const entered: Typed = {
        name: typed(data, 'name'),
        email: typed(data, 'email'),
        password: typed(data, 'password'),
      }
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
      const result = await runAction(() => signUp({ ...entered, timeZone, next }))
      if (result.ok) {
        window.location.assign(result.data.to)
        return { ...entered, failure: null, errors: {}, leaving: true }
      }
      const errors = Object.fromEntries((result.error.issues ?? []).map(({ path, message }) => [path, message]))
      const failure = result.error.issues ? null : failureOf(result.error)
      return { ...entered, failure, errors, leaving: false }
    },
    { name: '', email: '', password: '', failure: null, errors: {}, leaving: false },
  )
  useRetry(form, state.failure, busy)
  return (
    <form ref={form} action={submit} className="flex flex-col gap-4 mt-5" aria-label="Create your account">
      <FailureNote failure={state.failure} />
      <Field label="Name" error={state.errors.name}>
        <Input name="name" autoComplete="name" required maxLength={100} defaultValue={state.name} className="h-10!" />
      </Field>
      <Field label="Email" error={state.errors.email}>
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
        autoComplete="new-password"
        defaultValue={state.password}
        error={state.errors.password}
        hint="At least 8 characters. A few unrelated words are easy to remember."
      />
      <Button type="submit" kind="primary" size="lg" className="w-full" busy={busy || state.leaving}>
        Create account
      </Button>
    </form>
  )
}
