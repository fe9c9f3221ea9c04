'use server'

import { z } from 'zod'
import { defineWorkspaceAction } from '#app/_server/action.ts'
import { cancelTask } from '#lib/tasks/cancel.ts'
import { retryRequest, taskId } from '#lib/tasks/requests.ts'
import { retryTask } from '#lib/tasks/retry.ts'

export const cancelThisTask = defineWorkspaceAction(z.strictObject({ id: taskId }), (ctx, { id }) =>
  cancelTask(ctx, id),
)

export const retryThisTask = defineWorkspaceAction(retryRequest.extend({ id: taskId }), (ctx, { id, ...request }) =>
  retryTask(ctx, id, request),
)
