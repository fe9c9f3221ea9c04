import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { listTriggerWords } from '#lib/triggers/queries.ts'
import { TEMPLATES } from '#lib/workflows/catalogue.ts'
import { listLastRuns } from '#lib/workflows/last-runs.ts'
import { listRuns } from '#lib/workflows/queries.ts'
import { readRunQuery } from '#lib/workflows/requests.ts'
import { listWorkflows } from '#lib/workflows/stored/queries.ts'
import { cardsOf } from './cards.ts'
import { filterOf, filterQuery, isFiltered } from './runs-filter.ts'
import { WorkflowsPage } from './workflows-page.tsx'

export const metadata: Metadata = { title: 'Workflows' }

const AREAS_OF = new Map(TEMPLATES.map(({ area, definition }) => [definition.name, area as string]))

export default async function Page({ params, searchParams }: PageProps<'/w/[workspace]/workflows'>) {
  const { workspace } = await params
  const asking = await searchParams
  const filter = filterOf(asking)
  // What was checked above fits: a tag or an id that cannot be stored finds nothing.
  const asked = readRunQuery(new URLSearchParams(filterQuery(filter)))
  const { found, recent, workflows, lastRuns, triggers } = await inWorkspace(workspace, async (ctx) => {
    const listed = await listWorkflows(ctx)
    return {
      recent: await listRuns(ctx),
      found: asked.success ? isFiltered(filter) && (await listRuns(ctx, asked.data)) : { items: [], nextCursor: null },
      workflows: listed,
      lastRuns: await listLastRuns(
        ctx,
        listed.map(({ name }) => name).filter((name) => !AREAS_OF.has(name)),
      ),
      triggers: await listTriggerWords(ctx),
    }
  })
  return (
    <WorkflowsPage
      start={found || recent}
      filter={filter}
      recent={recent.items}
      lastRuns={lastRuns}
      cards={cardsOf(asking)}
      triggers={triggers}
      workflows={workflows.filter(({ name }) => !AREAS_OF.has(name))}
      templates={workflows.flatMap((template) => {
        const area = AREAS_OF.get(template.name)
        return area === undefined ? [] : [{ ...template, area }]
      })}
    />
  )
}
