import type { Ctx } from '#lib/context.ts'
import type { TaskFilter, TaskQuery } from './requests.ts'
import type { TaskCount, TaskDetail, TaskFacets, TaskNeighbours, TaskPage } from './shapes.ts'

/** @throws NotFound, also for another workspace's task. */
export async function getTask(_ctx: Ctx, _id: string): Promise<TaskDetail> {
  throw new Error('Not built yet.')
}

/** Newest first. @throws InvalidInput for a cursor that is not ours. */
export async function listTasks(_ctx: Ctx, _query: TaskQuery): Promise<TaskPage> {
  throw new Error('Not built yet.')
}

/** Counts up to 10,000 exactly. */
export async function countTasks(_ctx: Ctx, _query: TaskFilter): Promise<TaskCount> {
  throw new Error('Not built yet.')
}

export async function taskFacets(_ctx: Ctx, _query: TaskFilter): Promise<TaskFacets> {
  throw new Error('Not built yet.')
}

/** The tasks before and after this one in the list that the query gives. */
export async function taskNeighbours(_ctx: Ctx, _id: string, _query: TaskFilter): Promise<TaskNeighbours> {
  throw new Error('Not built yet.')
}
