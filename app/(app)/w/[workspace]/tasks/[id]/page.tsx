import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { statusWord } from '#app/_ui/status-badge.tsx'
import { modelSettings } from '#lib/env.ts'
import { type PlaceInList, placeInList } from '#lib/tasks/place-in-list.ts'
import { taskNeighbours } from '#lib/tasks/queries.ts'
import { readTaskQuery } from '#lib/tasks/requests.ts'
import type { TaskNeighbours } from '#lib/tasks/shapes.ts'
import { optionsSchema, ALL_WORKERS } from '#lib/workers/registry.ts'
import { optionControls } from '../new/option-controls.ts'
import { cancelThisTask, retryThisTask } from './actions.ts'
import { readTask } from './read-task.ts'
import type { WorkerFacts } from './state-note.tsx'
import { TaskView } from './task-view.tsx'

export async function generateMetadata({ params }: PageProps<'/w/[workspace]/tasks/[id]'>): Promise<Metadata> {
  const { workspace, id } = await params
  const { task } = await readTask(workspace, id)
  return { title: `${task.title} · ${statusWord(task.status, task.reason)}` }
}

export default async function TaskPage({ params, searchParams }: PageProps<'/w/[workspace]/tasks/[id]'>) {
  const { workspace, id } = await params
  const { from } = await searchParams
  const { task, mine, slug } = await readTask(workspace, id)
  const list = typeof from === 'string' ? from : null
  const neighbours = list === null ? null : await readNeighbours(workspace, id, list)
  const address = (other: string | null) =>
    other === null ? null : `/w/${slug}/tasks/${other}?from=${encodeURIComponent(list ?? '')}`
  return (
    <TaskView
      key={task.id}
      initial={task}
      worker={workerFacts(task.worker)}
      mine={mine}
      neighbours={
        neighbours && {
          previous: address(neighbours.previous),
          next: address(neighbours.next),
          place: neighbours.place,
        }
      }
      actions={{ cancel: cancelThisTask, retry: retryThisTask }}
    />
  )
}

/** A task outlives its worker: one that is gone from the catalogue is shown by its name. */
function workerFacts(name: string): WorkerFacts {
  const worker = ALL_WORKERS.find((candidate) => candidate.name === name)
  const controls = worker ? optionControls(optionsSchema(worker)) : []
  return {
    title: worker?.title ?? name,
    needsModel: worker?.needsModel ?? false,
    model: modelSettings()?.model ?? null,
    optionTitles: Object.fromEntries(controls.map((control) => [control.name, control.title])),
  }
}

/** An address that names no list of ours leads to no neighbours. */
async function readNeighbours(
  workspace: string,
  id: string,
  list: string,
): Promise<(TaskNeighbours & { place: PlaceInList | null }) | null> {
  const parsed = readTaskQuery(new URLSearchParams(list))
  if (!parsed.success) return null
  const { cursor: _cursor, limit: _limit, ...filter } = parsed.data
  return inWorkspace(workspace, async (ctx) => ({
    ...(await taskNeighbours(ctx, id, filter)),
    place: await placeInList(ctx, id, filter),
  }))
}
