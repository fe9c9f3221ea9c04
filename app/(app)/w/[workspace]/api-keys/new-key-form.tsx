'use client'

import { Check, KeyRound, Play, ScrollText, X } from 'lucide-react'
import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Field } from '#app/_ui/field.tsx'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { Input } from '#app/_ui/input.tsx'
import type { ActionError } from '#app/_ui/run-action.ts'
import type { ApiKeyScope } from '#lib/access/actor.ts'

export const SCOPES: Record<
  ApiKeyScope,
  { title: string; note: string; icon: ReactNode; can: string; cannot: string }
> = {
  run: {
    title: 'Run tasks',
    note: 'Submit, cancel and retry tasks',
    icon: <Play className="i" aria-hidden />,
    can: 'submit, cancel and retry tasks with every worker',
    cannot: 'submit, cancel or retry anything',
  },
  read: {
    title: 'Read results',
    note: 'Results, history, events and workers',
    icon: <ScrollText className="i" aria-hidden />,
    can: 'read results and history of the whole workspace',
    cannot: 'read results or history, not even of its own tasks',
  },
}

const ALL: readonly ApiKeyScope[] = ['run', 'read']

export function NewKeyForm({
  busy,
  error,
  onMake,
  onClose,
}: {
  busy: boolean
  error: ActionError | null
  onMake: (key: { name: string; scopes: ApiKeyScope[] }) => void
  onClose: () => void
}) {
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly ApiKeyScope[]>(ALL)
  const [tried, setTried] = useState(false)
  const nameInput = useRef<HTMLInputElement>(null)
  useEffect(() => nameInput.current?.focus(), [])
  const nameError =
    tried && name.trim() === '' ? 'Name the key after the program that will use it.' : issueOf(error, 'name')
  const scopesError = tried && scopes.length === 0 ? 'Choose at least one thing that the key may do.' : null

  function submit(event: SubmitEvent) {
    event.preventDefault()
    setTried(true)
    if (name.trim() === '') return nameInput.current?.focus()
    if (scopes.length > 0) onMake({ name: name.trim(), scopes: [...scopes] })
  }

  return (
    <form className="panel border-accent-line! overflow-hidden" aria-labelledby="new-key" onSubmit={submit} noValidate>
      <div className="panel-h bg-selected border-accent-line!">
        <KeyRound className="i text-accent-text" aria-hidden />
        <h2 id="new-key">New key</h2>
        <span className="end">
          <IconButton size="sm" label="Close" icon={<X className="i-sm" aria-hidden />} onClick={onClose} />
        </span>
      </div>
      <div className="grid grid-cols-1 xl:grid-cols-[minmax(0,1fr)_288px]">
        <div className="p-3.5 grid gap-4 min-w-0 content-start">
          {error === null || issueOf(error, 'name') !== null ? null : <ActionNote error={error} />}
          <Field label="Name" hint="The program, not the person. Stands in history." error={nameError}>
            <Input
              ref={nameInput}
              value={name}
              maxLength={80}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          <fieldset className="min-w-0" aria-describedby={scopesError === null ? undefined : 'scopes-error'}>
            <legend className="label mb-1.5">It may</legend>
            <div className="grid gap-2 md:grid-cols-2">
              {ALL.map((scope) => (
                <label
                  key={scope}
                  className="flex items-start gap-2.5 px-3 py-2.5 rounded-md border border-line cursor-pointer hover:border-control has-checked:border-accent has-checked:bg-selected"
                >
                  <input
                    type="checkbox"
                    className="check mt-0.5"
                    aria-labelledby={`scope-${scope}`}
                    checked={scopes.includes(scope)}
                    onChange={() => setScopes(ALL.filter((other) => scopes.includes(other) !== (other === scope)))}
                  />
                  <span className="min-w-0">
                    <span id={`scope-${scope}`} className="flex items-center gap-1.5 font-medium">
                      {SCOPES[scope].icon}
                      {SCOPES[scope].title}
                    </span>
                    <span className="block text-12 text-soft">{SCOPES[scope].note}</span>
                  </span>
                </label>
              ))}
            </div>
            {scopesError === null ? null : (
              <p className="err mt-1.5" id="scopes-error" role="alert">
                {scopesError}
              </p>
            )}
          </fieldset>
        </div>
        <div className="border-t xl:border-t-0 xl:border-l border-line p-3.5 bg-well flex flex-col gap-3">
          <h3 className="text-13 font-medium!">This key can and cannot</h3>
          <ul className="grid gap-2" aria-live="polite">
            {ALL.map((scope) => (
              <Power key={scope} can={scopes.includes(scope)}>
                {scopes.includes(scope) ? SCOPES[scope].can : SCOPES[scope].cannot}
              </Power>
            ))}
            <Power can={false}>change slots, keys, members or settings</Power>
            <Power can={false}>reach another workspace</Power>
          </ul>
          <div className="mt-auto pt-3 border-t border-line flex flex-col gap-2">
            <p className="text-12 text-soft">The secret is shown once, on the next screen, with a call to try.</p>
            <Button type="submit" kind="primary" size="lg" busy={busy} icon={<KeyRound className="i" aria-hidden />}>
              Make the key
            </Button>
          </div>
        </div>
      </div>
    </form>
  )
}

function issueOf(error: ActionError | null, path: string): string | null {
  return error?.issues?.find((issue) => issue.path === path)?.message ?? null
}

function Power({ can, children }: { can: boolean; children: string }) {
  return (
    <li className="flex gap-2">
      {can ? (
        <Check className="i-sm text-completed mt-0.5" aria-hidden />
      ) : (
        <X className="i-sm text-faint mt-0.5" aria-hidden />
      )}
      <span className={can ? '' : 'text-soft'}>
        <span className="sr">{can ? 'can ' : 'cannot '}</span>
        {children}
      </span>
    </li>
  )
}
