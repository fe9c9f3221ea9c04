'use client'

import { CircleX, Copy, FileUp, RotateCcw, X } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { Button } from '#app/_ui/button.tsx'
import { formatBytes } from '#app/_ui/format.ts'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { Progress } from '#app/_ui/progress.tsx'
import type { Upload } from './uploads.ts'

type Props = {
  uploads: readonly Upload[]
  hrefOf: (id: string) => string
  onRetry: (key: string) => void
  onDismiss: (key: string) => void
}

/** Files on their way, and those that did not arrive. */
export function UploadRows({ uploads, ...rest }: Props) {
  if (uploads.length === 0) return null
  return (
    <Panel title="Uploads" count={uploads.length}>
      <ul>
        {uploads.map((upload) => (
          <UploadRow key={upload.key} upload={upload} {...rest} />
        ))}
      </ul>
    </Panel>
  )
}

function UploadRow({ upload, hrefOf, onRetry, onDismiss }: { upload: Upload } & Omit<Props, 'uploads'>) {
  const { key, file, state, share, error, retryable, same } = upload
  const icons = { waiting: FileUp, sending: FileUp, failed: CircleX, duplicate: Copy }
  const Icon = icons[state]
  return (
    <li className="flex items-start gap-3 px-3.5 py-2.5 border-b border-line last:border-b-0">
      <Icon className={`i mt-0.5 ${state === 'failed' ? 'text-failed' : 'text-faint'}`} aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium [overflow-wrap:anywhere]">
          {file.name} <span className="text-12 text-soft font-normal num">{formatBytes(file.size)}</span>
        </p>
        {state === 'waiting' ? (
          <p className="flex items-center gap-1.5 text-12 text-pending-fg mt-1">
            <i className="hatch w-7 h-2 rounded-xs" aria-hidden />
            waits for the files before it
          </p>
        ) : null}
        {state === 'sending' ? (
          <div className="max-w-md mt-1">
            <Progress
              share={share}
              label={share < 1 ? `Uploading ${file.name}` : 'Checking that all of it is here'}
              end={`${Math.floor(share * 100)}%`}
            />
          </div>
        ) : null}
        {state === 'failed' ? (
          <p className="text-12 text-failed-fg mt-0.5" role="alert">
            {error}
          </p>
        ) : null}
        {state === 'duplicate' && same ? (
          <output className="block text-12 text-soft mt-0.5">
            Nothing was added: the same file is here already, as{' '}
            <Link className="link" href={hrefOf(same.id) as Route}>
              {'name' in same ? same.name : 'this document'}
            </Link>
            .
          </output>
        ) : null}
      </div>
      {state === 'failed' && retryable ? (
        <Button size="sm" icon={<RotateCcw aria-hidden />} onClick={() => onRetry(key)}>
          Try again
        </Button>
      ) : null}
      <IconButton
        size="sm"
        label={state === 'waiting' || state === 'sending' ? `Stop uploading ${file.name}` : `Dismiss ${file.name}`}
        icon={<X aria-hidden />}
        onClick={() => onDismiss(key)}
      />
    </li>
  )
}
