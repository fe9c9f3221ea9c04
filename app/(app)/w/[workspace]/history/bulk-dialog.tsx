'use client'

import { useRef } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { formatQuantity } from '#app/_ui/format.ts'
import type { ActionError } from '#app/_ui/run-action.ts'
import type { BulkAction } from './selection.ts'

/** Asks before many tasks change at once, with the number counted now. */
export function BulkDialog({
  action,
  count,
  exact,
  busy,
  error,
  onConfirm,
  onClose,
}: {
  /** Null = closed. */
  action: BulkAction | null
  /** Null while the server counts. */
  count: number | null
  exact: boolean
  busy: boolean
  error: ActionError | null
  onConfirm: () => void
  onClose: () => void
}) {
  const keep = useRef<HTMLButtonElement>(null)
  const many = count === null ? 'the selected tasks' : `${exact ? '' : 'more than '}${formatQuantity(count, 'task')}`
  const verb = action === 'cancel' ? 'Cancel' : 'Retry'
  return (
    <Dialog
      open={action !== null}
      onClose={onClose}
      initialFocus={keep}
      title={count === 0 ? `Nothing to ${verb.toLowerCase()}` : `${verb} ${many}?`}
      description={
        count === 0
          ? action === 'cancel'
            ? 'None of the selected tasks is open any more.'
            : 'None of the selected tasks failed, was cancelled or is blocked.'
          : action === 'cancel'
            ? 'Waiting ones never start, running ones stop within a second. They stay in History and can be retried.'
            : 'Each goes back to its queue with its attempts counted from 0. With a model connected this costs tokens again.'
      }
      footer={
        <>
          <Button ref={keep} kind="ghost" onClick={onClose}>
            {count === 0 ? 'Close' : action === 'cancel' ? 'Keep them' : 'Not now'}
          </Button>
          {count === 0 ? null : (
            <Button
              kind={action === 'cancel' ? 'danger' : 'primary'}
              busy={busy}
              disabledReason={count === null ? 'Counting' : null}
              onClick={onConfirm}
            >
              {verb} {many}
            </Button>
          )}
        </>
      }
    >
      {error === null ? null : <ActionNote error={error} />}
    </Dialog>
  )
}
