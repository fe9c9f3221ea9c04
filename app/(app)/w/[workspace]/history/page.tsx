import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { searchString } from '#app/_server/search-string.ts'
import { inWorkspace } from '#app/_server/session.ts'
import { taskFacets } from '#lib/tasks/facets.ts'
import { countTasks, listTasks } from '#lib/tasks/queries.ts'
import { ALL_WORKERS } from '#lib/workers/registry.ts'
import { countViews } from './count-views.ts'
import { loadFilters, toQueryString, toTaskFilter } from './filters.ts'
import { HistoryPage } from './history-page.tsx'
import { RANGE_COOKIE, readRange } from './range.ts'

export const metadata: Metadata = { title: 'History' }

export default async function Page({ params, searchParams }: PageProps<'/w/[workspace]/history'>) {
  const { workspace } = await params
  const search = searchString(await searchParams)
  const filters = loadFilters(search)
  const lastRange = readRange((await cookies()).get(RANGE_COOKIE)?.value)
  const state = await inWorkspace(workspace, async (ctx) => {
    const now = new Date()
    const filter = toTaskFilter(filters, now, lastRange)
    const period = { from: filter.from, to: filter.to }
    const page = await listTasks(ctx, filter)
    const total = await countTasks(ctx, {})
    return {
      everUsed: total.count > 0,
      large: !total.exact,
      start: {
        at: now.getTime(),
        query: toQueryString(filter),
        page,
        count: await countTasks(ctx, filter),
        facets: await taskFacets(ctx, filter),
        viewQuery: toQueryString(period),
        views: await countViews(ctx, period),
      },
    }
  })
  const workers = ALL_WORKERS.map(({ name, title }) => ({ name, title }))
  return <HistoryPage {...state} search={search} lastRange={lastRange} workers={workers} />
}
