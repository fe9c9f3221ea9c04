import type { Ctx } from '#lib/context.ts'
import type { SlotsSummary, WorkersOverview, WorkerTimes } from '#lib/tasks/shapes.ts'

export async function workersOverview(_ctx: Ctx): Promise<WorkersOverview> {
  throw new Error('Not built yet.')
}

export async function slotsSummary(_ctx: Ctx): Promise<SlotsSummary> {
  throw new Error('Not built yet.')
}

/** One entry per worker type, in display order. */
export async function workerTimes(_ctx: Ctx): Promise<WorkerTimes[]> {
  throw new Error('Not built yet.')
}
