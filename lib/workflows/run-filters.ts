// Turns a query for runs into conditions.
import { type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Ctx } from '#lib/context.ts'
import { idOfCursor } from '#lib/tasks/filters.ts'
import type { runQuery } from './requests.ts'

type Filter = Omit<z.output<typeof runQuery>, 'limit'>

export function runConditions(ctx: Ctx, filter: Filter): SQL {
  const { workflow, status, tag, externalId, submitter, priority, from, to, cursor } = filter
  const conditions = [
    cursor === undefined ? null : sql`r.id < ${idOfCursor(cursor)}`,
    workflow === undefined ? null : sql`r.workflow = ${workflow}`,
    status?.length ? sql`r.status = any(${sql.param(status)}::text[])` : null,
    // The index holds only runs with tags.
    tag?.length ? sql`r.tags <> '{}' and r.tags && ${sql.param(tag)}::text[]` : null,
    externalId === undefined ? null : sql`r.external_id = ${externalId}`,
    submitter === undefined ? null : submittedBy(ctx, submitter),
    priority?.length ? sql`r.priority = any(${sql.param(priority)}::text[])` : null,
    from === undefined ? null : sql`r.created_at >= ${from}::timestamptz`,
    to === undefined ? null : sql`r.created_at < ${to}::timestamptz`,
  ]
  return sql.join([sql`true`, ...conditions.filter((condition) => condition !== null)], sql` and `)
}

function submittedBy({ actor }: Ctx, submitter: string): SQL {
  if (submitter !== 'me') return sql`(r.submitted_by = ${submitter} or r.api_key_id = ${submitter})`
  if (actor.kind === 'user') return sql`r.submitted_by = ${actor.id}`
  return actor.kind === 'key' ? sql`r.api_key_id = ${actor.id}` : sql`false`
}
