import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { getWorkflow, listVersions, listWorkflows } from '#lib/workflows/stored/queries.ts'
import { usedOutputs } from '#lib/workflows/stored/used-outputs.ts'
import type { Draft } from '#lib/workflows/draft/read.ts'
import { connectedModel } from '../../../tasks/new/read-model.ts'
import { catalogue } from '../../../tasks/new/read-catalogue.ts'
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
  const { workflow, outputs, versions, workflows, model } = await inWorkspace(workspace, async (ctx) => {
    const found = await getWorkflow(ctx, name)
    return {
      workflow: found,
      outputs: await usedOutputs(ctx, (found.draft ?? {}) as Draft),
      versions: await listVersions(ctx, name),
      workflows: await listWorkflows(ctx),
      model: await connectedModel(ctx),
    }
  })
  // What is not published cannot be run, and nothing can run itself.
  const runnable = workflows.filter((other) => other.name !== name && (other.id === null || other.version !== null))
  return (
    <EditView
      key={workflow.name}
      workflow={workflow}
      versions={versions}
      workers={catalogue()}
      workflows={runnable.map((other) => ({ name: other.name, title: other.title }))}
      model={model}
      outputs={outputs}
      save={saveThisDraft}
      publish={publishThisWorkflow}
    />
  )
}
