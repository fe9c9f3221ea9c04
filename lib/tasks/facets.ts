// How the newest tasks that match divide, for the filter menus.
import { sql, type SQL } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { checkedFilter, chosenIds } from './queries.ts'
import type { TaskFilter } from './requests.ts'
import type { Facet, TaskFacets } from './shapes.ts'
import type { Priority, Status } from './states.ts'

/** Counts cover this many tasks. */
const SAMPLE = 5_000
const MAX_VALUES = 50

/** Each count ignores the filter of its own field, so that other values can be chosen. @throws Forbidden */
export async function taskFacets(ctx: Ctx, query: TaskFilter): Promise<TaskFacets> {
  requireAccess(ctx, 'task.read')
  const filter = checkedFilter(query)
  const without = (...names: (keyof TaskFilter)[]) =>
    chosenIds(ctx, { ...filter, ...Object.fromEntries(names.map((name) => [name, undefined])) }, {}, SAMPLE)
  return {
    status: (await counted(ctx, sql`t.status`, await without('status', 'notStatus'))) as Facet<Status>[],
    worker: await counted(ctx, sql`t.worker`, await without('worker')),
    priority: (await counted(ctx, sql`t.priority`, await without('priority'))) as Facet<Priority>[],
    tag: await counted(ctx, sql`g.tag`, await without('tag'), sql`join task_tags g on g.task_id = t.id`),
    submitter: await submitters(ctx, await without('submitter')),
  }
}

async function counted(ctx: Ctx, value: SQL, ids: SQL, join: SQL = sql``): Promise<Facet[]> {
  const { rows } = await ctx.tx.execute<{ value: string; count: string }>(sql`
    select ${value} as value, count(*) from tasks t ${join} where t.id in (${ids})
    group by 1 order by 2 desc, 1 limit ${MAX_VALUES}`)
  return rows.map((row) => ({ value: row.value, count: Number(row.count) }))
}

async function submitters(ctx: Ctx, ids: SQL): Promise<TaskFacets['submitter']> {
  const { rows } = await ctx.tx.execute<{ kind: 'user' | 'key'; value: string; name: string; count: string }>(sql`
    with m as (select submitted_by, api_key_id from tasks where id in (${ids})),
    n as (select submitted_by, api_key_id, count(*) as count from m
      where coalesce(submitted_by, api_key_id) is not null group by 1, 2)
    select case when u.id is not null then 'user' else 'key' end as kind, coalesce(u.id, k.id) as value,
      coalesce(u.name, k.name) as name, n.count
    from n left join users u on u.id = n.submitted_by left join api_keys k on k.id = n.api_key_id
    where coalesce(u.id, k.id) is not null order by n.count desc, name limit ${MAX_VALUES}`)
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}
