'use client'

import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useState, useTransition } from 'react'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { type ActionError, type ActionResult, runAction } from '#app/_ui/run-action.ts'
import { notify } from '#app/_ui/toast.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { TaskDetail } from '#lib/tasks/shapes.ts'
import { type Engine, isTerminal } from '#lib/tasks/states.ts'

export type TaskActions = {
  cancel: (workspace: string, input: { id: string }) => Promise<ActionResult<TaskDetail>>
  retry: (workspace: string, input: { id: string; engine?: Engine }) => Promise<ActionResult<TaskDetail>>
}

type Doing = 'cancel' | 'retry' | null

type Held = {
  doing: Doing
  error: ActionError | null
  cancel: () => void
  retry: (engine?: Engine) => void
  whyNotCancel: string | null
  whyNotRetry: string | null
}

const TaskActionsContext = createContext<Held | null>(null)

/** What can be done with the task, for header, notes and keys alike. */
export function TaskActionsProvider({
  task,
  actions,
  children,
}: {
  task: TaskDetail
  actions: TaskActions
  children: ReactNode
}) {
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const [pending, start] = useTransition()
  const [last, setLast] = useState<{ doing: Doing; error: ActionError | null }>({ doing: null, error: null })

  function act(doing: 'cancel' | 'retry', done: string, call: () => Promise<ActionResult<TaskDetail>>) {
    setLast({ doing, error: null })
    start(async () => {
      const result = await runAction(call)
      setLast({ doing, error: result.ok ? null : result.error })
      if (!result.ok) return
      queryClient.setQueryData(queryKeys.task(workspace.id, task.id), result.data)
      notify(done, doing === 'cancel' ? { action: { label: 'Retry it', run: () => held.retry() } } : {})
    })
  }
  const held: Held = {
    doing: pending ? last.doing : null,
    error: last.error,
    cancel: () => act('cancel', 'Task cancelled', () => actions.cancel(workspace.slug, { id: task.id })),
    retry: (engine) => act('retry', 'Task sent again', () => actions.retry(workspace.slug, { id: task.id, engine })),
    whyNotCancel: workspace.whyNot('task.cancel') ?? (isTerminal(task.status) ? 'This task has already ended.' : null),
    whyNotRetry: workspace.whyNot('task.retry') ?? whyNotRetry(task),
  }
  return <TaskActionsContext value={held}>{children}</TaskActionsContext>
}

export function useTaskActions(): Held {
  const held = use(TaskActionsContext)
  if (!held) throw new Error('useTaskActions needs a TaskActionsProvider.')
  return held
}

function whyNotRetry({ status }: TaskDetail): string | null {
  if (status === 'pending') return 'It is waiting already.'
  if (status === 'in_progress') return 'It is being worked on.'
  return status === 'completed' ? 'It has its result. Edit and replay makes a new task.' : null
}
