import { inputSchema, outputSchema, WORKERS, workerVersion } from '#lib/workers/registry.ts'
import { workerCatalogue } from '#app/_server/response-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'listWorkers',
    summary: 'The typed workers: what each takes and gives as JSON Schema, with an example that can be sent as it is.',
    action: 'worker.read',
    params: workspaceParams,
    responses: { 200: workerCatalogue },
  },
  async () => {
    const items = WORKERS.map((worker) => ({
      name: worker.name,
      title: worker.title,
      summary: worker.summary,
      version: workerVersion(worker),
      defaultSlots: worker.slots,
      timeoutMs: worker.timeoutMs,
      inputSchema: inputSchema(worker),
      outputSchema: outputSchema(worker),
      example: worker.example,
    }))
    return { status: 200, body: { items } }
  },
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
