'use client'

import { CircleQuestionMark } from 'lucide-react'
import { useState } from 'react'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { IconButton } from '#app/_ui/icon-button.tsx'

export const RESET_COMMAND = 'npm run reset-password -- you@example.com'

export function SignInHelp() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton label="Help" icon={<CircleQuestionMark aria-hidden />} onClick={() => setOpen(true)} />
      <Dialog open={open} onClose={() => setOpen(false)} title="Getting in">
        <dl className="grid gap-4">
          <div>
            <dt className="font-medium">Who has the first account?</dt>
            <dd className="text-soft mt-0.5">
              Whoever started this Baton: its terminal printed the email and the password on the first start.
            </dd>
          </div>
          <div>
            <dt className="font-medium">A lost password</dt>
            <dd className="text-soft mt-0.5">
              Whoever runs this server makes a link that sets a new one, once, within an hour:
              <ResetCommand />
            </dd>
          </div>
          <div>
            <dt className="font-medium">Too many tries</dt>
            <dd className="text-soft mt-0.5">After ten wrong passwords an account pauses for five minutes.</dd>
          </div>
        </dl>
      </Dialog>
    </>
  )
}

export function ResetCommand() {
  return (
    <span className="mt-2 flex items-center gap-1 rounded-md border border-line bg-well pl-2.5 pr-1 py-1">
      <code className="mono text-ink min-w-0 break-words flex-1">{RESET_COMMAND}</code>
      <CopyButton text={RESET_COMMAND} label="Copy the command" />
    </span>
  )
}
