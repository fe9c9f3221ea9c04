'use client'

import { useQuery } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import { ButtonLink } from '#app/_ui/button.tsx'
import { ErrorState } from '#app/_ui/error-state.tsx'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { formatDuration, formatQuantity } from '#app/_ui/format.ts'
import { Money } from '#app/_ui/money.tsx'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { StatusBadge } from '#app/_ui/status-badge.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { TaskDetail } from '#lib/tasks/shapes.ts'
import { engineWords } from '#lib/workflows/report/words.ts'
import { DigestView } from '../../../../history/peek-parts.tsx'

const EVERY_MS = 700
const RESTS = new Set(['completed', 'failed', 'cancelled', 'blocked'])

/** The task of a test: where it is, and what it made, took and cost. */
export function TestTask({ taskId, title, items }: { taskId: string; title: string; items: number | null }) {
  const { id, api, path } = useWorkspace()
  const { data: task, error } = useQuery({
    queryKey: queryKeys.task(id, taskId),
    queryFn: ({ signal }) => fetchJson<TaskDetail>(`${api}/tasks/${taskId}`, signal),
    refetchInterval: ({ state }) => (state.data && RESTS.has(state.data.status) ? false : EVERY_MS),
  })
  const href = path(`/tasks/${taskId}`)
  if (!task) return error ? <ErrorState title="The test could not be read">{error.message}</ErrorState> : null
  const result = task.result ?? task.partial
  return (
    <section aria-label="Result of the test" className="panel px-3.5 py-3 grid gap-2 min-w-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <span aria-live="polite">
          <StatusBadge status={task.status} reason={task.reason} look="plain" />
        </span>
        <span className="text-12 text-soft num">
          {title}, <DateTime at={task.createdAt} />. Waited {formatDuration(task.waitedMs)}, worked{' '}
          {formatDuration(task.workedMs)}, {task.tokens === null ? 'no cost' : <Money micros={task.costMicros} />}
          {task.info ? `, ${engineWords(task.info.engine)}` : ''}
        </span>
        <ButtonLink size="sm" kind="ghost" className="ml-auto" icon={<ExternalLink aria-hidden />} href={href}>
          Open the task
        </ButtonLink>
      </div>
      {items === null ? null : (
        <p className="text-12 text-soft">The first of {formatQuantity(items, 'item')}; a run does them all.</p>
      )}
      {task.error ? (
        <p className="[overflow-wrap:anywhere]">
          {task.error.message} {task.error.advice ? <span className="text-soft">{task.error.advice}</span> : null}
        </p>
      ) : null}
      {result === null ? null : <DigestView worker={task.worker} result={result} href={href} />}
    </section>
  )
}
