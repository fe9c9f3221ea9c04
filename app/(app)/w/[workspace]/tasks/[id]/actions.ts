'use server'

import { z } from 'zod'
import { defineWorkspaceAction } from '#app/_server/action.ts'
import { cancelTask } from '#lib/tasks/cancel.ts'
import { getTask } from '#lib/tasks/queries.ts'
import { retryRequest, taskId } from '#lib/tasks/requests.ts'
import { retryTask } from '#lib/tasks/retry.ts'

export const cancelThisTask = defineWorkspaceAction(z.strictObject({ id: taskId }), async (ctx, { id }) => {
  await cancelTask(ctx, id)
  return getTask(ctx, id)
})

export const retryThisTask = defineWorkspaceAction(
  retryRequest.extend({ id: taskId }),
  async (ctx, { id, ...request }) => {
    await retryTask(ctx, id, request)
    return getTask(ctx, id)
  },
)
