import type { Metadata, Route } from 'next'
import { redirect } from 'next/navigation'
import { inWorkspace } from '#app/_server/session.ts'
import { getPlan } from '#lib/plans/read.ts'
import { planId } from '#lib/plans/requests.ts'
import { workerTimes } from '#lib/pools/queries.ts'
import { getTask, listTasks } from '#lib/tasks/queries.ts'
import { planner } from '#lib/workers/planner.ts'
import { TEMPLATES } from '#lib/workflows/catalogue.ts'
import { SAMPLES } from '#lib/workspaces/samples.ts'
import { givenAgain, readPart } from '../../documents/read-part.ts'
import { emptyDraft } from '../../tasks/new/draft.ts'
import { connectedModel } from '../../tasks/new/read-model.ts'
import { plannerEntry } from '../../tasks/new/read-catalogue.ts'
import { startNewPlan } from './actions.ts'
import { PlanForm } from './plan-form.tsx'

export const metadata: Metadata = { title: 'Plan from a goal' }

const EARLIER = 5

export default async function Page({ params, searchParams }: PageProps<'/w/[workspace]/workflows/plan'>) {
  const { workspace } = await params
  const { from, document: documentId, pages } = await searchParams
  const { earlier, times, model, source, document, slug } = await inWorkspace(
    workspace,
    async (ctx, { slug: current }) => ({
      earlier: await listTasks(ctx, { worker: [planner.name], limit: EARLIER }),
      times: await workerTimes(ctx),
      model: await connectedModel(ctx),
      source: planId.safeParse(from).success
        ? { plan: await getPlan(ctx, String(from)), task: await getTask(ctx, String(from)) }
        : null,
      document: typeof documentId === 'string' ? await readPart(ctx, documentId, pages) : null,
      slug: current,
    }),
  )
  if (document && !document.given) redirect(`/w/${slug}/documents/${document.id}` as Route)
  const first = emptyDraft(planner.name)
  const initial = source
    ? {
        ...first,
        text: source.task.input.text,
        engine: source.plan.engine,
        options: { [planner.name]: { goal: source.plan.goal } },
      }
    : document?.given
      ? { ...first, text: document.given.text }
      : first
  return (
    <PlanForm
      key={source?.plan.id ?? `${document?.id} ${document?.pages}`}
      worker={plannerEntry()}
      samples={[
        ...SAMPLES.map(({ id, title, suits, text }) => ({ id, title, suits, text })),
        ...TEMPLATES.map(({ definition, sample }) => ({ id: definition.name, suits: [], ...sample })),
      ]}
      times={times}
      model={model}
      initial={initial}
      source={
        source
          ? { kind: 'plan', key: source.plan.id, path: `/workflows/plan/${source.plan.id}`, title: source.plan.title }
          : document && {
              kind: 'document',
              key: `${document.id} ${document.pages}`,
              path: `/documents/${document.id}`,
              title: document.name,
              pages: document.pages,
            }
      }
      given={document?.given ?? (source && givenAgain(source.plan.document, source.task.input.text))}
      earlier={earlier.items.map(({ id, title, status, reason, createdAt }) => ({
        id,
        title,
        status,
        reason,
        createdAt,
      }))}
      start={startNewPlan}
    />
  )
}
