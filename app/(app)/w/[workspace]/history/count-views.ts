import type { Ctx } from '#lib/context.ts'
import { countTasks } from '#lib/tasks/queries.ts'
import type { TaskFilter } from '#lib/tasks/requests.ts'
import type { TaskCount } from '#lib/tasks/shapes.ts'
import { QUICK_VIEWS } from './filters.ts'

/** By the view's key; All has the count of the page itself. */
export type ViewCounts = Record<string, TaskCount>

export async function countViews(ctx: Ctx, { from, to }: TaskFilter): Promise<ViewCounts> {
  const counts: ViewCounts = {}
  for (const { key, filters } of QUICK_VIEWS) {
    if (key === 'all') continue
    const { status, submitter } = filters
    counts[key] = await countTasks(ctx, { from, to, status, submitter: submitter === 'me' ? 'me' : undefined })
  }
  return counts
}
