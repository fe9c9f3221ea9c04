import type { Metadata, Route } from 'next'
import { notFound, redirect } from 'next/navigation'
import { inWorkspace } from '#app/_server/session.ts'
import { workerTimes } from '#lib/pools/queries.ts'
import type { WorkflowDefinition } from '#lib/workflows/definition.ts'
import { TEMPLATES } from '#lib/workflows/catalogue.ts'
import { sourceOf } from '#lib/workflows/mapping.ts'
import { findWorkflow } from '#lib/workflows/stored/find.ts'
import { getRun } from '#lib/workflows/queries.ts'
import { runId } from '#lib/workflows/requests.ts'
import { SAMPLES } from '#lib/workspaces/samples.ts'
import { givenAgain, readPart } from '../../documents/read-part.ts'
import { type Draft, emptyDraft } from '../../tasks/new/draft.ts'
import type { SampleText } from '../../tasks/new/catalogue.ts'
import { connectedModel } from '../../tasks/new/read-model.ts'
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

/** A template's own sample first. */
function samplesOf(workflow: string): SampleText[] {
  const own = TEMPLATES.find(({ definition }) => definition.name === workflow)?.sample
  return [
    ...(own ? [{ id: workflow, suits: [], ...own }] : []),
    ...SAMPLES.map(({ id, title, suits, text }) => ({ id, title, suits, text })),
  ]
}

type Props = PageProps<'/w/[workspace]/workflows/[name]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspace, name } = await params
  const found = await inWorkspace(workspace, (ctx) => findWorkflow(ctx, name))
  return { title: found?.definition.title ?? 'Not found' }
}

export default async function StartPage({ params, searchParams }: Props) {
  const { workspace, name } = await params
  const { from, document: documentId, pages } = await searchParams
  const { found, times, model, source, document, slug } = await inWorkspace(
    workspace,
    async (ctx, { slug: current }) => ({
      found: await findWorkflow(ctx, name),
      times: await workerTimes(ctx),
      model: await connectedModel(ctx),
      source: runId.safeParse(from).success ? await getRun(ctx, String(from)) : null,
      document: typeof documentId === 'string' ? await readPart(ctx, documentId, pages) : null,
      slug: current,
    }),
  )
  if (!found) notFound()
  if (document && !document.given) redirect(`/w/${slug}/documents/${document.id}` as Route)
  const workflow = found.definition
  const working = workflow.steps.find(({ kind }) => kind === 'worker' || kind === 'map')
  const first = { ...emptyDraft(working?.name ?? ''), options: optionsOf(workflow) }
  const initial = source
    ? {
        ...first,
        text: source.text,
        title: source.title,
        priority: source.priority,
        tags: source.tags,
        externalId: source.externalId ?? '',
      }
    : document?.given
      ? { ...first, text: document.given.text, title: document.title }
      : first
  return (
    <StartView
      key={source?.id ?? `${workflow.name} ${document?.id} ${document?.pages}`}
      workflow={workflow}
      workers={catalogue()}
      samples={samplesOf(workflow.name)}
      times={times}
      model={model}
      initial={initial}
      source={
        source
          ? { kind: 'run', key: source.id, path: `/workflows/runs/${source.id}`, title: source.title }
          : document && {
              kind: 'document',
              key: `${workflow.name}.${document.id} ${document.pages}`,
              path: `/documents/${document.id}`,
              title: document.name,
              pages: document.pages,
            }
      }
      given={document?.given ?? (source && givenAgain(source.document, source.text))}
      start={startNewRun}
    />
  )
}
