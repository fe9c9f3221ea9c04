// Which call is made next, and what becomes of it. A claim is a lease: a process that dies loses it, and another calls
// again with the same id. What a lost claim brings back is not stored.
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/client.ts'
import { deliveries } from '#lib/db/deliveries-schema.ts'
import { endSteps, lockRuns } from '#lib/workflows/advance.ts'
import type { Powers } from '#lib/workflows/locked-run.ts'
import type { StepOutcome } from '#lib/workflows/control.ts'
import { BACKOFF_MS, isFinal, type Try } from './states.ts'

export type DeliveryClaim = {
  id: string
  workspaceId: string
  runId: string
  step: string
  url: string
  body: string
  epoch: number
  /** From 1. */
  attempt: number
}

type ClaimRow = Omit<DeliveryClaim, 'workspaceId' | 'runId'> & { workspace_id: string; run_id: string }

/** Of the workspace that has the fewest calls under way: nobody waits behind another's slow receiver. */
export async function claimDelivery(db: Database, leaseMs: number): Promise<DeliveryClaim | null> {
  const { rows } = await db.execute<ClaimRow>(sql`
    update deliveries set epoch = epoch + 1, attempts = attempts + 1, leased_until = ${inMs(leaseMs)}
    where id = (
      select d.id from deliveries d
      where d.finished_at is null and d.next_at <= now() and (d.leased_until is null or d.leased_until < now())
      order by (select count(*) from deliveries o where o.finished_at is null and o.workspace_id = d.workspace_id
        and o.leased_until >= now()), d.next_at
      limit 1 for update of d skip locked)
    returning id, workspace_id, run_id, step, url, body, epoch, attempts as attempt`)
  if (!rows[0]) return null
  const { workspace_id: workspaceId, run_id: runId, ...claim } = rows[0]
  return { workspaceId, runId, ...claim }
}

/** Gives the claim back uncounted, as when the process ends. */
export async function returnDelivery(db: Database, claim: DeliveryClaim): Promise<void> {
  await db
    .update(deliveries)
    .set({ leasedUntil: null, attempts: claim.attempt - 1 })
    .where(claimed(claim))
}

type Settling = Pick<Powers, 'queue'> & { db: Database; backoffMs?: readonly number[] }

/** Ends the step that waits for it, or names the time of the next attempt. @returns false when the claim was lost */
export async function settleDelivery(
  { db, queue, backoffMs = BACKOFF_MS }: Settling,
  claim: DeliveryClaim,
  made: Try & { retryAfterMs?: number | null },
): Promise<boolean> {
  const { retryAfterMs = null, ...attempt } = made
  const pauseMs = backoffMs[claim.attempt - 1]
  const again = attempt.error !== null && pauseMs !== undefined && !isFinal(attempt)
  const status = attempt.error === null ? 'delivered' : again ? 'pending' : 'failed'
  const waitMs = again ? Math.max(jittered(pauseMs), retryAfterMs ?? 0) : 0
  return db.transaction(async (tx) => {
    await lockRuns(tx, [claim.runId])
    const held = await tx
      .update(deliveries)
      .set({
        status,
        tries: sql`${deliveries.tries} || ${JSON.stringify([attempt])}::jsonb`,
        leasedUntil: null,
        ...(again ? { nextAt: inMs(waitMs) } : { finishedAt: sql`now()` }),
      })
      .where(claimed(claim))
      .returning({ id: deliveries.id })
    if (held.length === 0) return false
    await endSteps({ tx, queue }, claim.runId, [outcomeOf(claim, attempt, { again, attempts: backoffMs.length + 1 })])
    return true
  })
}

function outcomeOf(
  { id, step: name, url, attempt }: DeliveryClaim,
  { status, error }: Try,
  { again, attempts }: { again: boolean; attempts: number },
): StepOutcome {
  const host = URL.parse(url)?.host ?? 'the receiver'
  if (error === null)
    return { name, status: 'completed', output: { delivery: id, status: status ?? 0, attempts: attempt } }
  const message = `Calling ${host} failed at attempt ${attempt} of ${attempts}. ${error.message}`
  if (again) return { name, status: 'in_progress', error: { code: error.code, message } }
  const advice = 'Look at the receiver, then run again from this step.'
  return { name, status: 'failed', error: { code: error.code, message, advice } }
}

function claimed({ id, epoch }: DeliveryClaim) {
  return and(eq(deliveries.id, id), eq(deliveries.epoch, epoch), isNull(deliveries.finishedAt))
}

/** Between 80 and 120 %: what failed together does not come back together. */
function jittered(ms: number): number {
  return ms * (0.8 + 0.4 * Math.random())
}

function inMs(ms: number) {
  return sql`now() + ${ms} * interval '1 millisecond'`
}
