import type { Metadata, Route } from 'next'
import { redirect } from 'next/navigation'
import { inWorkspace } from '#app/_server/session.ts'
import { ownOrigins } from '#lib/env.ts'
import { workerTimes } from '#lib/pools/queries.ts'
import { getTask } from '#lib/tasks/queries.ts'
import { taskId } from '#lib/tasks/requests.ts'
import type { TaskDetail } from '#lib/tasks/shapes.ts'
import { planner } from '#lib/workers/planner.ts'
import { WORKER_NAMES } from '#lib/workers/registry.ts'
import { SAMPLES } from '#lib/workspaces/samples.ts'
import { type DocumentSource, givenAgain, readPart } from '../../documents/read-part.ts'
import { submitNewTask } from './actions.ts'
import type { CatalogueWorker } from './catalogue.ts'
import { type Draft, emptyDraft } from './draft.ts'
import type { TextSource } from './new-task-heading.tsx'
import { changedOptions } from './option-controls.ts'
import { connectedModel } from './read-model.ts'
import { NewTaskView } from './new-task-view.tsx'
import { catalogue } from './read-catalogue.ts'

export const metadata: Metadata = { title: 'New task' }

export default async function NewTaskPage({ params, searchParams }: PageProps<'/w/[workspace]/tasks/new'>) {
  const { workspace } = await params
  const { worker, from, document: documentId, pages } = await searchParams
  const asked = typeof worker === 'string' && WORKER_NAMES.includes(worker) ? worker : null
  const { times, model, task, document, slug } = await inWorkspace(workspace, async (ctx, { slug: current }) => ({
    times: await workerTimes(ctx),
    model: await connectedModel(ctx),
    task: taskId.safeParse(from).success ? await getTask(ctx, String(from)) : null,
    document: typeof documentId === 'string' ? await readPart(ctx, documentId, pages) : null,
    slug: current,
  }))
  if (task?.worker === planner.name) redirect(`/w/${slug}/workflows/plan?from=${task.id}` as Route)
  if (document && !document.given) redirect(`/w/${slug}/documents/${document.id}` as Route)
  const workers = catalogue()
  const empty = emptyDraft(asked ?? workers[0]?.name ?? '')
  const initial = task
    ? draftFrom(task, workers)
    : document?.given
      ? { ...empty, text: document.given.text, title: document.title }
      : empty
  const source = sourceOf(task, document)
  return (
    <NewTaskView
      key={source?.key ?? 'new'}
      workers={workers}
      samples={SAMPLES.map(({ id, title, suits, text }) => ({ id, title, suits, text }))}
      times={times}
      model={model}
      initial={asked ? { ...initial, worker: asked } : initial}
      override={asked ? { worker: asked } : {}}
      source={source}
      given={document?.given ?? (task && givenAgain(task.document, task.input.text))}
      origin={ownOrigins()[0] ?? ''}
      submit={submitNewTask}
    />
  )
}

function sourceOf(task: TaskDetail | null, document: DocumentSource | null): TextSource | null {
  if (task) return { kind: 'task', key: task.id, path: `/tasks/${task.id}`, title: task.title }
  if (!document) return null
  const { id, name, pages } = document
  return { kind: 'document', key: `${id} ${pages}`, path: `/documents/${id}`, title: name, pages }
}

/** Dates are not repeated: a due time of then has passed now. A title that was the text's own words follows the text. */
function draftFrom(task: TaskDetail, workers: readonly CatalogueWorker[]): Draft {
  const { text, ...options } = task.input
  const controls = workers.find((worker) => worker.name === task.worker)?.controls ?? []
  const titled = !text.trim().replace(/\s+/g, ' ').startsWith(task.title.replace(/…$/, '').trimEnd())
  return {
    ...emptyDraft(task.worker),
    text,
    options: { [task.worker]: changedOptions(controls, options) },
    engine: task.engine,
    priority: task.priority,
    title: titled ? task.title : '',
    tags: task.tags,
    externalId: task.externalId ?? '',
    replayOf: task.id,
  }
}
