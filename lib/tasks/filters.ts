// Turns a query into conditions that each have an index to walk, newest first.
import { sql, type SQL } from 'drizzle-orm'
import type { Ctx } from '#lib/context.ts'
import { InvalidInput } from '#lib/errors.ts'
import { STATUSES } from './states.ts'
import { taskId, type TaskFilter } from './requests.ts'

export type Bounds = { before?: string; after?: string }

/** Ids of the tasks that match, newest first (oldest first with `after`), at most `limit`; only those of `among` if given. */
export async function matchingIds(
  ctx: Ctx,
  filter: TaskFilter,
  bounds: Bounds,
  limit: number,
  among?: string[],
): Promise<SQL> {
  const order = bounds.after === undefined ? sql`desc` : sql`asc`
  const conditions = [
    ...plainConditions(ctx, filter, bounds),
    await submitterCondition(ctx, filter.submitter),
    among ? sql`t.id = any(${sql.param(among)}::uuid[])` : null,
  ]
  const where = (more: (SQL | null)[] = []) =>
    sql.join(
      [...conditions, ...more].filter((condition) => condition !== null),
      sql` and `,
    )
  const page = (more?: (SQL | null)[]) =>
    sql`select t.id from tasks t where ${where(more)} order by t.id ${order} limit ${limit}`
  const { driver, rest } = drivenBy(filter)
  if (!driver) return page(rest)
  if (driver.values.length === 0) return page([sql`false`])
  if (driver.values.length === 1) return driver.page(driver.values[0] ?? '', where(rest), order, limit)
  const pages = driver.values.map((value) => sql`(${driver.page(value, where(rest), order, limit)})`)
  const distinct = driver.distinct ? sql`distinct ` : sql``
  return sql`select ${distinct}id from (${sql.join(pages, sql` union all `)}) as pages order by id ${order} limit ${limit}`
}

type Page = (value: string, where: SQL, order: SQL, limit: number) => SQL
type Driver = { values: string[]; distinct?: boolean; page: Page }

// One list filter drives: each of its values is a walk along one index, and the walks are merged. The others filter.
function drivenBy(filter: TaskFilter): { driver: Driver | null; rest: (SQL | null)[] } {
  const statuses = wantedStatuses(filter)
  const status = statuses ? oneOf(sql`t.status`, statuses) : null
  const worker = filter.worker?.length ? oneOf(sql`t.worker`, filter.worker) : null
  const priority = filter.priority?.length ? oneOf(sql`t.priority`, filter.priority) : null
  if (filter.tag?.length)
    return { driver: { values: filter.tag, distinct: true, page: byTag }, rest: [status, worker, priority] }
  if (statuses) return { driver: { values: statuses, page: by(sql`t.status`) }, rest: [worker, priority] }
  if (filter.priority?.length && !filter.priority.includes('normal'))
    return { driver: { values: filter.priority, page: by(sql`t.priority`) }, rest: [worker] }
  if (filter.worker?.length) return { driver: { values: filter.worker, page: by(sql`t.worker`) }, rest: [priority] }
  return { driver: null, rest: [priority] }
}

const by =
  (column: SQL): Page =>
  (value, where, order, limit) =>
    sql`select t.id from tasks t where ${where} and ${column} = ${value} order by t.id ${order} limit ${limit}`

const byTag: Page = (value, where, order, limit) =>
  sql`select t.id from task_tags g join tasks t on t.workspace_id = g.workspace_id and t.id = g.task_id
    where g.workspace_id = t.workspace_id and g.tag = ${value} and ${where} order by g.task_id ${order} limit ${limit}`

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

function plainConditions(ctx: Ctx, filter: TaskFilter, { before, after }: Bounds): (SQL | null)[] {
  return [
    sql`t.workspace_id = ${ctx.workspaceId}`,
    before === undefined ? null : sql`t.id < ${before}`,
    after === undefined ? null : sql`t.id > ${after}`,
    filter.externalId === undefined ? null : sql`t.external_id = ${filter.externalId}`,
    // Ids are made in time order, by the web process's clock: hence the minute.
    filter.from === undefined
      ? null
      : sql`t.created_at >= ${filter.from}::timestamptz and t.id >= uuid_floor(${filter.from}::timestamptz - interval '1 minute')`,
    filter.to === undefined
      ? null
      : sql`t.created_at < ${filter.to}::timestamptz and t.id < uuid_floor(${filter.to}::timestamptz + interval '1 minute')`,
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
