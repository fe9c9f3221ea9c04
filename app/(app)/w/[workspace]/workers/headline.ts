// What the Workers page says first. Pure.
import { formatDuration, formatQuantity } from '#app/_ui/format.ts'
import type { Pool, WorkersOverview } from '#lib/tasks/shapes.ts'

/** Waiting this long with every slot busy is being behind. */
const BEHIND_AFTER_MS = 30_000

export type Headline = { title: string; note: string }

export function headlineOf({ alive, pools }: Pick<WorkersOverview, 'alive' | 'pools'>): Headline {
  const waiting = depthOf(pools)
  if (!alive)
    return {
      title: 'No worker is online',
      note: 'Tasks are accepted and kept. They start by themselves when a process appears.',
    }
  const closed = pools.filter((pool) => pool.slotsPerProcess === 0 && pool.depth > 0)
  const behind = pools.filter((pool) => pool.slotsPerProcess > 0 && isBehind(pool))
  const names = (some: Pool[]) => listOf(some.map((pool) => pool.title))
  const verb = (some: Pool[], one: string, many: string) => (some.length === 1 ? one : many)
  if (closed.length > 0)
    return {
      title: `${names(closed)} ${verb(closed, 'has', 'have')} no slots`,
      note: `${formatQuantity(depthOf(closed), 'task')} ${depthOf(closed) === 1 ? 'waits' : 'wait'} until ${verb(closed, 'it gets one', 'they get one')}.`,
    }
  if (behind.length === pools.length)
    return { title: 'All workers are behind', note: waitingNote(waiting, oldest(pools)) }
  if (behind.length > 0)
    return {
      title: `${names(behind)} ${verb(behind, 'is', 'are')} behind, the rest keeps up`,
      note: waitingNote(depthOf(behind), oldest(behind)),
    }
  return { title: 'All workers keep up', note: waiting === 0 ? 'Nothing waits.' : waitingNote(waiting, oldest(pools)) }
}

export function isBehind(pool: Pool): boolean {
  return pool.depth > 0 && pool.free === 0 && (pool.oldestWaitMs ?? 0) >= BEHIND_AFTER_MS
}

function waitingNote(count: number, oldestMs: number | null): string {
  const since = oldestMs === null ? '' : `, the oldest for ${formatDuration(oldestMs)}`
  return `${formatQuantity(count, 'task')} ${count === 1 ? 'waits' : 'wait'}${since}.`
}

function depthOf(pools: readonly Pool[]): number {
  return pools.reduce((total, pool) => total + pool.depth, 0)
}

export function oldest(pools: readonly Pool[]): number | null {
  const waits = pools.flatMap((pool) => (pool.oldestWaitMs === null ? [] : [pool.oldestWaitMs]))
  return waits.length === 0 ? null : Math.max(...waits)
}

function listOf(names: string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
