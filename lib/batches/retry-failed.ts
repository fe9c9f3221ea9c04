// Sends the failed items of a batch back, those and no others; asked twice, each runs once.
import type { Ctx } from '#lib/context.ts'
import { Conflict } from '#lib/errors.ts'
import { retryEnded } from '#lib/tasks/retry.ts'
import { lockBatch, tasksOf } from './find.ts'

/** @returns how many tasks wait again @throws Forbidden; NotFound; Conflict while it is paused or after it was cancelled. */
export async function retryFailed(ctx: Ctx, id: string): Promise<number> {
  const batch = await lockBatch(ctx, id)
  if (batch.state === 'paused') throw new Conflict(`“${batch.name}” is paused. Resume it, then retry.`, 'not_running')
  if (batch.state === 'cancelled')
    throw new Conflict(`“${batch.name}” was cancelled. Start its rows in a new batch.`, 'already_ended')
  const failed = await tasksOf(ctx, id, ['failed'])
  return failed.length === 0 ? 0 : (await retryEnded(ctx, failed)).size
}
