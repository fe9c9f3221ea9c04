// The calls that a run has made, with each attempt.
import { and, asc, eq } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { deliveries } from '#lib/db/deliveries-schema.ts'
import { runs } from '#lib/db/workflow-schema.ts'
import { NotFound } from '#lib/errors.ts'
import type { DeliveryStatus, Try } from './states.ts'

export type DeliverySummary = {
  id: string
  step: string
  url: string
  status: DeliveryStatus
  attempts: number
  tries: Try[]
  /** When it is tried next; null when it has ended. */
  nextAt: string | null
  createdAt: string
  finishedAt: string | null
}

/** Oldest first. @throws NotFound */
export async function listDeliveries(ctx: Ctx, runId: string): Promise<DeliverySummary[]> {
  requireAccess(ctx, 'run.read')
  const { tx, workspaceId } = ctx
  const run = and(eq(runs.workspaceId, workspaceId), eq(runs.id, runId))
  const [known] = await tx.select({ id: runs.id }).from(runs).where(run)
  if (!known) throw new NotFound('The run')
  const rows = await tx
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.workspaceId, workspaceId), eq(deliveries.runId, runId)))
    .orderBy(asc(deliveries.id))
  return rows.map(({ id, step, url, status, attempts, tries, nextAt, createdAt, finishedAt }) => ({
    id,
    step,
    url,
    status,
    attempts,
    tries,
    nextAt: finishedAt === null ? nextAt.toISOString() : null,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  }))
}
