import type { Ctx } from '#lib/context.ts'
import type { SubmitRequest } from './requests.ts'
import type { TaskDetail } from './shapes.ts'

export type Idempotency = { key: string; route: string; bodyHash: Buffer }
export type Submitted = { task: TaskDetail; replayed: boolean }

/**
 * Accepts a task: everything or nothing, in the caller's transaction.
 * @throws InvalidInput with the field's path; 400 for a malformed key, 422 for a key that was used with another body.
 */
export async function submitTask(_ctx: Ctx, _request: SubmitRequest, _idempotency?: Idempotency): Promise<Submitted> {
  throw new Error('Not built yet.')
}
