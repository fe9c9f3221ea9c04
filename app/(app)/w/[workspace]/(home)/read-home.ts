import { listApiKeys } from '#lib/access/keys.ts'
import { may } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { workersOverview } from '#lib/pools/queries.ts'
import { attention } from '#lib/tasks/attention.ts'
import { countTasks, listTasks } from '#lib/tasks/queries.ts'
import { decisionsAwaited } from '#lib/workflows/awaited.ts'
import { SAMPLES } from '#lib/workspaces/samples.ts'
import type { HomeState } from './state.ts'

const MINE = 20
const SAMPLE_TITLES = new Set(SAMPLES.map((sample) => sample.title))

export async function readHome(ctx: Ctx): Promise<HomeState> {
  const { pools, alive, model } = await workersOverview(ctx)
  const mine = await listTasks(ctx, { submitter: 'me', limit: MINE })
  const running = await listTasks(ctx, { status: ['in_progress'], limit: 5 })
  const waiting = await listTasks(ctx, { status: ['pending'], limit: 5 })
  const keys = may(ctx.access, 'key.read') ? await listApiKeys(ctx) : null
  const total = (of: (pool: (typeof pools)[number]) => number) => pools.reduce((sum, pool) => sum + of(pool), 0)
  return {
    at: new Date().toISOString(),
    alive,
    modelOn: model !== null,
    attention: await attention(ctx),
    decisions: await decisionsAwaited(ctx),
    running: [...running.items, ...waiting.items].slice(0, 5),
    open: await countTasks(ctx, { status: ['pending', 'in_progress'] }),
    mine: mine.items.slice(0, 6),
    today: {
      completed: total((pool) => pool.today.completed),
      failed: total((pool) => pool.today.failed),
      failedFrom: earliest(pools.map((pool) => pool.today.failedFrom)),
      slots: total((pool) => pool.slots),
      busy: total((pool) => pool.busy),
      waiting: total((pool) => pool.depthHere),
    },
    steps: {
      sample: mine.items.length > 0,
      ownText: mine.items.some((task) => !SAMPLE_TITLES.has(task.title)),
      key: keys === null ? null : keys.length > 0,
      model: ctx.access !== 'system' && 'operator' in ctx.access && ctx.access.operator ? model !== null : null,
    },
  }
}

function earliest(times: (string | null)[]): string | null {
  return times.filter((time) => time !== null).toSorted()[0] ?? null
}
