// Start-time fair queueing. Every workspace has its own virtual end in each queue; a task's tag is where it starts on
// that line, and the ticket's priority is a fixed base minus the tag. A newcomer starts at the queue's clock, next to
// the head, whatever the others have waiting. Tags are fixed while the clock moves on, so low tasks never starve.
import { type Placeholder, sql, type SQL } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'
import type { Priority } from '#lib/tasks/states.ts'

/** One task's length on the virtual line, for a workspace of weight 1. */
const STEP = 1_000

/** How far a priority shifts the tag: urgent overtakes 32 tasks, low lets 64 pass. */
const SHIFT: Record<Priority, number> = { low: 64 * STEP, normal: 0, high: -8 * STEP, urgent: -32 * STEP }

/** The farthest end of pg-boss's int32 priority: beyond it the queue is first come, first served. */
const LOWEST = -2_147_483_648
const HIGHEST = 2_147_483_647

export type Place = { tag: number; priority: number }

type PlaceRequest = { queue: string; workspaceId: string; priority: Priority; count: number }

/**
 * Takes the places of `count` tasks that are submitted together. The workspace's line stays locked until the
 * transaction ends; transactions that touch several queues go through them in the order of their names.
 */
export async function takePlaces(tx: Tx, request: PlaceRequest): Promise<Place[]> {
  const { rows } = await tx.execute<PlaceRow>(sql`with ${placesTaken(request)} select start, step, base from place`)
  const line = rows[0]
  if (!line) throw new NoClock(request.queue)
  return Array.from({ length: request.count }, (_, index) =>
    placeOf(Number(line.start) + index * line.step, Number(line.base)),
  )
}

export type PlaceRow = { start: string; step: number; base: string }

export class NoClock extends Error {
  constructor(queue: string) {
    super(`The queue "${queue}" has no clock. Run the migrations.`)
  }
}

/** In a statement that is put together once, placeholders stand for the values. */
type PlaceStatement = Omit<PlaceRequest, 'queue' | 'workspaceId'> & {
  queue: string | Placeholder | SQL
  workspaceId: string | Placeholder | SQL
}

/**
 * The same as part of a larger statement: common table expressions, the last of which is `place` with the columns of
 * `PlaceRow`, where `start` is the first task's tag. It has no row when the queue has no clock. `after` is a condition
 * that holds always: what it reads is done before the line is locked.
 */
export function placesTaken({ queue, workspaceId, priority, count }: PlaceStatement, after: SQL = sql`true`): SQL {
  const step = sql`${STEP}::int`
  const length = sql`${count}::bigint * (${step} / f.weight)`
  // Tasks of high and urgent priority take room in the normal line as well, those of low priority do not.
  const touched = (line: Priority) => line === priority || (line === 'normal' && priority !== 'low')
  const first = (line: Priority) => (touched(line) ? sql`clock.time + ${count}::bigint * ${step}` : sql`0`)
  const next = (line: Priority) => {
    const end = sql`f.${sql.identifier(line)}`
    return touched(line) ? sql`greatest(${end}, (select time from clock)) + ${length}` : end
  }
  return sql`
    clock as (select time, base from queue_clocks where queue = ${queue} and ${after}),
    place as (
      insert into flows as f (queue, workspace_id, normal, high, urgent, low)
      select ${queue}, ${workspaceId}::uuid, ${first('normal')}, ${first('high')}, ${first('urgent')}, ${first('low')}
      from clock
      on conflict (queue, workspace_id) do update set
        normal = ${next('normal')}, high = ${next('high')}, urgent = ${next('urgent')}, low = ${next('low')}
      returning f.${sql.identifier(priority)} - ${length} + ${SHIFT[priority]}::bigint as start, ${step} / f.weight as step,
        (select base from clock) as base)`
}

/** As `placeOf` does, in a statement. */
export function priorityFor(tag: SQL, base: SQL): SQL {
  return sql`least(greatest(${base} - ${tag}, ${LOWEST}::bigint), ${HIGHEST}::bigint)::int`
}

/** The place of tasks that keep their tag. */
export async function keepPlaces(tx: Tx, queue: string, tags: number[]): Promise<Place[]> {
  const { rows } = await tx.execute<{ base: string }>(sql`select base from queue_clocks where queue = ${queue}`)
  const base = Number(rows[0]?.base ?? 0)
  return tags.map((tag) => placeOf(tag, base))
}

/** The ticket's priority for a tag. */
export function placeOf(tag: number, base: number): Place {
  return { tag, priority: Math.min(HIGHEST, Math.max(LOWEST, base - tag)) }
}

/**
 * Moves the queue's base before tags leave the range of an int32; false while there is room. To be followed by
 * `renumber`, now and once more when submissions that were under way have ended.
 */
export async function moveBase(tx: Tx, queue: string, { head = 1_000_000_000 } = {}): Promise<boolean> {
  const moved = await tx.execute(sql`update queue_clocks set base = time + ${head}::bigint
    where queue = ${queue} and time > base + ${head}::bigint`)
  return (moved.rowCount ?? 0) > 0
}

/** Gives waiting tickets the priority that their tasks' own tags have today. @returns how many had another one */
export async function renumber(tx: Tx, queue: string): Promise<number> {
  const priority = priorityFor(sql`t.tag`, sql`c.base`)
  const moved = await tx.execute(sql`
    update pgboss.job j set priority = ${priority}
    from tasks t, queue_clocks c
    where c.queue = ${queue} and j.name = ${queue} and j.state < 'active' and t.id = j.id and j.priority <> ${priority}`)
  return moved.rowCount ?? 0
}
