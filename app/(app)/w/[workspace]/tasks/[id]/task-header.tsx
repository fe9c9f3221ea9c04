'use client'

import { Ban, ChevronDown, ChevronUp, Code, Download, Ellipsis, Link2, RotateCcw, SquarePen } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { Fragment } from 'react'
import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { copyText } from '#app/_ui/clipboard.ts'
import { useNow } from '#app/_ui/clock.tsx'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { formatCount, formatRelative } from '#app/_ui/format.ts'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '#app/_ui/menu.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { WorkerIcon } from '#app/_ui/shell/navigation.tsx'
import { StatusBadge } from '#app/_ui/status-badge.tsx'
import { notify } from '#app/_ui/toast.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { PlaceInList } from '#lib/tasks/place-in-list.ts'
import type { TaskDetail } from '#lib/tasks/shapes.ts'
import { isTerminal } from '#lib/tasks/states.ts'
import { curlCommand } from '../new/curl.ts'
import { useTaskActions } from './task-actions.tsx'

export type Neighbours = { previous: string | null; next: string | null; place: PlaceInList | null }

export function TaskHeader({
  task,
  workerTitle,
  updatedAt,
  neighbours,
  replayHref,
}: {
  task: TaskDetail
  workerTitle: string
  updatedAt: number
  neighbours: Neighbours | null
  replayHref: string
}) {
  const actions = useTaskActions()
  const { path } = useWorkspace()
  const planned = task.worker === 'planner'
  const version = task.attempts.at(-1)?.workerVersion
  const about = [
    <span key="worker" className="inline-flex items-center gap-1.5">
      <WorkerIcon worker={task.worker} className="i-sm text-faint" />
      {workerTitle}
      {version ? <span className="max-md:hidden"> version {version.slice(0, 7)}</span> : null}
    </span>,
    <span key="who" className="max-md:hidden">
      {task.submittedBy ? `by ${task.submittedBy.name}, ` : ''}
      <DateTime at={task.createdAt} />
    </span>,
    <span key="id" className="inline-flex items-center gap-1 min-w-0">
      <span className="mono" title={task.id}>
        {task.id.slice(0, 8)}…{task.id.slice(-4)}
      </span>
      <CopyButton text={task.id} label="Copy task id" />
    </span>,
  ]
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
      <div className="min-w-0 flex-1 basis-80">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
          <h1 id="task-title" tabIndex={-1} className="outline-none text-20 min-w-0 [overflow-wrap:anywhere]">
            {task.title}
          </h1>
          <StatusBadge status={task.status} reason={task.reason} />
          {isTerminal(task.status) ? null : <Updated at={updatedAt} />}
        </div>
        <p className="text-soft mt-1 flex flex-wrap items-center gap-x-2 gap-y-0.5">
          {about.map((part, index) => (
            <Fragment key={part.key}>
              {index > 0 ? (
                <span className={`text-faint ${index === 1 ? 'max-md:hidden' : ''}`} aria-hidden>
                  ·
                </span>
              ) : null}
              {part}
            </Fragment>
          ))}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2 max-md:w-full">
        {neighbours ? <NeighbourLinks neighbours={neighbours} /> : null}
        {actions.whyNotCancel === null ? (
          <Button
            className="max-md:flex-1"
            icon={<Ban aria-hidden />}
            kbd="C"
            busy={actions.doing === 'cancel'}
            onClick={actions.cancel}
          >
            Cancel
          </Button>
        ) : (
          <Button className="max-md:hidden" icon={<Ban aria-hidden />} disabledReason={actions.whyNotCancel}>
            Cancel
          </Button>
        )}
        <Button
          className="max-md:flex-1"
          icon={<RotateCcw aria-hidden />}
          kbd="R"
          busy={actions.doing === 'retry'}
          disabledReason={actions.whyNotRetry}
          onClick={() => actions.retry()}
        >
          Retry
        </Button>
        <ButtonLink
          kind={planned ? 'secondary' : 'primary'}
          className="max-md:flex-1"
          icon={<SquarePen aria-hidden />}
          kbd="E"
          href={replayHref}
        >
          Edit &amp; replay
        </ButtonLink>
        {planned ? (
          <ButtonLink
            kind="primary"
            className="max-md:flex-1"
            icon={<WorkerIcon worker={task.worker} />}
            href={path(`/workflows/plan/${task.id}`)}
          >
            Open the plan
          </ButtonLink>
        ) : null}
        <MoreMenu task={task} />
      </div>
    </div>
  )
}

function Updated({ at }: { at: number }) {
  const now = useNow()
  return <span className="live h-6!">Updated {formatRelative(Math.min(at, now), now)}</span>
}

function NeighbourLinks({ neighbours }: { neighbours: Neighbours }) {
  const { previous, next, place } = neighbours
  return (
    <span className="flex items-center max-xl:hidden mr-1">
      {[
        { label: 'Previous task of the list', kbd: 'K', href: previous, icon: <ChevronUp aria-hidden /> },
        { label: 'Next task of the list', kbd: 'J', href: next, icon: <ChevronDown aria-hidden /> },
      ].map((step) =>
        step.href === null ? (
          <IconButton
            key={step.kbd}
            size="sm"
            label={step.label}
            icon={step.icon}
            disabledReason="The list ends here."
          />
        ) : (
          <Link
            key={step.kbd}
            href={step.href as Route}
            className="btn btn-ghost btn-sm btn-icon"
            aria-label={step.label}
            title={`${step.label}, ${step.kbd}`}
          >
            {step.icon}
          </Link>
        ),
      )}
      {place ? (
        <span className="text-12 text-soft num ml-1" title="Its place in the list it was opened from">
          {formatCount(place.position)} of {formatCount(place.total)}
          {place.exact ? '' : '+'}
        </span>
      ) : null}
    </span>
  )
}

function MoreMenu({ task }: { task: TaskDetail }) {
  const workspace = useWorkspace()
  const json = `${workspace.api}/tasks/${task.id}`
  async function copy(what: string, text: string) {
    if (await copyText(text)) notify(`${what} copied`)
    else notify(`The browser refused to copy the ${what.toLowerCase()}.`, { kind: 'failed' })
  }
  return (
    <Menu
      label="More: link, cURL, JSON"
      trigger={<Button className="btn-icon" title="More: link, cURL, JSON" icon={<Ellipsis aria-hidden />} />}
    >
      <MenuItem icon={<Link2 aria-hidden />} onSelect={() => void copy('Link', window.location.href)}>
        Copy link
      </MenuItem>
      <MenuItem
        icon={<Code aria-hidden />}
        onSelect={() =>
          void copy('cURL', curlCommand(`${window.location.origin}${workspace.api}/tasks`, requestOfTask(task), ''))
        }
      >
        Copy as cURL
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Download aria-hidden />} href={json} download={`task-${task.id}.json`}>
        Download JSON
      </MenuItem>
    </Menu>
  )
}

/** The request that would make the same task again. */
function requestOfTask({ worker, input, title, tags, externalId, engine, priority }: TaskDetail) {
  return {
    worker,
    input,
    title,
    ...(tags.length > 0 ? { tags } : {}),
    ...(externalId === null ? {} : { externalId }),
    engine,
    priority,
  }
}
