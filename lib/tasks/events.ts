import type { Ctx } from '#lib/context.ts'
import type { LiveEvent } from './shapes.ts'

/** The workspace's events at or after `at`, oldest first, at most 1,000. */
export async function eventsSince(_ctx: Ctx, _since: { at: Date }): Promise<LiveEvent[]> {
  throw new Error('Not built yet.')
}
