import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { inWorkspace } from '#app/_server/session.ts'
import { modelSettings } from '#lib/env.ts'
import { workerTimes } from '#lib/pools/queries.ts'
import type { WorkflowDefinition } from '#lib/workflows/definition.ts'
import { sourceOf } from '#lib/workflows/mapping.ts'
import { findWorkflow } from '#lib/workflows/stored/find.ts'
import { getRun } from '#lib/workflows/queries.ts'
import { runId } from '#lib/workflows/requests.ts'
import { SAMPLES } from '#lib/workspaces/samples.ts'
import { type Draft, emptyDraft } from '../../tasks/new/draft.ts'
import { catalogue } from '../../tasks/new/read-catalogue.ts'
import { startNewRun } from '../actions.ts'
import { StartView } from './start-view.tsx'

/** What the definition sets for its steps stands in the form; what comes from other steps does not. */
function optionsOf({ steps }: WorkflowDefinition): Draft['options'] {
  return Object.fromEntries(
    steps.flatMap((step) => {
      if (step.kind !== 'worker' && step.kind !== 'map') return []
      const own = Object.entries(step.options).filter(([, value]) => sourceOf(value) === null)
      return own.length === 0 ? [] : [[step.name, Object.fromEntries(own)]]
    }),
  )
}

type Props = PageProps<'/w/[workspace]/workflows/[name]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspace, name } = await params
  const found = await inWorkspace(workspace, (ctx) => findWorkflow(ctx, name))
  return { title: found?.definition.title ?? 'Not found' }
}

export default async function StartPage({ params, searchParams }: Props) {
  const { workspace, name } = await params
  const { from } = await searchParams
  const { found, times, source } = await inWorkspace(workspace, async (ctx) => ({
    found: await findWorkflow(ctx, name),
    times: await workerTimes(ctx),
    source: runId.safeParse(from).success ? await getRun(ctx, String(from)) : null,
  }))
  if (!found) notFound()
  const workflow = found.definition
  const model = modelSettings()
  const working = workflow.steps.find(({ kind }) => kind === 'worker' || kind === 'map')
  const first = { ...emptyDraft(working?.name ?? ''), options: optionsOf(workflow) }
  return (
    <StartView
      key={source?.id ?? workflow.name}
      workflow={workflow}
      workers={catalogue()}
      samples={SAMPLES.map(({ id, title, suits, text }) => ({ id, title, suits, text }))}
      times={times}
      model={model && { name: model.model, endpointHost: model.endpointHost }}
      initial={source ? { ...first, text: source.text, title: source.title, priority: source.priority } : first}
      source={source && { id: source.id, title: source.title }}
      start={startNewRun}
    />
  )
}
