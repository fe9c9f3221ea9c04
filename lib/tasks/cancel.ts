import type { Ctx } from '#lib/context.ts'
import type { TaskSelection } from './requests.ts'
import type { BulkResult, TaskDetail } from './shapes.ts'

/** @throws NotFound; Conflict when the task has ended. */
export async function cancelTask(_ctx: Ctx, _id: string): Promise<TaskDetail> {
  throw new Error('Not built yet.')
}

/** Cancels what is open among the selection; what has ended is skipped. */
export async function cancelTasks(_ctx: Ctx, _selection: TaskSelection): Promise<BulkResult> {
  throw new Error('Not built yet.')
}
