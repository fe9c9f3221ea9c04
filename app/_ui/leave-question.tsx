'use client'

import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { useLeaveGuard } from './leave-guard.tsx'

/** Asked before the page is left while it is `active`, since something would be lost. */
export function LeaveQuestion({ active, title, description }: { active: boolean; title: string; description: string }) {
  const leaving = useLeaveGuard(active)
  return (
    <Dialog
      open={leaving.asked}
      onClose={leaving.stay}
      title={title}
      description={description}
      footer={
        <>
          <Button kind="ghost" onClick={leaving.leave}>
            Leave without it
          </Button>
          <Button kind="primary" onClick={leaving.stay}>
            Stay here
          </Button>
        </>
      }
    />
  )
}
