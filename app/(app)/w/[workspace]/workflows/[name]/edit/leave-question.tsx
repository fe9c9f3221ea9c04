'use client'

import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { useLeaveGuard } from '#app/_ui/leave-guard.tsx'

/** Asked before the page is left while it holds what could not be saved. */
export function LeaveQuestion({ active }: { active: boolean }) {
  const leaving = useLeaveGuard(active)
  return (
    <Dialog
      open={leaving.asked}
      onClose={leaving.stay}
      title="Leave without saving?"
      description="What was typed last is not saved: it cannot be read as YAML, or the server did not take it."
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
