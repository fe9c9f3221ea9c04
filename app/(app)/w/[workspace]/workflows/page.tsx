import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { TEMPLATES } from '#lib/workflows/catalogue.ts'
import { listRuns } from '#lib/workflows/queries.ts'
import { listWorkflows } from '#lib/workflows/stored/queries.ts'
import { WorkflowsPage } from './workflows-page.tsx'

export const metadata: Metadata = { title: 'Workflows' }

export default async function Page({ params }: PageProps<'/w/[workspace]/workflows'>) {
  const { workspace } = await params
  const { start, workflows } = await inWorkspace(workspace, async (ctx) => ({
    start: await listRuns(ctx),
    workflows: await listWorkflows(ctx),
  }))
  const areas = new Map(TEMPLATES.map(({ area, definition }) => [definition.name, area as string]))
  return (
    <WorkflowsPage
      start={start}
      workflows={workflows.filter(({ name }) => !areas.has(name))}
      templates={workflows.flatMap((template) => {
        const area = areas.get(template.name)
        return area === undefined ? [] : [{ ...template, area }]
      })}
    />
  )
}
