import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { listTriggerWords } from '#lib/triggers/queries.ts'
import { TEMPLATES } from '#lib/workflows/catalogue.ts'
import { listRuns } from '#lib/workflows/queries.ts'
import { readRunQuery } from '#lib/workflows/requests.ts'
import { listWorkflows } from '#lib/workflows/stored/queries.ts'
import { filterOf, filterQuery, isFiltered } from './runs-filter.ts'
import { WorkflowsPage } from './workflows-page.tsx'

export const metadata: Metadata = { title: 'Workflows' }

export default async function Page({ params, searchParams }: PageProps<'/w/[workspace]/workflows'>) {
  const { workspace } = await params
  const filter = filterOf(await searchParams)
  // What was checked above fits: a tag or an id that cannot be stored finds nothing.
  const asked = readRunQuery(new URLSearchParams(filterQuery(filter)))
  const { found, recent, workflows, triggers } = await inWorkspace(workspace, async (ctx) => ({
    recent: await listRuns(ctx),
    found: asked.success ? isFiltered(filter) && (await listRuns(ctx, asked.data)) : { items: [], nextCursor: null },
    workflows: await listWorkflows(ctx),
    triggers: await listTriggerWords(ctx),
  }))
  const areas = new Map(TEMPLATES.map(({ area, definition }) => [definition.name, area as string]))
  return (
    <WorkflowsPage
      start={found || recent}
      filter={filter}
      recent={recent.items}
      triggers={triggers}
      workflows={workflows.filter(({ name }) => !areas.has(name))}
      templates={workflows.flatMap((template) => {
        const area = areas.get(template.name)
        return area === undefined ? [] : [{ ...template, area }]
      })}
    />
  )
}
