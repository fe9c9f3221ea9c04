import type { Pulse } from '#app/_ui/shell/pulse.ts'
import type { Ctx } from '#lib/context.ts'
import { slotsSummary } from '#lib/pools/queries.ts'
import { countTasks } from '#lib/tasks/queries.ts'

export async function readPulse(ctx: Ctx): Promise<Pulse> {
  const slots = await slotsSummary(ctx)
  const open = await countTasks(ctx, { status: ['pending', 'in_progress', 'blocked'] })
  return { slots, open: open.count }
}
