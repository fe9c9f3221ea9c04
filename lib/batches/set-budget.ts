// Changes what a batch may cost. What waits for room goes on by itself, a moment later; what is under way finishes.
import { sql } from 'drizzle-orm'
import { type BudgetRequest, budgetRequest } from '#lib/budgets/requests.ts'
import type { Ctx } from '#lib/context.ts'
import { InvalidInput } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { announce } from '#lib/tasks/announce.ts'
import { lockBatch } from './find.ts'
import { runTree } from './run-tree.ts'

/** A batch without a cap gets one, in which its calls so far count. @throws Forbidden; NotFound; InvalidInput */
export async function setBatchBudget(ctx: Ctx, id: string, request: BudgetRequest): Promise<void> {
  const { tx, workspaceId } = ctx
  await lockBatch(ctx, id)
  const parsed = budgetRequest.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { capMicros, unpriced = null } = parsed.data
  const { rows } = await tx.execute(sql`
    update budgets set cap_micros = ${capMicros}, unpriced = coalesce(${unpriced}::boolean, unpriced)
    where workspace_id = ${workspaceId} and id = ${id} returning id`)
  if (rows.length === 0 && capMicros !== null) await capLater(ctx, id, capMicros, unpriced ?? false)
  await announce(tx, [workspaceId])
}

// Tasks are locked before the sum is taken: a call begins with its task's lock, so each is in the sum or comes after it.
async function capLater({ tx, workspaceId }: Ctx, id: string, capMicros: number, unpriced: boolean): Promise<void> {
  await tx.execute(sql`
    insert into budgets (id, workspace_id, cap_micros, unpriced) values (${id}, ${workspaceId}, ${capMicros}, ${unpriced})`)
  const tree = runTree(sql`batch_id = ${id}`)
  // Whoever starts an inner run holds the lock of the outer one: those that came while we waited for it are seen next.
  for (let more = true; more;) {
    await tx.execute(sql`select from runs where id in (select id from (${tree}) r) order by id for update`)
    const { rowCount } = await tx.execute(sql`
      update runs set budget_id = ${id} where id in (select id from (${tree}) r) and budget_id is distinct from ${id}`)
    more = (rowCount ?? 0) > 0
  }
  const own = sql`(batch_id = ${id} or run_id in (select id from (${tree}) r))`
  await tx.execute(sql`select from tasks where ${own} order by id for update`)
  await tx.execute(sql`update tasks set budget_id = ${id} where ${own}`)
  await tx.execute(sql`
    update budgets set used_micros = coalesce((
      select sum(coalesce(c.cost_micros, c.reserved_micros, 0)) from tasks t join calls c on c.task_id = t.id
      where t.budget_id = ${id}), 0)
    where id = ${id}`)
}
