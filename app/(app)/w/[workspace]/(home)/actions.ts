'use server'

import { z } from 'zod'
import { defineWorkspaceAction } from '#app/_server/action.ts'
import type { Ctx } from '#lib/context.ts'
import { blockedTaskIds, failedTaskIds } from '#lib/tasks/attention.ts'
import { cancelTask } from '#lib/tasks/cancel.ts'
import { taskId } from '#lib/tasks/requests.ts'
import { retryTasks } from '#lib/tasks/retry.ts'
import { BLOCK_REASONS } from '#lib/tasks/states.ts'
import { submitTask } from '#lib/tasks/submit.ts'
import { sampleFor } from '#lib/workspaces/samples.ts'

/** Runs a sample with the built-in engine, which costs nothing. */
export const runSample = defineWorkspaceAction(
  z.strictObject({ worker: z.string().max(100) }),
  async (ctx, { worker }) => {
    const { title, text } = sampleFor(worker)
    const { task } = await submitTask(ctx, { worker, input: { text }, title, tags: ['sample'], engine: 'rules' })
    return { id: task.id }
  },
)

/** All tasks of one group of failures. */
export const retryFailures = defineWorkspaceAction(
  z.strictObject({ worker: z.string().max(100), code: z.string().max(200) }),
  async (ctx, group) => retryAll(ctx, await failedTaskIds(ctx, group)),
)

/** All tasks that wait for the same. */
export const retryBlocked = defineWorkspaceAction(
  z.strictObject({ reason: z.enum(BLOCK_REASONS) }),
  async (ctx, group) => retryAll(ctx, await blockedTaskIds(ctx, group)),
)

export const cancelOne = defineWorkspaceAction(z.strictObject({ id: taskId }), async (ctx, { id }) => {
  await cancelTask(ctx, id)
})

async function retryAll(ctx: Ctx, ids: string[]): Promise<{ changed: number }> {
  return ids.length === 0 ? { changed: 0 } : retryTasks(ctx, { ids })
}
