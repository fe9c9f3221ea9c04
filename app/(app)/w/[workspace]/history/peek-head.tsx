'use client'

import { Ban, Braces, Ellipsis, ExternalLink, Link2, RotateCcw, Terminal } from 'lucide-react'
import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { copyText } from '#app/_ui/clipboard.ts'
import { Menu, MenuItem, MenuSeparator } from '#app/_ui/menu.tsx'
import { notify } from '#app/_ui/toast.tsx'
import { canCancel, canRetry } from './rows.ts'
import { curlFor } from './curl.ts'
import type { PeekProps } from './peek-props.ts'

/** What the task is called and what can be done with it. */
export function PeekHead({
  task,
  workerTitle,
  href,
  apiPath,
  onCancel,
  onRetry,
  cancelReason,
  retryReason,
  busy,
}: PeekProps) {
  const address = () => new URL(href, window.location.href).href
  async function copy(text: string, what: string) {
    const copied = await copyText(text)
    notify(copied ? `${what} copied` : 'The browser refused to copy', { kind: copied ? 'done' : 'failed' })
  }
  return (
    <div>
      <h2 className="text-16 [overflow-wrap:anywhere]">{task.title}</h2>
      <p className="text-12 text-soft mt-1">
        {workerTitle}
        {task.externalId ? (
          <>
            {' · '}
            <span className="mono">{task.externalId}</span>
          </>
        ) : null}
      </p>
      {task.tags.length > 0 ? (
        <p className="flex flex-wrap gap-1 mt-1.5">
          {task.tags.map((tag) => (
            <span key={tag} className="tag">
              {tag}
            </span>
          ))}
        </p>
      ) : null}
      <div className="flex gap-2 mt-3">
        <ButtonLink kind="primary" href={href} className="flex-1" icon={<ExternalLink className="i" aria-hidden />}>
          Open
        </ButtonLink>
        {canRetry(task.status) ? (
          <Button
            icon={<RotateCcw className="i" aria-hidden />}
            onClick={onRetry}
            disabledReason={retryReason}
            busy={busy}
          >
            Retry
          </Button>
        ) : canCancel(task.status) ? (
          <Button icon={<Ban className="i" aria-hidden />} onClick={onCancel} disabledReason={cancelReason} busy={busy}>
            Cancel
          </Button>
        ) : null}
        <Menu
          label="More actions"
          trigger={<Button className="btn-icon" icon={<Ellipsis className="i" aria-hidden />} />}
        >
          <MenuItem icon={<Link2 aria-hidden />} onSelect={() => void copy(address(), 'Link')}>
            Copy link
          </MenuItem>
          <MenuItem icon={<Braces aria-hidden />} onSelect={() => void copy(task.id, 'Task id')}>
            Copy task id
          </MenuItem>
          <MenuItem icon={<Terminal aria-hidden />} onSelect={() => void copy(curlFor(apiPath), 'cURL command')}>
            Copy as cURL
          </MenuItem>
          {canRetry(task.status) && canCancel(task.status) ? (
            <>
              <MenuSeparator />
              <MenuItem danger icon={<Ban aria-hidden />} onSelect={onCancel} disabledReason={cancelReason}>
                Cancel task
              </MenuItem>
            </>
          ) : null}
        </Menu>
      </div>
    </div>
  )
}
