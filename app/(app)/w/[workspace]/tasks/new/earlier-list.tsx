'use client'

import { useQuery } from '@tanstack/react-query'
import type { Route } from 'next'
import Link from 'next/link'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'
import { StatusBadge } from '#app/_ui/status-badge.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { TaskPage } from '#lib/tasks/shapes.ts'

export type EarlierListProps = { workers: readonly { name: string; title: string }[]; onChoose: () => void }

export function EarlierList({ workers, onChoose }: EarlierListProps) {
  const workspace = useWorkspace()
  const { data, error } = useQuery({
    queryKey: [...queryKeys.tasks(workspace.id), 'mine', 'latest'],
    queryFn: ({ signal }) => fetchJson<TaskPage>(`${workspace.api}/tasks?submitter=me&limit=8`, signal),
  })
  if (error) return <p className="text-failed-fg">{error.message}</p>
  if (!data)
    return (
      <SkeletonPage className="grid gap-3" label="Loading your tasks">
        {['w-3/4', 'w-1/2', 'w-2/3'].map((width) => (
          <Skeleton key={width} className={`h-4 ${width}`} />
        ))}
      </SkeletonPage>
    )
  if (data.items.length === 0) return <p className="text-soft">You have not run a task here yet.</p>
  return (
    <ul className="grid -mx-2">
      {data.items.map((task) => (
        <li key={task.id}>
          <Link
            href={workspace.path(`/tasks/new?from=${task.id}`) as Route}
            onClick={onChoose}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 px-2 py-2 rounded-md no-underline text-ink hover:bg-hover"
          >
            <span className="font-medium truncate">{task.title}</span>
            <StatusBadge status={task.status} reason={task.reason} look="plain" />
            <span className="text-12 text-soft">
              {workers.find((worker) => worker.name === task.worker)?.title ?? task.worker},{' '}
              <RelativeTime at={task.createdAt} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
