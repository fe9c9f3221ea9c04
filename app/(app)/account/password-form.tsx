'use client'

import { useRouter } from 'next/navigation'
import { useActionState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Note } from '#app/_ui/note.tsx'
import { PasswordField } from '#app/_ui/password-field.tsx'
import { type ActionError, runAction } from '#app/_ui/run-action.ts'
import { typed } from '#app/_ui/typed.ts'
import { changePassword } from './actions.ts'

type State = { currentPassword: string; password: string; error: ActionError | null; done: boolean }

const EMPTY: State = { currentPassword: '', password: '', error: null, done: false }

export function PasswordForm({ email }: { email: string }) {
  const router = useRouter()
  const [state, submit, busy] = useActionState(async (_: State, data: FormData): Promise<State> => {
    const entered = { currentPassword: typed(data, 'currentPassword'), password: typed(data, 'password') }
    const result = await runAction(() => changePassword(entered))
    if (!result.ok) return { ...entered, error: result.error, done: false }
    router.refresh()
    return { ...EMPTY, done: true }
  }, EMPTY)
  const issueOf = (path: string) => state.error?.issues?.find((issue) => issue.path === path)?.message
  return (
    <form action={submit} className="p-3.5 grid gap-3.5" aria-label="Change password">
      {state.error && !state.error.issues ? <ActionNote error={state.error} /> : null}
      {state.done ? (
        <Note tone="plain" alert title="The new password is set">
          Every other session of this account has ended.
        </Note>
      ) : null}
      {/* For password managers: which account the passwords belong to. */}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label="Current password"
        name="currentPassword"
        autoComplete="current-password"
        defaultValue={state.currentPassword}
        error={issueOf('currentPassword')}
      />
      <PasswordField
        label="New password"
        autoComplete="new-password"
        defaultValue={state.password}
        error={issueOf('password')}
        hint="At least 8 characters. All other sessions end."
      />
      <div>
        <Button type="submit" busy={busy}>
          Change password
        </Button>
      </div>
    </form>
  )
}
