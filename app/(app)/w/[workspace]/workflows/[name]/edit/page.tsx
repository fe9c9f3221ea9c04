import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { getWorkflow, listVersions } from '#lib/workflows/stored/queries.ts'
import { publishThisWorkflow, saveThisDraft } from '../../actions.ts'
import { EditView } from './edit-view.tsx'

type Props = PageProps<'/w/[workspace]/workflows/[name]/edit'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspace, name } = await params
  const { title } = await inWorkspace(workspace, (ctx) => getWorkflow(ctx, name))
  return { title: `Edit ${title}` }
}

export default async function EditPage({ params }: Props) {
  const { workspace, name } = await params
  const { workflow, versions } = await inWorkspace(workspace, async (ctx) => ({
    workflow: await getWorkflow(ctx, name),
    versions: await listVersions(ctx, name),
  }))
  return (
    <EditView
      key={workflow.name}
      workflow={workflow}
      versions={versions}
      save={saveThisDraft}
      publish={publishThisWorkflow}
    />
  )
}
