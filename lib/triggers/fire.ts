// One firing: what it started, or why not, in one transaction with the run. The same cause sets a trigger off once.
import { and, eq } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import type { Ctx } from '#lib/context.ts'
import { causeWords, databaseFault } from '#lib/db/faults.ts'
import { firings, type triggers } from '#lib/db/triggers-schema.ts'
import { DomainError } from '#lib/errors.ts'
import type { StartRequest } from '#lib/workflows/requests.ts'
import { startRun } from '#lib/workflows/start.ts'

export type TriggerRow = typeof triggers.$inferSelect

export type Cause = {
  key: string
  words: string
  /** What the run reads, or why there is nothing. */
  text: StartRequest['input']['text'] | { refusal: string }
  title?: string
}

export type Fired = { id: string; runId: string | null; reason: string | null; replayed: boolean }

/** @throws only what may pass: then nothing is written, and the firing is tried again. */
export async function fire(ctx: Omit<Ctx, 'actor' | 'access'>, trigger: TriggerRow, cause: Cause): Promise<Fired> {
  const { tx, workspaceId } = ctx
  const same = and(eq(firings.triggerId, trigger.id), eq(firings.key, cause.key))
  const [known] = await tx.select().from(firings).where(same)
  if (known) return { id: known.id, runId: known.runId, reason: known.reason, replayed: true }
  const outcome = await tryStart(ctx, trigger, cause)
  const id = newId()
  await tx
    .insert(firings)
    .values({ id, workspaceId, triggerId: trigger.id, key: cause.key, cause: cause.words.slice(0, 300), ...outcome })
  return { id, ...outcome, replayed: false }
}

async function tryStart(
  ctx: Omit<Ctx, 'actor' | 'access'>,
  { workflow, title }: TriggerRow,
  cause: Cause,
): Promise<{ runId: string | null; reason: string | null }> {
  const { text } = cause
  if (typeof text === 'object' && 'refusal' in text) return { runId: null, reason: text.refusal }
  const request = { workflow, input: { text }, ...(cause.title ? { title: cause.title.slice(0, 200) } : {}) }
  try {
    // What was begun of a run that cannot start is undone, the firing stays.
    const { id } = await ctx.tx.transaction((tx) =>
      startRun({ ...ctx, tx, actor: { kind: 'system', name: title }, access: 'system' }, request),
    )
    return { runId: id, reason: null }
  } catch (error) {
    if (databaseFault(error) !== null) throw error
    if (error instanceof DomainError) return { runId: null, reason: error.message }
    console.error(`triggers: ${workflow} could not be started (${causeWords(error)})`)
    return { runId: null, reason: 'It could not be started because of a fault of ours; the log has more.' }
  }
}
