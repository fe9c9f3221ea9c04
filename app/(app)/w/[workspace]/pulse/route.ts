// What the frame of every page asks for now and then: slots and open tasks. For pages of this app only.
import { inWorkspace } from '#app/_server/session.ts'
import { readPulse } from './read-pulse.ts'

export async function GET(_request: Request, { params }: RouteContext<'/w/[workspace]/pulse'>): Promise<Response> {
  const { workspace } = await params
  return Response.json(await inWorkspace(workspace, readPulse), { headers: { 'cache-control': 'no-store' } })
}
