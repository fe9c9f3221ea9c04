// How the last runs of each workflow went, for their cards: a run that is one of many is not lost behind the others'.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { iso, isoOrNull } from '#lib/tasks/summary.ts'
import type { LastRun } from './shapes.ts'
import type { RunStatus } from './states.ts'

export const LAST_RUNS = 20

type Row = {
  workflow: string
  id: string
  status: RunStatus
  title: string
  created_at: string
  finished_at: string | null
}

/** Of each workflow at most 20, newest first. @throws Forbidden */
export async function listLastRuns({ tx, workspaceId, access }: Ctx, names: readonly string[]): Promise<LastRun[]> {
  requireAccess({ access }, 'run.read')
  const { rows } = await tx.execute<Row>(sql`
    select w.name as workflow, r.* from unnest(${sql.param(names)}::text[]) as w(name) cross join lateral (
      select id, status, title, created_at, finished_at from runs
      where workspace_id = ${workspaceId} and workflow = w.name and parent_run_id is null
      order by id desc limit ${LAST_RUNS}) r`)
  return rows.map(({ created_at, finished_at, ...row }) => ({
    ...row,
    createdAt: iso(created_at),
    finishedAt: isoOrNull(finished_at),
  }))
}
