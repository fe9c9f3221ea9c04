import 'server-only'
import { cache } from 'react'
import { inWorkspace } from '#app/_server/session.ts'
import { NotFound } from '#lib/errors.ts'
import { getTask } from '#lib/tasks/queries.ts'
import { taskId } from '#lib/tasks/requests.ts'

/** Read once a request, whoever of layout, page and title asks first. */
export const readTask = cache((workspace: string, id: string) =>
  inWorkspace(workspace, async (ctx, { slug }) => {
    if (!taskId.safeParse(id).success) throw new NotFound('The task')
    const task = await getTask(ctx, id)
    return { task, slug, mine: ctx.actor.kind === 'user' && task.submittedBy?.id === ctx.actor.id }
  }),
)
