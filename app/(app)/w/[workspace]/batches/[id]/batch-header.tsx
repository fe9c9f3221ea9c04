'use client'

import { Ban, Pause, Play, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { useNow } from '#app/_ui/clock.tsx'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { formatRelative } from '#app/_ui/format.ts'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { BatchDetail } from '#lib/batches/shapes.ts'
import { BatchStatusBadge } from '../batch-status.tsx'
import { itemsOf } from '../words.ts'
import { ExportMenu } from './export-menu.tsx'

export type BatchAction = 'pause' | 'resume' | 'cancel' | 'retry'

type Props = {
  batch: BatchDetail
  updatedAt: number
  busy: BatchAction | null
  onAct: (action: BatchAction) => void
}

export function BatchHeader({ batch, updatedAt, busy, onAct }: Props) {
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
      <div className="min-w-0 flex-1 basis-80">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
          <h1 className="text-20 min-w-0 [overflow-wrap:anywhere]">{batch.name}</h1>
          <BatchStatusBadge status={batch.status} />
          {batch.finishedAt === null ? <Updated at={updatedAt} /> : null}
        </div>
        <p className="text-soft mt-1 flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span>
            {itemsOf(batch)}, {batch.target.title}
          </span>
          <span className="max-md:hidden">
            {batch.submittedBy ? `by ${batch.submittedBy.name}, ` : ''}
            <DateTime at={batch.createdAt} />
          </span>
          <span className="inline-flex items-center gap-1 min-w-0">
            <span className="mono" title={batch.id}>
              {batch.id.slice(0, 8)}…{batch.id.slice(-4)}
            </span>
            <CopyButton text={batch.id} label="Copy batch id" />
          </span>
        </p>
      </div>
      <Actions batch={batch} busy={busy} onAct={onAct} />
    </div>
  )
}

function Actions({ batch, busy, onAct }: Omit<Props, 'updatedAt'>) {
  const refusal = useWorkspace().whyNot('batch.change')
  const [asking, setAsking] = useState(false)
  const { counts, status } = batch
  const open = counts.not_yet + counts.pending + counts.in_progress + counts.blocked
  const ended = open === 0 ? 'The batch has ended.' : null
  return (
    <div className="flex flex-wrap gap-2">
      {status === 'paused' ? (
        <Button
          kind="primary"
          icon={<Play aria-hidden />}
          busy={busy === 'resume'}
          disabledReason={refusal}
          onClick={() => onAct('resume')}
        >
          Resume
        </Button>
      ) : (
        <Button
          icon={<Pause aria-hidden />}
          busy={busy === 'pause'}
          disabledReason={refusal ?? ended}
          onClick={() => onAct('pause')}
        >
          Pause
        </Button>
      )}
      {batch.retryable > 0 ? (
        <Button
          icon={<RotateCcw aria-hidden />}
          busy={busy === 'retry'}
          disabledReason={refusal ?? retryRefusal(batch)}
          onClick={() => onAct('retry')}
        >
          Retry {batch.retryable.toLocaleString('en')} failed
        </Button>
      ) : null}
      <ExportMenu batch={batch} />
      <Button
        icon={<Ban aria-hidden />}
        busy={busy === 'cancel'}
        disabledReason={refusal ?? ended}
        onClick={() => setAsking(true)}
      >
        Cancel
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Cancel ${itemsOf(batch, open)}?`}
        description="What runs is stopped, what waits never starts. Results that are here stay."
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Keep it running</Button>
            <Button
              kind="danger"
              onClick={() => {
                setAsking(false)
                onAct('cancel')
              }}
            >
              Cancel {itemsOf(batch, open)}
            </Button>
          </>
        }
      />
    </div>
  )
}

function retryRefusal({ status }: BatchDetail): string | null {
  if (status === 'paused') return 'The batch is paused. Resume it, then retry.'
  return status === 'cancelled' ? 'The batch was cancelled. Start its rows in a new one.' : null
}

function Updated({ at }: { at: number }) {
  const now = useNow()
  return <span className="live h-6!">Updated {formatRelative(Math.min(at, now), now)}</span>
}
