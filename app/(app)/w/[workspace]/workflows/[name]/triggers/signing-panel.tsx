'use client'

import { KeyRound, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { type ActionError, type ActionResult, runAction } from '#app/_ui/run-action.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { SigningSecret } from '#lib/deliveries/signing.ts'
import { newSigningSecret, readSigningSecret } from './actions.ts'
import { RotateDialog } from './rotate-dialog.tsx'

/** For whoever receives the calls of the workflow's own steps. */
export function SigningPanel({ maySeeSecret }: { maySeeSecret: boolean }) {
  const { slug, whyNot } = useWorkspace()
  const [shown, setShown] = useState<SigningSecret | null>(null)
  const [error, setError] = useState<ActionError | null>(null)
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState(false)
  async function take(work: () => Promise<ActionResult<SigningSecret>>) {
    setBusy(true)
    setError(null)
    const answer = await runAction(work)
    setBusy(false)
    setAsking(false)
    if (answer.ok) setShown(answer.data)
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
        {shown === null ? null : (
          <div aria-live="polite">
            <p className="flex items-center gap-1.5 min-w-0">
              <span className="mono text-ink truncate">{shown.secret}</span>
              <CopyButton text={shown.secret} label="Copy the signing secret" />
            </p>
            {shown.earlierUntil === null ? null : (
              <p>
                Calls are signed with the earlier one too until <DateTime at={shown.earlierUntil} />: change it at the
                receivers before.
              </p>
            )}
          </div>
        )}
        <div className="flex flex-wrap gap-2">
          {shown === null ? (
            <Button
              size="sm"
              icon={<KeyRound aria-hidden />}
              busy={busy && !asking}
              disabledReason={maySeeSecret ? null : 'Only an owner or admin of this workspace may see it.'}
              onClick={() => void take(() => readSigningSecret(slug, {}))}
            >
              Show the secret
            </Button>
          ) : null}
          <Button
            size="sm"
            icon={<RefreshCw aria-hidden />}
            disabledReason={whyNot('secret.change')}
            onClick={() => setAsking(true)}
          >
            New signing secret
          </Button>
        </div>
      </div>
      <RotateDialog
        of={asking ? 'the calls of this workspace' : null}
        overlap="For 24 hours each call is signed with both, so that receivers can change it in their own time."
        busy={busy}
        onRotate={(endEarlier) => void take(() => newSigningSecret(slug, { endEarlier }))}
        onClose={() => setAsking(false)}
      />
    </Panel>
  )
}
