// What starting a batch is answered: the batch, or where the same one is.
import { SameBatch } from '#lib/batches/accept.ts'
import type { StartedBatch } from '#lib/batches/start.ts'
import type { Ctx } from '#lib/context.ts'
import { batchFor } from './change-batch.ts'
import type { InWorkspace } from './identity.ts'
import type { Reply } from './route.ts'

type Asked = { params: { workspace: string }; requestId: string; inWorkspace: InWorkspace }

export async function startReply(asked: Asked, start: (ctx: Ctx) => Promise<StartedBatch>): Promise<Reply> {
  const address = (id: string) => `/api/v1/workspaces/${asked.params.workspace}/batches/${id}`
  try {
    const { id, replayed, body } = await asked.inWorkspace(async (ctx) => {
      const started = await start(ctx)
      return { ...started, body: await batchFor(ctx, started.id) }
    })
    return {
      status: 201,
      body,
      headers: { Location: address(id), ...(replayed ? { 'Idempotent-Replayed': 'true' } : {}) },
    }
  } catch (error) {
    if (error instanceof SameBatch) return refusedAsSame(error, asked.requestId, address(error.batchId))
    throw error
  }
}

function refusedAsSame(error: SameBatch, requestId: string, location: string): Reply {
  const { code, message: detail, batchId } = error
  return {
    status: 409,
    headers: { 'Content-Type': 'application/problem+json', Location: location },
    body: { type: `urn:baton:problem:${code}`, title: 'Here already', status: 409, detail, code, batchId, requestId },
  }
}
