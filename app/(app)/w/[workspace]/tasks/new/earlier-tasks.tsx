'use client'

import { History } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { onDemand } from '#app/_ui/on-demand.tsx'
import type { EarlierListProps } from './earlier-list.tsx'

const list = onDemand<EarlierListProps>(async () => (await import('./earlier-list.tsx')).EarlierList)

/** Starts the form from one of the person's latest tasks. */
export function EarlierTasks({ workers }: { workers: readonly { name: string; title: string }[] }) {
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button icon={<History aria-hidden />} onClick={() => setOpen(true)}>
        Start from an earlier task
      </Button>
      <Dialog open={open} onClose={close} title="Start from an earlier task">
        <list.Part wanted={open} props={{ workers, onChoose: close }} onFail={close} />
      </Dialog>
    </>
  )
}
