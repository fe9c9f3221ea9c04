// Turns a query into conditions that each have an index to walk, newest first.
import { sql, type SQL } from 'drizzle-orm'
import type { Ctx } from '#lib/context.ts'
import { InvalidInput } from '#lib/errors.ts'
import { STATUSES } from './states.ts'
import { taskId, type TaskFilter } from './requests.ts'

/** `floor` is the least id of all, `before` and `after` are ids beyond which a page begins. */
export type Bounds = { before?: string; after?: string; floor?: string }

type Column = 'id' | 'status' | 'worker' | 'priority' | 'submitted_by' | 'api_key_id'

/** Ids of the tasks that match, newest first (oldest first with `after`), at most `limit`. */
export function matchingIds(ctx: Ctx, filter: TaskFilter, bounds: Bounds, limit: number): Promise<SQL> {
  return matchingTasks(ctx, filter, bounds, limit, ['id'])
}

/** These columns of theirs, `id` among them: read on the way, which is far cheaper than by the ids. */
export async function matchingTasks(
  ctx: Ctx,
  filter: TaskFilter,
  bounds: Bounds,
  limit: number,
  columns: Column[],
): Promise<SQL> {
  const order = bounds.after === undefined ? sql`desc` : sql`asc`
  const list = (prefix = '') =>
    sql.join(
      columns.map((column) => sql.raw(prefix + column)),
      sql`, `,
    )
  const conditions = await sharedConditions(ctx, filter)
  const page: Page = (more, { from = sql`tasks t`, id = sql`t.id` } = {}) =>
    sql`select ${list('t.')} from ${from} where ${every([...conditions, ...idBounds(id, filter, bounds), ...more])}
      order by ${id} ${order} limit ${limit}`
  const { driver, rest } = drivenBy(filter)
  if (!driver) return page(rest)
  if (driver.values.length === 0) return page([sql`false`])
  if (driver.values.length === 1) return driver.walk(page, driver.values[0] ?? '', rest)
  const pages = driver.values.map((value) => sql`(${driver.walk(page, value, rest)})`)
  const distinct = driver.distinct ? sql`distinct ` : sql``
  return sql`select ${distinct}${list()} from (${sql.join(pages, sql` union all `)}) as pages
    order by id ${order} limit ${limit}`
}

/** Those of these tasks that match. */
export async function idsAmong(ctx: Ctx, filter: TaskFilter, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const statuses = wantedStatuses(filter)
  const where = every([
    sql`t.id = any(${sql.param(ids)}::uuid[])`,
    ...(await sharedConditions(ctx, filter)),
    ...idBounds(sql`t.id`, filter, {}),
    statuses ? oneOf(sql`t.status`, statuses) : null,
    filter.worker?.length ? oneOf(sql`t.worker`, filter.worker) : null,
    filter.priority?.length ? oneOf(sql`t.priority`, filter.priority) : null,
    filter.tag?.length
      ? sql`exists (select from task_tags g where g.task_id = t.id and ${oneOf(sql`g.tag`, filter.tag)})`
      : null,
  ])
  const { rows } = await ctx.tx.execute<{ id: string }>(sql`select t.id from tasks t where ${where}`)
  return new Set(rows.map((row) => row.id))
}

function every(conditions: (SQL | null)[]): SQL {
  return sql.join(
    conditions.filter((condition) => condition !== null),
    sql` and `,
  )
}

type Page = (more: (SQL | null)[], walked?: { from?: SQL; id?: SQL }) => SQL
type Driver = { values: string[]; distinct?: boolean; walk: (page: Page, value: string, rest: (SQL | null)[]) => SQL }

// One list filter drives: each of its values is a walk along one index, and the walks are merged. The others filter.
function drivenBy(filter: TaskFilter): { driver: Driver | null; rest: (SQL | null)[] } {
  const statuses = wantedStatuses(filter)
  const status = statuses ? oneOf(sql`t.status`, statuses) : null
  const worker = filter.worker?.length ? oneOf(sql`t.worker`, filter.worker) : null
  const priority = filter.priority?.length ? oneOf(sql`t.priority`, filter.priority) : null
  if (filter.tag?.length)
    return { driver: { values: filter.tag, distinct: true, walk: byTag }, rest: [status, worker, priority] }
  if (statuses) return { driver: { values: statuses, walk: by(sql`t.status`) }, rest: [worker, priority] }
  if (filter.priority?.length && !filter.priority.includes('normal'))
    return { driver: { values: filter.priority, walk: by(sql`t.priority`) }, rest: [worker] }
  if (filter.worker?.length) return { driver: { values: filter.worker, walk: by(sql`t.worker`) }, rest: [priority] }
  return { driver: null, rest: [priority] }
}

const by =
  (column: SQL): Driver['walk'] =>
  (page, value, rest) =>
    page([sql`${column} = ${value}`, ...rest])

/**
 * Along the tag's own index, so the bounds are its own too. Each task is then looked up: `offset 0` keeps the planner from
 * merging the tag with all tasks, which walks a million of them to where a page far down begins.
 */
const byTag: Driver['walk'] = (page, value, rest) =>
  page([sql`g.workspace_id = t.workspace_id and g.tag = ${value}`, ...rest], {
    from: sql`task_tags g cross join lateral (
      select * from tasks where tasks.workspace_id = g.workspace_id and tasks.id = g.task_id offset 0) t`,
    id: sql`g.task_id`,
  })

/** The statuses asked for, null for all. */
function wantedStatuses({ status, notStatus }: TaskFilter): string[] | null {
  if (!status?.length && !notStatus?.length) return null
  const wanted = status?.length ? status : STATUSES
  return wanted.filter((value) => !notStatus?.includes(value))
}

function oneOf(column: SQL, values: readonly string[]): SQL {
  if (values.length === 0) return sql`false`
  return sql`${column} in (${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )})`
}

async function sharedConditions(ctx: Ctx, filter: TaskFilter): Promise<(SQL | null)[]> {
  return [
    sql`t.workspace_id = ${ctx.workspaceId}`,
    filter.externalId === undefined ? null : sql`t.external_id = ${filter.externalId}`,
    filter.from === undefined ? null : sql`t.created_at >= ${filter.from}::timestamptz`,
    filter.to === undefined ? null : sql`t.created_at < ${filter.to}::timestamptz`,
    await submitterCondition(ctx, filter.submitter),
  ]
}

/** Ids are made in time order, by the web process's clock: hence the minute. */
function idBounds(id: SQL, { from, to }: TaskFilter, { before, after, floor }: Bounds): (SQL | null)[] {
  return [
    before === undefined ? null : sql`${id} < ${before}`,
    after === undefined ? null : sql`${id} > ${after}`,
    floor === undefined ? null : sql`${id} >= ${floor}`,
    from === undefined ? null : sql`${id} >= uuid_floor(${from}::timestamptz - interval '1 minute')`,
    to === undefined ? null : sql`${id} < uuid_floor(${to}::timestamptz + interval '1 minute')`,
  ]
}

async function submitterCondition(ctx: Ctx, submitter: TaskFilter['submitter']): Promise<SQL | null> {
  if (submitter === undefined) return null
  if (submitter === 'me') {
    if (ctx.actor.kind === 'user') return sql`t.submitted_by = ${ctx.actor.id}`
    return ctx.actor.kind === 'key' ? sql`t.api_key_id = ${ctx.actor.id}` : sql`false`
  }
  const { rows } = await ctx.tx.execute(
    sql`select from api_keys where workspace_id = ${ctx.workspaceId} and id = ${submitter}`,
  )
  return rows.length > 0 ? sql`t.api_key_id = ${submitter}` : sql`t.submitted_by = ${submitter}`
}

export function cursorOf(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')
}

/** @throws InvalidInput */
export function idOfCursor(cursor: string): string {
  const hex = Buffer.from(cursor, 'base64url').toString('hex')
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  if (!taskId.safeParse(id).success)
    throw new InvalidInput([
      { path: 'cursor', message: 'This is not a cursor of this list. Start from the first page.' },
    ])
  return id
}
