'use client'

import { RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'
import { Note } from './note.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import type { ActionError } from './run-action.ts'

/** Why an action did not happen, in the place where it was asked for. */
export function ActionNote({ error, actions }: { error: ActionError; actions?: ReactNode }) {
  const reload = error.code === 'new_version'
  return (
    <Note
      tone={reload ? 'blocked' : 'failed'}
      alert
      title={error.message}
      actions={
        <>
          {reload ? (
            <Button size="sm" icon={<RotateCw aria-hidden />} onClick={() => window.location.reload()}>
              Reload
            </Button>
          ) : null}
          {error.code === 'unauthenticated' ? <SignInAgain /> : null}
          {actions}
        </>
      }
    >
      {error.code === 'internal' && error.requestId ? (
        <span className="inline-flex items-center gap-1">
          Error <span className="mono">{error.requestId}</span>
          <CopyButton text={error.requestId} label="Copy the error id" />
        </span>
      ) : null}
    </Note>
  )
}
