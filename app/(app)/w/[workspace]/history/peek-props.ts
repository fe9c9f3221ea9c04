import type { TaskDetail, TaskSummary } from '#lib/tasks/shapes.ts'

export type PeekProps = {
  task: TaskSummary
  /** Null while it loads. */
  detail: TaskDetail | null
  error: string | null
  readAt: number
  /** `3 of 1,240`, or null when its place is not known. */
  place: string | null
  workerTitle: string
  href: string
  apiPath: string
  onClose: () => void
  onPrevious?: () => void
  onNext?: () => void
  onCancel: () => void
  onRetry: () => void
  cancelReason: string | null
  retryReason: string | null
  busy: boolean
}
