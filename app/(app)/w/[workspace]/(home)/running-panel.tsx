'use client'

import { Square } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { ButtonLink } from '#app/_ui/button.tsx'
import { formatCount } from '#app/_ui/format.ts'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { StatusBadge } from '#app/_ui/status-badge.tsx'
import { TaskBar, TaskTotal } from '../history/task-values.tsx'
import type { HomeState } from './state.ts'

/** The oldest that run, then what waits; times go on by themselves. */
export function RunningPanel({
  state,
  readAt,
  titleOf,
  path,
  reasons,
  busy,
  onCancel,
}: {
  state: HomeState
  readAt: number
  titleOf: (worker: string) => string
  path: (rest?: string) => string
  reasons: { cancel: string | null }
  busy: string | null
  onCancel: (id: string) => void
}) {
  const { running, open } = state
  const more = open.count > running.length || !open.exact
  return (
    <Panel
      title="Running now"
      count={open.count}
      note={more ? `${formatCount(running.length)} shown` : undefined}
      end={
        <ButtonLink kind="ghost" size="sm" href={path('/history?status=pending,in_progress&range=all')}>
          All running
        </ButtonLink>
      }
    >
      <ul>
        {running.map((task) => (
          <li
            key={task.id}
            className="grid items-center gap-x-4 gap-y-1.5 px-3.5 py-2.5 border-t border-line first:border-t-0 grid-cols-[minmax(0,1fr)_auto_auto] md:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)_84px_28px]"
          >
            <div className="min-w-0">
              <Link href={path(`/tasks/${task.id}`) as Route} className="row-a block truncate">
                {task.title}
              </Link>
              <p className="text-12 text-soft truncate">{titleOf(task.worker)}</p>
            </div>
            <div className="max-md:col-span-3 max-md:order-last min-w-0">
              <p className="text-12 mb-1 [&_.st]:text-12">
                <StatusBadge status={task.status} look="plain" />
              </p>
              <div className="flex">
                <TaskBar task={task} readAt={readAt} />
              </div>
            </div>
            <span className="num text-soft text-right">
              <TaskTotal task={task} readAt={readAt} />
            </span>
            <IconButton
              size="sm"
              label={`Cancel ${task.title}`}
              icon={<Square className="i-sm" aria-hidden />}
              disabledReason={reasons.cancel}
              busy={busy === task.id}
              onClick={() => onCancel(task.id)}
            />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
