'use client'

import Link from 'next/link'
import type { Route } from 'next'
import { StatusBadge } from '#app/_ui/status-badge.tsx'
import { asideOf } from './rows.ts'
import type { RowsProps } from './task-table.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { Matches, TaskBar, TaskCost, TaskTotal } from './task-values.tsx'

/** The rows below 768 px: a tap opens the task. */
export function TaskCards({ rows, scaleMs, search, titleOf, hrefOf }: RowsProps) {
  return (
    <ul className="md:hidden">
      {rows.map((task) => {
        const aside = asideOf(task)
        return (
          <li key={task.id} data-task={task.id} className="relative px-4 py-3 border-b border-line">
            <div className="flex items-center justify-between gap-2">
              <StatusBadge status={task.status} reason={task.reason} look="plain" />
              <span className="text-12 text-soft num">
                <TaskTotal task={task} readAt={task.readAt} />
                {task.tokens === null ? null : (
                  <>
                    {' · '}
                    <TaskCost task={task} />
                  </>
                )}
              </span>
            </div>
            <Link
              href={hrefOf(task) as Route}
              className="row-a block mt-1 text-14 after:absolute after:inset-0 after:-outline-offset-2 [overflow-wrap:anywhere]"
            >
              <Matches text={task.title} search={search} />
            </Link>
            {aside === null ? null : (
              <p
                dir="auto"
                className={`mt-0.5 line-clamp-2 ${aside.kind === 'error' ? 'text-12 text-failed-fg' : 'font-serif text-soft'}`}
              >
                <Matches text={aside.text} search={search} />
              </p>
            )}
            <div className="flex items-center gap-3 mt-1.5">
              <p className="text-12 text-soft truncate min-w-0">{titleOf(task.worker)}</p>
              <span className="text-12 text-faint ml-auto shrink-0">
                <DateTime at={task.createdAt} look="short" />
              </span>
            </div>
            <div className="mt-2 flex">
              <TaskBar task={task} readAt={task.readAt} scaleMs={scaleMs} />
            </div>
          </li>
        )
      })}
    </ul>
  )
}
