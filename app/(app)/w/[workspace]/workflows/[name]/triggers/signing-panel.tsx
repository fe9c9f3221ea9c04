'use client'

import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { type ActionError, runAction } from '#app/_ui/run-action.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import { readSigningSecret } from './actions.ts'

/** For whoever receives the calls of the workflow's own steps. */
export function SigningPanel({ maySeeSecret }: { maySeeSecret: boolean }) {
  const { slug } = useWorkspace()
  const [secret, setSecret] = useState<string | null>(null)
  const [error, setError] = useState<ActionError | null>(null)
  const [busy, setBusy] = useState(false)
  async function show() {
    setBusy(true)
    const answer = await runAction(() => readSigningSecret(slug, {}))
    setBusy(false)
    if (answer.ok) setSecret(answer.data)
    else setError(answer.error)
  }
  return (
    <Panel title="Calls that it makes">
      <div className="p-3.5 grid gap-3 text-12 text-soft">
        <p className="max-w-[68ch]">
          Steps of this workflow call a server. Each call is signed as Standard Webhooks does, with one secret for the
          whole workspace; its receiver checks the signature with it.
        </p>
        {error ? <ActionNote error={error} /> : null}
        {secret === null ? (
          <Button
            className="justify-self-start"
            size="sm"
            icon={<KeyRound aria-hidden />}
            busy={busy}
            disabledReason={maySeeSecret ? null : 'Only an owner or admin of this workspace may see it.'}
            onClick={() => void show()}
          >
            Show the secret
          </Button>
        ) : (
          <p className="flex items-center gap-1.5 min-w-0">
            <span className="mono text-ink truncate">{secret}</span>
            <CopyButton text={secret} label="Copy the signing secret" />
          </p>
        )}
      </div>
    </Panel>
  )
}
