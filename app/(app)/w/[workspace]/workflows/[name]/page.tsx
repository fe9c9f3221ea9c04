import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { inWorkspace } from '#app/_server/session.ts'
import { modelSettings } from '#lib/env.ts'
import { workerTimes } from '#lib/pools/queries.ts'
import { WORKFLOWS } from '#lib/workflows/catalogue.ts'
import { getRun } from '#lib/workflows/queries.ts'
import { runId } from '#lib/workflows/requests.ts'
import { SAMPLES } from '#lib/workspaces/samples.ts'
import { emptyDraft } from '../../tasks/new/draft.ts'
import { catalogue } from '../../tasks/new/read-catalogue.ts'
import { startNewRun } from '../actions.ts'
import { StartView } from './start-view.tsx'

type Props = PageProps<'/w/[workspace]/workflows/[name]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await params
  return { title: WORKFLOWS.find((workflow) => workflow.name === name)?.title ?? 'Not found' }
}

export default async function StartPage({ params, searchParams }: Props) {
  const { workspace, name } = await params
  const { from } = await searchParams
  const workflow = WORKFLOWS.find((candidate) => candidate.name === name)
  if (!workflow) notFound()
  const { times, source } = await inWorkspace(workspace, async (ctx) => ({
    times: await workerTimes(ctx),
    source: runId.safeParse(from).success ? await getRun(ctx, String(from)) : null,
  }))
  const model = modelSettings()
  const first = emptyDraft(workflow.steps[0]?.worker ?? '')
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
