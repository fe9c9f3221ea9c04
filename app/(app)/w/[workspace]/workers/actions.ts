'use server'

import { z } from 'zod'
import { defineWorkspaceAction } from '#app/_server/action.ts'
import { MAX_SLOTS, setSlots } from '#lib/pools/set-slots.ts'
import { taskId } from '#lib/tasks/requests.ts'
import { retryTask } from '#lib/tasks/retry.ts'

const slotChange = z.strictObject({ worker: z.string().max(100), slots: z.number().int().min(0).max(MAX_SLOTS) })

export const changeSlots = defineWorkspaceAction(slotChange, (ctx, { worker, slots }) => setSlots(ctx, worker, slots))

export const requeueTask = defineWorkspaceAction(z.strictObject({ id: taskId }), async (ctx, { id }) => {
  await retryTask(ctx, id)
})
