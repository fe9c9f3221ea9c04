import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { modelSettings, ownOrigins } from '#lib/env.ts'
import { workerTimes } from '#lib/pools/queries.ts'
import { getTask } from '#lib/tasks/queries.ts'
import { taskId } from '#lib/tasks/requests.ts'
import type { TaskDetail } from '#lib/tasks/shapes.ts'
import { WORKER_NAMES } from '#lib/workers/registry.ts'
import { SAMPLES } from '#lib/workspaces/samples.ts'
import { submitNewTask } from './actions.ts'
import type { CatalogueWorker } from './catalogue.ts'
import { type Draft, emptyDraft } from './draft.ts'
import { changedOptions } from './option-controls.ts'
import { NewTaskView } from './new-task-view.tsx'
import { catalogue } from './read-catalogue.ts'

export const metadata: Metadata = { title: 'New task' }

export default async function NewTaskPage({ params, searchParams }: PageProps<'/w/[workspace]/tasks/new'>) {
  const { workspace } = await params
  const { worker, from } = await searchParams
  const asked = typeof worker === 'string' && WORKER_NAMES.includes(worker) ? worker : null
  const { times, source } = await inWorkspace(workspace, async (ctx) => ({
    times: await workerTimes(ctx),
    source: taskId.safeParse(from).success ? await getTask(ctx, String(from)) : null,
  }))
  const model = modelSettings()
  const workers = catalogue()
  const initial = source ? draftFrom(source, workers) : emptyDraft(asked ?? workers[0]?.name ?? '')
  return (
    <NewTaskView
      key={source?.id ?? 'new'}
      workers={workers}
      samples={SAMPLES.map(({ id, title, suits, text }) => ({ id, title, suits, text }))}
      times={times}
      model={model && { name: model.model, endpointHost: model.endpointHost }}
      initial={asked ? { ...initial, worker: asked } : initial}
      override={asked ? { worker: asked } : {}}
      source={source && { id: source.id, title: source.title }}
      origin={ownOrigins()[0] ?? ''}
      submit={submitNewTask}
    />
  )
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
