import type { Ctx } from '#lib/context.ts'
import { workersOverview } from '#lib/pools/queries.ts'
import { runningTasks, setAsideTasks } from '#lib/pools/running.ts'
import type { WorkersState } from './state.ts'

export async function readState(ctx: Ctx): Promise<WorkersState> {
  return {
    overview: await workersOverview(ctx),
    running: await runningTasks(ctx),
    setAside: await setAsideTasks(ctx),
  }
}
