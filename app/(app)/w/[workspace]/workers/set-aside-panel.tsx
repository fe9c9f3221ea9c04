'use client'

import { RotateCcw } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { formatQuantity } from '#app/_ui/format.ts'
import { Panel } from '#app/_ui/panel.tsx'
import { StatusIcon } from '#app/_ui/status-badge.tsx'
import type { SetAsideTask } from '#lib/pools/running.ts'

/** Tasks that Baton gave up on: they wait for a person. */
export function SetAsidePanel({
  tasks,
  retryReason,
  busy,
  titleOf,
  hrefOfTask,
  onRequeue,
}: {
  tasks: readonly SetAsideTask[]
  retryReason: string | null
  busy: string | null
  titleOf: (worker: string) => string
  hrefOfTask: (id: string) => string
  onRequeue: (id: string) => void
}) {
  return (
    <Panel title="Set aside" count={tasks.length} note="will not run again by themselves">
      {tasks.length === 0 ? (
        <p className="px-3.5 py-3 text-soft">
          No task of this workspace used up its attempts or took its process down.
        </p>
      ) : (
        <>
          <ul>
            {tasks.map((task) => (
              <li
                key={task.id}
                className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3.5 py-2.5 border-t border-line first:border-t-0"
              >
                <span className="flex gap-2 flex-1 basis-64 min-w-0">
                  <span className="st s-failed h-5">
                    <StatusIcon status="failed" />
                    <span className="sr">Failed</span>
                  </span>
                  <span className="min-w-0">
                    <Link href={hrefOfTask(task.id) as Route} className="row-a [overflow-wrap:anywhere]">
                      {task.title}
                    </Link>
                    <span className="block text-12 text-soft">
                      {titleOf(task.worker)} · {whyOf(task)}
                    </span>
                  </span>
                </span>
                <span className="flex gap-1 max-md:pl-6">
                  <Button
                    size="sm"
                    icon={<RotateCcw className="i-sm" aria-hidden />}
                    disabledReason={retryReason}
                    busy={busy === task.id}
                    onClick={() => onRequeue(task.id)}
                    aria-label={`Requeue ${task.title}`}
                  >
                    Requeue
                  </Button>
                  <ButtonLink kind="ghost" size="sm" href={hrefOfTask(task.id)} aria-label={`Open ${task.title}`}>
                    Open
                  </ButtonLink>
                </span>
              </li>
            ))}
          </ul>
          <p className="text-12 text-soft px-3.5 py-2.5 border-t border-line">Requeue starts again at attempt 1.</p>
        </>
      )}
    </Panel>
  )
}

function whyOf({ suspicion, attemptsUsed, error }: SetAsideTask): string {
  const why =
    suspicion > 0
      ? `took its process down ${formatQuantity(suspicion, 'time')}`
      : formatQuantity(attemptsUsed, 'attempt')
  return error === null ? why : `${why}: ${error.message}`
}
