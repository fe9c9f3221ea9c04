// Opens the budget of something that is about to be started: its id is the budget's.
import { sql } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'

export type NewBudget = { capMicros: number; unpriced: boolean }

export async function openBudget(
  tx: Tx,
  { workspaceId, id }: { workspaceId: string; id: string },
  { capMicros, unpriced }: NewBudget,
): Promise<void> {
  await tx.execute(sql`
    insert into budgets (id, workspace_id, cap_micros, unpriced)
    values (${id}, ${workspaceId}, ${capMicros}, ${unpriced})`)
}
