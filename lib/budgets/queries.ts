// Reads budgets: what is spent, what is set aside, and what waits for room.
import { sql } from 'drizzle-orm'
import type { Ctx } from '#lib/context.ts'
import { waitingIn } from './waiting.ts'
import type { Budget } from './shapes.ts'

type BudgetRow = {
  cap_micros: string | null
  used_micros: string
  unpriced: boolean
  reserved: string
  assumed: string
  waiting: number
  needed: string | null
  models: string[] | null
}

/** Null without one. The caller has checked who asks. */
export async function readBudget({ tx, workspaceId }: Ctx, id: string): Promise<Budget | null> {
  const { rows } = await tx.execute<BudgetRow>(sql`
    select b.cap_micros, b.used_micros, b.unpriced, c.*, w.*
    from budgets b
    left join lateral (
      select coalesce(sum(c.reserved_micros) filter (where c.state = 'sent'), 0) as reserved,
        coalesce(sum(c.reserved_micros) filter (where c.state <> 'sent'), 0) as assumed
      from tasks t join calls c on c.task_id = t.id and c.cost_micros is null
      where t.budget_id = b.id) c on true
    left join lateral (
      select count(*)::int as waiting, min(w.needed) as needed,
        array_agg(distinct w.model) filter (where w.needed is null and w.model is not null) as models
      from (${waitingIn(sql`b.id`)}) w) w on true
    where b.workspace_id = ${workspaceId} and b.id = ${id}`)
  const row = rows[0]
  if (!row) return null
  const reserved = Number(row.reserved)
  return {
    capMicros: row.cap_micros === null ? null : Number(row.cap_micros),
    spentMicros: Number(row.used_micros) - reserved,
    assumedMicros: Number(row.assumed),
    reservedMicros: reserved,
    unpriced: row.unpriced,
    waiting: row.waiting,
    neededMicros: row.needed === null ? null : Number(row.needed),
    unpricedModels: row.models ?? [],
  }
}
