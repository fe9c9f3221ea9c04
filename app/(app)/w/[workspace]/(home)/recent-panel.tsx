'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { ButtonLink } from '#app/_ui/button.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import { StatusBadge } from '#app/_ui/status-badge.tsx'
import { scaleOf } from '../history/rows.ts'
import { TaskBar, TaskCost, TaskTotal } from '../history/task-values.tsx'
import type { HomeState } from './state.ts'

export function RecentPanel({
  state,
  readAt,
  titleOf,
  path,
}: {
  state: HomeState
  readAt: number
  titleOf: (worker: string) => string
  path: (rest?: string) => string
}) {
  const { mine } = state
  const scaleMs = scaleOf(mine)
  return (
    <Panel
      title="Recent, mine"
      className="overflow-hidden"
      end={
        <>
          <span className="text-12 text-soft flex gap-3 max-md:hidden mr-2">
            <span className="inline-flex items-center gap-1.5">
              <i className="hatch w-4 h-2 rounded-xs" aria-hidden />
              waiting
            </span>
            <span className="inline-flex items-center gap-1.5">
              <i className="s-completed solid w-4 h-2 rounded-xs" aria-hidden />
              working
            </span>
          </span>
          <ButtonLink kind="ghost" size="sm" href={path('/history?submitter=me')}>
            All mine
          </ButtonLink>
        </>
      }
    >
      <table className="table table-fixed max-md:hidden [&_.st]:align-middle">
        <caption className="sr">The newest tasks that you submitted</caption>
        <colgroup>
          <col className="w-30" />
          <col />
          <col className="w-34 max-lg:hidden" />
          <col className="w-28" />
          <col className="w-18" />
          <col className="w-18 max-lg:hidden" />
          <col className="w-22" />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Status</th>
            <th scope="col">Task</th>
            <th scope="col" className="max-lg:hidden">
              Worker
            </th>
            <th scope="col">Waiting, working</th>
            <th scope="col" className="r">
              Total
            </th>
            <th scope="col" className="r max-lg:hidden">
              Cost
            </th>
            <th scope="col" className="r">
              Ended
            </th>
          </tr>
        </thead>
        <tbody>
          {mine.map((task) => (
            <tr key={task.id} className="relative">
              <td>
                <StatusBadge status={task.status} reason={task.reason} look="plain" />
              </td>
              <td className="truncate">
                <Link
                  href={path(`/tasks/${task.id}`) as Route}
                  className="row-a after:absolute after:inset-0"
                  title={task.title}
                >
                  {task.title}
                </Link>
              </td>
              <td className="text-soft truncate max-lg:hidden">{titleOf(task.worker)}</td>
              <td>
                <TaskBar task={task} readAt={readAt} scaleMs={scaleMs} />
              </td>
              <td className="r">
                <TaskTotal task={task} readAt={readAt} />
              </td>
              <td className="r text-soft max-lg:hidden">
                <TaskCost task={task} />
              </td>
              <td className="r text-soft">
                <RelativeTime at={task.finishedAt} none="not yet" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="md:hidden">
        {mine.map((task) => (
          <li key={task.id} className="relative px-3.5 py-2.5 border-t border-line first:border-t-0">
            <div className="flex justify-between gap-2">
              <StatusBadge status={task.status} reason={task.reason} look="plain" />
              <span className="text-soft text-12 num">
                <TaskTotal task={task} readAt={readAt} />
              </span>
            </div>
            <Link
              href={path(`/tasks/${task.id}`) as Route}
              className="row-a block truncate mt-1 after:absolute after:inset-0 after:-outline-offset-2"
            >
              {task.title}
            </Link>
            <p className="text-12 text-soft">
              {titleOf(task.worker)} · <RelativeTime at={task.finishedAt ?? task.createdAt} />
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
