// What starting a run is answered: the run, or its id alone to a key that may not read it.
import { may } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { getRun } from '#lib/workflows/queries.ts'
import type { InWorkspace } from './identity.ts'
import type { Reply } from './route.ts'

type Asked = { params: { workspace: string }; inWorkspace: InWorkspace }

export async function startRunReply(
  { params, inWorkspace }: Asked,
  start: (ctx: Ctx) => Promise<{ id: string; replayed: boolean }>,
): Promise<Reply> {
  const { id, replayed, body } = await inWorkspace(async (ctx) => {
    const started = await start(ctx)
    return { ...started, body: may(ctx.access, 'run.read') ? await getRun(ctx, started.id) : { id: started.id } }
  })
  return {
    status: 201,
    body,
    headers: {
      Location: `/api/v1/workspaces/${params.workspace}/runs/${id}`,
      ...(replayed ? { 'Idempotent-Replayed': 'true' } : {}),
    },
  }
}
