'use client'

import { useQuery } from '@tanstack/react-query'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { TaskDetail } from '#lib/tasks/shapes.ts'
import type { BoardStep, StepContent } from '#lib/workflows/shapes.ts'

/** The task of a step; read again when the run says that the step got elsewhere. */
export function useStepTask(step: BoardStep) {
  const { id, api } = useWorkspace()
  const { taskId } = step
  return useQuery({
    queryKey: [...queryKeys.task(id, taskId ?? ''), 'step', step.status, step.finishedAt],
    queryFn: ({ signal }) => fetchJson<TaskDetail>(`${api}/tasks/${taskId}`, signal),
    enabled: taskId !== null,
    placeholderData: (held) => (held?.id === taskId ? held : undefined),
  })
}

/** What a step without a task of its own has made, its items, and what it asks. */
export function useStepContent(runId: string, step: BoardStep) {
  const { id, path } = useWorkspace()
  return useQuery({
    queryKey: [...queryKeys.run(id, runId), 'content', step.name, step.status, step.itemCounts],
    queryFn: ({ signal }) => fetchJson<StepContent>(path(`/workflows/runs/${runId}/content/${step.name}`), signal),
    placeholderData: (held) => (held?.name === step.name ? held : undefined),
  })
}
