'use server'

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { defineWorkspaceAction } from '#app/_server/action.ts'
import { submitRequest } from '#lib/tasks/requests.ts'
import { submitTask } from '#lib/tasks/submit.ts'

const input = z.strictObject({ request: submitRequest, idempotencyKey: z.string().optional() })

export const submitNewTask = defineWorkspaceAction(input, async (ctx, { request, idempotencyKey }) => {
  const idempotency = idempotencyKey === undefined ? undefined : identity(idempotencyKey, request)
  const { task } = await submitTask(ctx, request, idempotency, { last: true })
  return { id: task.id }
})

function identity(key: string, request: unknown) {
  const bodyHash = createHash('sha256').update(JSON.stringify(request)).digest()
  return { key, route: 'form', bodyHash }
}
