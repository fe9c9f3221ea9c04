// How long workers took and what a new task would meet, for the New task form. For pages of this app only.
import { inWorkspace } from '#app/_server/session.ts'
import { workerTimes } from '#lib/pools/queries.ts'

export async function GET(_request: Request, { params }: RouteContext<'/w/[workspace]/times'>): Promise<Response> {
  const { workspace } = await params
  return Response.json(await inWorkspace(workspace, workerTimes), { headers: { 'cache-control': 'no-store' } })
}
