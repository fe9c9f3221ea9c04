import type { Ctx } from '#lib/context.ts'
import type { RetryRequest, TaskSelection } from './requests.ts'
import type { BulkResult, TaskDetail } from './shapes.ts'

/** Failed, cancelled or blocked → pending, with its attempts counted from 0 again. @throws NotFound; Conflict otherwise. */
export async function retryTask(_ctx: Ctx, _id: string, _request: RetryRequest = {}): Promise<TaskDetail> {
  throw new Error('Not built yet.')
}

/** Sends each selected task that can be retried back once, however often it is called meanwhile. */
export async function retryTasks(_ctx: Ctx, _selection: TaskSelection): Promise<BulkResult> {
  throw new Error('Not built yet.')
}
