// Starts a batch over the rows of a table.
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { InvalidInput } from '#lib/errors.ts'
import { type Idempotency, keepKeyOfBatch, replayed } from '#lib/tasks/idempotency.ts'
import { acceptBatch } from './accept.ts'
import { itemsOf } from './items.ts'
import { columnOf, type Table } from './read-table.ts'
import type { StartQuery } from './requests.ts'

export type StartedBatch = { id: string; replayed: boolean }

/** @throws Forbidden; InvalidInput with the field's path; SameBatch */
export async function startBatch(
  ctx: Ctx,
  table: Table,
  request: StartQuery,
  idempotency?: Idempotency,
): Promise<StartedBatch> {
  requireAccess(ctx, 'batch.start')
  const known = idempotency ? await replayed(ctx, idempotency) : null
  if (known) return { id: known, replayed: true }
  const column = columnOf(table, request.column)
  const read = itemsOf(table, column)
  const items = request.first === undefined ? read : read.filter(({ text }) => text !== null).slice(0, request.first)
  if (items.every(({ text }) => text === null))
    throw new InvalidInput([
      { path: 'column', message: `No row has a usable text in the column ${JSON.stringify(table.columns[column])}.` },
    ])
  const id = await acceptBatch(ctx, request, items, { columns: table.columns, column })
  if (idempotency) await keepKeyOfBatch(ctx, idempotency, id)
  return { id, replayed: false }
}
