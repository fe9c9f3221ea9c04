import { createHash } from 'node:crypto'
import { listBatches } from '#lib/batches/queries.ts'
import { readTable } from '#lib/batches/read-table.ts'
import { batchQuery, startQuery } from '#lib/batches/requests.ts'
import { startBatch } from '#lib/batches/start.ts'
import { MAX_TABLE_BYTES } from '#lib/batches/states.ts'
import { batchPage, changedBatch, sameBatch } from '#app/_server/batch-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { readBytes } from '#app/_server/request-body.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'
import { startReply } from '#app/_server/start-batch-reply.ts'

/** 32 MB over a line of a megabit a second take 260 s. */
const UPLOAD_MS = 300_000

export const GET = defineRoute(
  {
    name: 'listBatches',
    summary: 'Batches, newest first.',
    action: 'batch.read',
    params: workspaceParams,
    query: batchQuery,
    responses: { 200: batchPage },
  },
  async ({ query, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => listBatches(ctx, query)) }),
)

export const POST = defineRoute(
  {
    name: 'startBatch',
    summary:
      'Starts a worker or workflow for each row of a table: the body is the CSV file as it is, of at most 10,000 rows and 32 MB; what to do with it goes into the address. The same batch again is refused with its id, unless again=true.',
    action: 'batch.start',
    params: workspaceParams,
    query: startQuery,
    maxBytes: MAX_TABLE_BYTES,
    deadlineMs: UPLOAD_MS,
    idempotent: true,
    responses: { 201: changedBatch, 409: sameBatch },
  },
  async ({ request, requestId, params, query, idempotency, inWorkspace, verify }) => {
    await verify()
    const bytes = await readBytes(request, MAX_TABLE_BYTES)
    const table = readTable(bytes, query)
    const bodyHash = createHash('sha256').update(JSON.stringify(query)).update(bytes).digest()
    return startReply({ params, requestId, inWorkspace }, (ctx) =>
      startBatch(ctx, table, query, idempotency && { ...idempotency, bodyHash }),
    )
  },
)

const other = otherMethods('GET', 'POST')
export { other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
