'use client'

import { useRouter } from 'next/navigation'
import { useActionState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import { type ActionError, runAction } from '#app/_ui/run-action.ts'
import { notify } from '#app/_ui/toast.tsx'
import { typed } from '#app/_ui/typed.ts'
import { rename } from './actions.ts'

type State = { name: string; error: ActionError | null }

export function NameForm({ name }: { name: string }) {
  const router = useRouter()
  const [state, submit, busy] = useActionState(
    async (_: State, data: FormData): Promise<State> => {
      const entered = typed(data, 'name')
      const result = await runAction(() => rename({ name: entered }))
      if (!result.ok) return { name: entered, error: result.error }
      notify('Your name is saved.')
      router.refresh()
      return { name: result.data.name, error: null }
    },
    { name, error: null },
  )
  const issue = state.error?.issues?.[0]?.message
  return (
    <form action={submit} className="p-3.5 grid gap-3.5" aria-label="Profile">
      {state.error && !issue ? <ActionNote error={state.error} /> : null}
      <Field label="Name" error={issue} hint="Stands beside the tasks that you submit.">
        <Input name="name" autoComplete="name" required maxLength={100} defaultValue={state.name} />
      </Field>
      <div>
        <Button type="submit" busy={busy}>
          Save name
        </Button>
      </div>
    </form>
  )
}
