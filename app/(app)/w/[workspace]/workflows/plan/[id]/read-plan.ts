import 'server-only'
import { cache } from 'react'
import { inWorkspace } from '#app/_server/session.ts'
import { getPlan } from '#lib/plans/read.ts'
import { getTask } from '#lib/tasks/queries.ts'

/** Read once a request, whoever of layout, page and title asks first. */
export const readPlan = cache((workspace: string, id: string) =>
  inWorkspace(workspace, async (ctx) => {
    const plan = await getPlan(ctx, id)
    const task = await getTask(ctx, id)
    return { plan, task, mine: ctx.actor.kind === 'user' && task.submittedBy?.id === ctx.actor.id }
  }),
)
