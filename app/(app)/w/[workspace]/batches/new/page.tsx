import { stringify } from 'csv-stringify/sync'
import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { getBatch } from '#lib/batches/queries.ts'
import { batchId, rowsQuery } from '#lib/batches/requests.ts'
import type { BatchDetail } from '#lib/batches/shapes.ts'
import { workerTimes } from '#lib/pools/queries.ts'
import { listWorkflows } from '#lib/workflows/stored/queries.ts'
import type { WorkflowSummary } from '#lib/workflows/stored/shapes.ts'
import { SAMPLES } from '#lib/workspaces/samples.ts'
import type { CatalogueWorker } from '../../tasks/new/catalogue.ts'
import { changedOptions } from '../../tasks/new/option-controls.ts'
import { connectedModel } from '../../tasks/new/read-model.ts'
import { catalogue } from '../../tasks/new/read-catalogue.ts'
import { NewBatchView } from './new-batch-view.tsx'

export const metadata: Metadata = { title: 'New batch' }

export default async function NewBatchPage({ params, searchParams }: PageProps<'/w/[workspace]/batches/new'>) {
  const { workspace } = await params
  const { worker, workflow, from, rows, state } = await searchParams
  const { times, model, workflows, source } = await inWorkspace(workspace, async (ctx) => ({
    source: batchId.safeParse(from).success ? await getBatch(ctx, String(from)) : null,
    times: await workerTimes(ctx),
    model: await connectedModel(ctx),
    // Those that can run: without a published version there is nothing yet.
    workflows: (await listWorkflows(ctx)).filter(({ id, version }) => id === null || version !== null),
  }))
  const workers = catalogue()
  const which = rowsQuery.safeParse({
    ...(rows === undefined ? {} : { rows }),
    ...(state === undefined ? {} : { state }),
  })
  const chosen = new URLSearchParams(
    which.success ? { ...(rows ? { rows: String(rows) } : {}), ...(state ? { state: String(state) } : {}) } : {},
  )
  const asked = source
    ? `${source.target.kind}:${source.target.name}`
    : workflows.some(({ name }) => name === workflow)
      ? `workflow:${String(workflow)}`
      : `worker:${workers.find(({ name }) => name === worker)?.name ?? 'summarizer'}`
  return (
    <NewBatchView
      workers={workers}
      workflows={workflows.map(({ name, title, steps }) => ({
        name,
        title,
        steps: steps.length,
        workers: workersOf(steps),
      }))}
      times={times}
      model={model}
      target={asked}
      source={source && { id: source.id, name: source.name, query: chosen.toString(), of: source.of }}
      engine={source?.engine ?? 'auto'}
      options={source ? optionsOf(source, workers) : {}}
      sample={stringify([['id', 'title', 'text'], ...SAMPLES.map(({ id, title, text }) => [id, title, text])])}
    />
  )
}

/** What differs from the initial values, by worker; those of a workflow as they were given, by `workflow:NAME`. */
function optionsOf({ target, options }: BatchDetail, workers: readonly CatalogueWorker[]) {
  if (target.kind === 'workflow') return { [`workflow:${target.name}`]: options }
  const worker = workers.find(({ name }) => target.kind === 'worker' && name === target.name)
  return worker ? { [worker.name]: changedOptions(worker.controls, options) } : {}
}

/** A task each; null where how many there will be depends on the text. */
function workersOf(steps: WorkflowSummary['steps']): string[] | null {
  if (steps.some(({ kind }) => kind === 'map' || kind === 'workflow')) return null
  return steps.flatMap(({ kind, worker }) => (kind === 'worker' && worker !== undefined ? [worker] : []))
}
