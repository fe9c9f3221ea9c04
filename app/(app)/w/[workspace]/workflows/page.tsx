import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { WORKFLOWS } from '#lib/workflows/catalogue.ts'
import { listRuns } from '#lib/workflows/queries.ts'
import { WorkflowsPage } from './workflows-page.tsx'

export const metadata: Metadata = { title: 'Workflows' }

export default async function Page({ params }: PageProps<'/w/[workspace]/workflows'>) {
  const { workspace } = await params
  const start = await inWorkspace(workspace, (ctx) => listRuns(ctx))
  return <WorkflowsPage start={start} workflows={WORKFLOWS} />
}
