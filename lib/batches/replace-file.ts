// Puts another file in the place of one whose text could not be read: that row alone starts, under its own number.
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '#lib/context.ts'
import { Conflict, InvalidInput } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { announce } from '#lib/tasks/announce.ts'
import { titleOfFile } from '#lib/tasks/title.ts'
import { feedBatch } from './feed.ts'
import { lockBatch } from './find.ts'
import { MAX_ROWS } from './states.ts'

export const replaceRequest = z.strictObject({
  row: z.number().int().min(1).max(MAX_ROWS),
  /** A document of the workspace. */
  document: z.uuid('This is not the id of a document.'),
})

/** @throws Forbidden; NotFound; InvalidInput; Conflict when the row has begun, or the batch was cancelled. */
export async function replaceFile(ctx: Ctx, id: string, request: z.input<typeof replaceRequest>): Promise<void> {
  const { tx, workspaceId } = ctx
  const batch = await lockBatch(ctx, id)
  const parsed = replaceRequest.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { row, document } = parsed.data
  if (batch.state === 'cancelled')
    throw new Conflict(`“${batch.name}” was cancelled. Start its files in a new batch.`, 'already_ended')
  const { rows: found } = await tx.execute<{ name: string }>(sql`
    select name from documents where workspace_id = ${workspaceId} and id = ${document}`)
  if (!found[0]) throw new InvalidInput([{ path: 'document', message: 'There is no such document in this workspace.' }])
  const { rows: replaced } = await tx.execute(sql`
    update batch_items i set document_id = ${document}, title = ${titleOfFile(found[0].name)}, preview = '',
      text_sha256 = null, error = null
    from batches b where b.id = i.batch_id and b.columns is null and i.batch_id = ${id} and i.row = ${row}
      and i.error is not null returning i.row`)
  if (replaced.length === 0)
    throw new Conflict(
      `Row ${row} is no file whose text could not be read. Retry it, or rerun it with changes.`,
      'not_replaceable',
    )
  await tx.execute(sql`update batches set started_all_at = null where id = ${id}`)
  await feedBatch(ctx, id)
  await announce(tx, [workspaceId])
}
