// Triggers of a workflow as everyone outside sees them, with their last firings.
import { and, asc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { triggers } from '#lib/db/triggers-schema.ts'
import { NotFound } from '#lib/errors.ts'
import { workerNamed } from '#lib/workers/registry.ts'
import { workflowNamed } from '#lib/workflows/stored/find.ts'
import { cronWords, nextTimes } from './cron.ts'
import type { TriggerRow } from './fire.ts'
import { hookOf } from './hook.ts'
import type { Firing, Trigger, TriggerConfig, TriggerWords } from './shapes.ts'

const FIRINGS = 10
const TIMES = 5

/** Oldest first. @throws Forbidden; NotFound */
export async function listTriggers(ctx: Ctx, workflow: string): Promise<Trigger[]> {
  await workflowNamed(ctx, workflow)
  const rows = await ctx.tx
    .select()
    .from(triggers)
    .where(and(eq(triggers.workspaceId, ctx.workspaceId), eq(triggers.workflow, workflow)))
    .orderBy(asc(triggers.id))
  return withFirings(ctx, rows)
}

/** Of all workflows, in few words; those that are paused last. @throws Forbidden */
export async function listTriggerWords(ctx: Ctx): Promise<TriggerWords[]> {
  requireAccess(ctx, 'run.read')
  const rows = await ctx.tx
    .select()
    .from(triggers)
    .where(eq(triggers.workspaceId, ctx.workspaceId))
    .orderBy(sql`${triggers.pausedAt} is not null`, asc(triggers.id))
  return rows.map((row) => ({
    workflow: row.workflow,
    kind: row.config.kind,
    words: row.config.kind === 'schedule' ? cronWords(row.config.cron) : triggerWords(row.config),
    nextAt: row.pausedAt === null ? (row.nextAt?.toISOString() ?? null) : null,
    pausedAt: row.pausedAt?.toISOString() ?? null,
  }))
}

/** @throws Forbidden; NotFound */
export async function getTrigger(ctx: Ctx, id: string): Promise<Trigger> {
  requireAccess(ctx, 'run.read')
  return readTrigger(ctx, id)
}

/** Whatever the rights: for whoever has just changed it. @throws NotFound */
export async function readTrigger(ctx: Ctx, id: string): Promise<Trigger> {
  if (!z.uuid().safeParse(id).success) throw new NotFound('The trigger')
  const mine = and(eq(triggers.workspaceId, ctx.workspaceId), eq(triggers.id, id))
  const [trigger] = await withFirings(ctx, await ctx.tx.select().from(triggers).where(mine))
  if (!trigger) throw new NotFound('The trigger')
  return trigger
}

async function withFirings({ tx }: Ctx, rows: readonly TriggerRow[]): Promise<Trigger[]> {
  const ids = rows.map(({ id }) => id)
  const { rows: found } = await tx.execute<Firing & { trigger: string }>(sql`
    select f.* from unnest(${sql.param(ids)}::uuid[]) as t(id) cross join lateral (
      select trigger_id as trigger, id, cause, reason, run_id as "runId",
        to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
      from firings where trigger_id = t.id order by id desc limit ${FIRINGS}) f`)
  const byTrigger = Map.groupBy(found, ({ trigger }) => trigger)
  return rows.map((row) => ({
    id: row.id,
    workflow: row.workflow,
    title: row.title,
    config: row.config,
    words: triggerWords(row.config),
    pausedAt: row.pausedAt?.toISOString() ?? null,
    nextAt: row.pausedAt === null ? upcoming(row) : [],
    madeBy: row.madeBy.name,
    createdAt: row.createdAt.toISOString(),
    hook: row.kind === 'webhook' ? hookOf(row) : null,
    firings: (byTrigger.get(row.id) ?? []).map(({ id, cause, at, runId, reason }) => ({
      id,
      cause,
      at,
      runId,
      reason,
    })),
  }))
}

function upcoming({ config, nextAt }: TriggerRow): string[] {
  if (config.kind !== 'schedule' || nextAt === null) return []
  const later = nextTimes(config, nextAt, TIMES - 1)
  return [nextAt, ...later].map((time) => time.toISOString())
}

export function triggerWords(config: TriggerConfig): string {
  switch (config.kind) {
    case 'schedule':
      return `${cronWords(config.cron)}, ${config.timeZone.replaceAll('_', ' ')} time`
    case 'webhook':
      return config.textPath === null
        ? 'When a call arrives, with its body as the text'
        : `When a call arrives, with ${config.textPath} of its JSON as the text`
    case 'document':
      return config.named === null
        ? 'When a document was added and read'
        : `When a document was added whose name has “${config.named}” in it`
    case 'task':
      return `When a task of the ${workerNamed(config.worker).title.toLowerCase()} has ${config.event}`
  }
}
