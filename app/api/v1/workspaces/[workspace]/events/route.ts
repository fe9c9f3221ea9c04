import { z } from 'zod'
import { InvalidInput } from '#lib/errors.ts'
import { eventHub } from '#app/_server/events.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'watchEvents',
    summary:
      'Server-sent events: `task` for each event of a task, `pools` when workers change, `resync` when some may be missing. Goes on after Last-Event-ID; events may repeat, so drop what you hold by taskId and seq.',
    action: 'task.read',
    params: workspaceParams,
    query: z.strictObject({ lastEventId: z.string().max(40).optional() }),
    responses: { 200: 'text/event-stream' },
  },
  async ({ request, query, inWorkspace, verify }) => {
    const since = instant(request.headers.get('last-event-id') || query.lastEventId)
    const watch = await inWorkspace(async ({ workspaceId, actor }) => ({
      workspaceId,
      actorId: actor.kind === 'system' ? actor.name : actor.id,
    }))
    const body = request.method === 'HEAD' ? null : eventHub().open({ ...watch, since, verify })
    return new Response(body, {
      headers: {
        'Content-Type': 'text/event-stream; charset=utf-8',
        // Neither kept nor compressed on the way: both would hold events back.
        'Cache-Control': 'private, no-store, no-transform',
        'X-Accel-Buffering': 'no',
      },
    })
  },
)

function instant(id: string | null | undefined): Date | null {
  if (!id) return null
  if (!z.iso.datetime().safeParse(id).success)
    throw new InvalidInput([{ path: 'Last-Event-ID', message: 'This is not the id of an event of ours.' }], 400)
  return new Date(id)
}

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
