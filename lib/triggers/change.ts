// Making, pausing and deleting triggers.
import { and, eq, sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import { z } from 'zod'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { triggers } from '#lib/db/triggers-schema.ts'
import { forgetEarlier } from '#lib/deliveries/earlier-secrets.ts'
import { Conflict, InvalidInput, NotFound } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { newSigningSecret } from '#lib/outbound/sign.ts'
import { seal } from '#lib/secrets.ts'
import { textOfPart } from '#lib/documents/part.ts'
import { findWorkflow } from '#lib/workflows/stored/find.ts'
import { nextTimes } from './cron.ts'
import { fire, type Fired, type TriggerRow } from './fire.ts'
import { newTrigger, type NewTrigger } from './shapes.ts'

/** In one workspace: those for documents and tasks are looked at every second. */
const MAX_TRIGGERS = 500

/** `secret` is that of a webhook, shown now and never again. @throws Forbidden; NotFound; InvalidInput; Conflict */
export async function createTrigger(
  ctx: Ctx,
  workflow: string,
  request: NewTrigger,
): Promise<{ id: string; secret: string | null }> {
  requireAccess(ctx, 'trigger.change')
  const { tx, workspaceId, actor } = ctx
  const parsed = newTrigger.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { title, config } = parsed.data
  if (!(await findWorkflow(ctx, workflow))) throw new NotFound(`The workflow ${JSON.stringify(workflow.slice(0, 60))}`)
  if ((await tx.$count(triggers, eq(triggers.workspaceId, workspaceId))) >= MAX_TRIGGERS)
    throw new Conflict(`A workspace has at most ${MAX_TRIGGERS} triggers. Delete one that is not needed.`, 'too_many')
  if (config.kind === 'schedule' && typeof config.text !== 'string') await textOfPart(ctx, config.text, 'config.text')
  const id = newId()
  const secret = config.kind === 'webhook' ? newSigningSecret() : null
  await tx.insert(triggers).values({
    id,
    workspaceId,
    workflow,
    title,
    kind: config.kind,
    config,
    secret: secret === null ? null : seal(secret, placeOf({ workspaceId, id })),
    nextAt: config.kind === 'schedule' ? (nextTimes(config, new Date(), 1)[0] ?? null) : null,
    seenAt: config.kind === 'document' || config.kind === 'task' ? sql`now()` : null,
    madeBy: actor,
  })
  return { id, secret }
}

/** What would have set it off meanwhile does not count. @throws Forbidden; NotFound */
export async function pauseTrigger(ctx: Ctx, id: string, paused: boolean): Promise<void> {
  requireAccess(ctx, 'trigger.change')
  const { pausedAt, config } = await lockedTrigger(ctx, id)
  if ((pausedAt !== null) === paused) return
  const resumed = {
    pausedAt: null,
    ...(config.kind === 'schedule' ? { nextAt: nextTimes(config, new Date(), 1)[0] ?? null } : {}),
    fromAt: sql`now()`,
  }
  await ctx.tx
    .update(triggers)
    .set(paused ? { pausedAt: sql`now()` } : resumed)
    .where(eq(triggers.id, id))
}

/** Its firings go with it, what they started stays. @throws Forbidden; NotFound */
export async function deleteTrigger(ctx: Ctx, id: string): Promise<void> {
  requireAccess(ctx, 'trigger.change')
  await forgetEarlier(ctx.tx, placeOf(await lockedTrigger(ctx, id)))
  await ctx.tx.delete(triggers).where(eq(triggers.id, id))
}

/** Once more and now, whether it is paused or not. @throws Forbidden; NotFound; Conflict */
export async function runTrigger(ctx: Ctx, id: string): Promise<Fired> {
  requireAccess(ctx, 'run.start')
  const trigger = await lockedTrigger(ctx, id)
  const { config, title } = trigger
  if (config.kind !== 'schedule')
    throw new Conflict('Only a schedule can be run now: the others need what sets them off.', 'needs_cause')
  const key = `now ${newId()}`
  return fire(ctx, trigger, { key, words: 'Run now', text: config.text, title })
}

export async function lockedTrigger(
  { tx, workspaceId }: Pick<Ctx, 'tx' | 'workspaceId'>,
  id: string,
): Promise<TriggerRow> {
  if (!z.uuid().safeParse(id).success) throw new NotFound('The trigger')
  const mine = and(eq(triggers.workspaceId, workspaceId), eq(triggers.id, id))
  const [row] = await tx.select().from(triggers).where(mine).for('update')
  if (!row) throw new NotFound('The trigger')
  return row
}

/** Where the secret of a webhook was sealed for. */
export function placeOf({ workspaceId, id }: { workspaceId: string; id: string }) {
  return { workspaceId, purpose: `trigger ${id}` }
}
