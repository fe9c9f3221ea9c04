import { stringify } from 'csv-stringify/sync'
import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { modelSettings } from '#lib/env.ts'
import { workerTimes } from '#lib/pools/queries.ts'
import { listWorkflows } from '#lib/workflows/stored/queries.ts'
import { SAMPLES } from '#lib/workspaces/samples.ts'
import { catalogue } from '../../tasks/new/read-catalogue.ts'
import { NewBatchView } from './new-batch-view.tsx'

export const metadata: Metadata = { title: 'New batch' }

export default async function NewBatchPage({ params, searchParams }: PageProps<'/w/[workspace]/batches/new'>) {
  const { workspace } = await params
  const { worker, workflow } = await searchParams
  const { times, workflows } = await inWorkspace(workspace, async (ctx) => ({
    times: await workerTimes(ctx),
    // Those that can run: without a published version there is nothing yet.
    workflows: (await listWorkflows(ctx)).filter(({ id, version }) => id === null || version !== null),
  }))
  const workers = catalogue()
  const asked = workflows.some(({ name }) => name === workflow)
    ? `workflow:${String(workflow)}`
    : `worker:${workers.find(({ name }) => name === worker)?.name ?? 'summarizer'}`
  const model = modelSettings()
  return (
    <NewBatchView
      workers={workers}
      workflows={workflows.map(({ name, title, steps }) => ({ name, title, steps: steps.length }))}
      times={times}
      model={model && { name: model.model, endpointHost: model.endpointHost }}
      target={asked}
      sample={stringify([['id', 'title', 'text'], ...SAMPLES.map(({ id, title, text }) => [id, title, text])])}
    />
  )
}
