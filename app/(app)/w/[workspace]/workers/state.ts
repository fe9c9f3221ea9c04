import type { RunningTask, SetAsideTask } from '#lib/pools/running.ts'
import type { WorkersOverview } from '#lib/tasks/shapes.ts'

/** Everything that the page shows at one moment. */
export type WorkersState = { overview: WorkersOverview; running: RunningTask[]; setAside: SetAsideTask[] }
