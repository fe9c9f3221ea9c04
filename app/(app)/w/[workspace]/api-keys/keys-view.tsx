'use client'

import { Eye, EyeOff, KeyRound, Plus, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import type { ActionError } from '#app/_ui/run-action.ts'
import type { ApiKey } from '#lib/access/keys.ts'
import { headlineOf } from './first-call.ts'
import { KeysList, type KeysListProps } from './keys-list.tsx'

/** `top` is the form for a new key, or the secret of the one just made. */
export function KeysView({
  keys,
  workspaceName,
  showRevoked,
  top,
  error,
  onNew,
  onShowRevoked,
  ...list
}: Omit<KeysListProps, 'keys'> & {
  keys: readonly ApiKey[]
  workspaceName: string
  showRevoked: boolean
  top: ReactNode
  error: ActionError | null
  onNew: (() => void) | null
  onShowRevoked: (on: boolean) => void
}) {
  const live = keys.filter((key) => key.revokedAt === null)
  const revoked = keys.length - live.length
  const newKey = (
    <Button kind="primary" icon={<Plus className="i" aria-hidden />} onClick={onNew ?? undefined}>
      New key
    </Button>
  )
  return (
    <div className="page flex flex-col gap-4 min-w-0">
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0">
          <h1 className="text-20">{headlineOf(live)}</h1>
          <p className="text-soft mt-0.5">
            For programs. Each can do less than you, never more, and only in {workspaceName}.
          </p>
        </div>
        {onNew === null || keys.length === 0 ? null : <div className="ml-auto max-md:ml-0">{newKey}</div>}
      </div>
      {top}
      {error === null ? null : <ActionNote error={error} />}
      {keys.length === 0 ? (
        top === null ? (
          <div className="max-w-2xl">
            <EmptyState icon={<KeyRound aria-hidden />} title="Let a program submit tasks" actions={newKey}>
              A key belongs to this workspace and to one program. You choose whether it runs tasks, reads results, or
              both; you see its first call arrive, and you can revoke it at any time.
            </EmptyState>
          </div>
        ) : null
      ) : (
        <Panel
          title={
            <span id="keys-heading" tabIndex={-1} className="outline-none">
              Keys
            </span>
          }
          count={live.length}
          className="overflow-hidden"
          end={
            revoked === 0 ? null : (
              <Button
                kind="ghost"
                size="sm"
                icon={showRevoked ? <EyeOff className="i-sm" aria-hidden /> : <Eye className="i-sm" aria-hidden />}
                aria-pressed={showRevoked}
                onClick={() => onShowRevoked(!showRevoked)}
              >
                {showRevoked ? 'Hide' : 'Show'} {revoked} revoked
              </Button>
            )
          }
        >
          {live.length === 0 && !showRevoked ? (
            <p className="px-3.5 py-3 text-soft">Every key is revoked: no program can reach this workspace.</p>
          ) : (
            <KeysList keys={showRevoked ? keys : live} {...list} />
          )}
        </Panel>
      )}
      <p className="flex items-start gap-2 text-12 text-soft">
        <ShieldCheck className="i-sm mt-px" aria-hidden />
        <span>
          Only a hash of each secret is stored. A key is sent as{' '}
          <code className="mono">Authorization: Bearer bt_…</code>, never in an address.
        </span>
      </p>
    </div>
  )
}
