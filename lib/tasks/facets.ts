// How the newest tasks that match divide, for the filter menus.
import { sql, type SQL } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { matchingTasks } from './filters.ts'
import { checkedFilter, chosenIds } from './queries.ts'
import type { TaskFilter } from './requests.ts'
import type { Facet, TaskFacets } from './shapes.ts'
import type { Priority, Status } from './states.ts'

/** Counts cover this many tasks. */
const SAMPLE = 2_000
const MAX_VALUES = 50

type Field = 'status' | 'worker' | 'priority' | 'tag' | 'submitter'
type Counted = { field: Field; value: string; count: number }

/** The filters that a field's counts ignore, so that its other values can be chosen. */
const OWN: Record<Field, (keyof TaskFilter)[]> = {
  status: ['status', 'notStatus'],
  worker: ['worker'],
  priority: ['priority'],
  tag: ['tag'],
  submitter: ['submitter'],
}
const FIELDS = Object.keys(OWN) as Field[]

/** @throws Forbidden */
export async function taskFacets(ctx: Ctx, query: TaskFilter): Promise<TaskFacets> {
  requireAccess(ctx, 'task.read')
  const filter = checkedFilter(query)
  const isFiltered = (field: Field) => OWN[field].some((name) => filter[name] !== undefined)
  const unfiltered = FIELDS.filter((field) => !isFiltered(field))
  // Fields without a filter of their own have the same sample.
  const counts = unfiltered.length > 0 ? await counted(ctx, filter, unfiltered) : []
  for (const field of FIELDS.filter(isFiltered)) {
    const others = { ...filter, ...Object.fromEntries(OWN[field].map((name) => [name, undefined])) }
    counts.push(...(await counted(ctx, others, [field])))
  }
  const of = (field: Field): Facet[] =>
    counts.filter((each) => each.field === field).map(({ value, count }) => ({ value, count }))
  return {
    status: of('status') as Facet<Status>[],
    worker: of('worker'),
    priority: of('priority') as Facet<Priority>[],
    tag: of('tag'),
    submitter: await named(ctx, of('submitter')),
  }
}

/** The values of some fields, most frequent first, by one reading of the tasks. */
async function counted(ctx: Ctx, filter: TaskFilter, fields: Field[]): Promise<Counted[]> {
  const each: Record<Field, SQL> = {
    status: sql`select 'status' as field, status as value from sample`,
    worker: sql`select 'worker', worker from sample`,
    priority: sql`select 'priority', priority from sample`,
    tag: sql`select 'tag', g.tag from task_tags g where g.task_id in (select id from sample)`,
    submitter: sql`select 'submitter', coalesce(submitted_by, api_key_id)::text from sample`,
  }
  const { rows } = await ctx.tx.execute<{ field: Field; value: string; count: string }>(sql`
    with sample as materialized (${await sample(ctx, filter)}), counted as (
      select field, value, count(*) as count from (${sql.join(
        fields.map((field) => each[field]),
        sql` union all `,
      )}) as all_values (field, value)
      where value is not null group by field, value
    )
    select field, value, count from (
      select *, row_number() over (partition by field order by count desc, value) as place from counted) as ranked
    where place <= ${MAX_VALUES} order by field, place`)
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}

async function sample(ctx: Ctx, filter: TaskFilter): Promise<SQL> {
  if (filter.search === undefined)
    return matchingTasks(ctx, filter, {}, SAMPLE, ['id', 'status', 'worker', 'priority', 'submitted_by', 'api_key_id'])
  const ids = await chosenIds(ctx, filter, {}, SAMPLE)
  return sql`select id, status, worker, priority, submitted_by, api_key_id from tasks where id in (${ids})`
}

async function named(ctx: Ctx, submitters: Facet[]): Promise<TaskFacets['submitter']> {
  const ids = submitters.map(({ value }) => value)
  const { rows } = await ctx.tx.execute<{ kind: 'user' | 'key'; id: string; name: string }>(sql`
    select 'user' as kind, id, name from users where id = any(${sql.param(ids)}::uuid[])
    union all select 'key', id, name from api_keys where id = any(${sql.param(ids)}::uuid[])`)
  const known = new Map(rows.map((row) => [row.id, row]))
  return submitters.flatMap(({ value, count }) => {
    const who = known.get(value)
    return who ? [{ kind: who.kind, value, name: who.name, count }] : []
  })
}
