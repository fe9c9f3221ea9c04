'use client'

import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'

type Props = {
  /** Whose secret it is; null closes it. */
  of: string | null
  /** What counts for another day, in words. */
  overlap: string
  busy: boolean
  onRotate: (endEarlier: boolean) => void
  onClose: () => void
}

/** Asks before a secret is replaced, and whether the one before is to end at once. */
export function RotateDialog({ of, overlap, busy, onRotate, onClose }: Props) {
  const [endEarlier, setEndEarlier] = useState(false)
  return (
    <Dialog
      open={of !== null}
      onClose={onClose}
      title={`A new secret for ${of ?? ''}?`}
      description={
        endEarlier
          ? 'Whoever has only the earlier one is shut out at once.'
          : `${overlap} An even earlier one ends now.`
      }
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            Keep the secret
          </Button>
          <Button
            kind={endEarlier ? 'danger' : 'primary'}
            icon={<KeyRound aria-hidden />}
            busy={busy}
            onClick={() => onRotate(endEarlier)}
          >
            Make a new secret
          </Button>
        </>
      }
    >
      <label className="flex items-start gap-2">
        <input
          type="checkbox"
          className="mt-1 accent-(--accent)"
          checked={endEarlier}
          onChange={({ target }) => setEndEarlier(target.checked)}
        />
        <span>
          End the earlier one at once
          <span className="block text-12 text-soft">For a secret that others may know.</span>
        </span>
      </label>
    </Dialog>
  )
}
