// The next files of a batch whose texts have been read: each gets its text, or the reason why it never will.
import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'
import type { UsedDocument } from '#lib/documents/shapes.ts'
import { PAGE_BREAK, type RejectionReason, rejection } from '#lib/documents/states.ts'
import type { TaskError } from '#lib/tasks/states.ts'
import { previewOf } from '#lib/tasks/title.ts'
import { documentText, MAX_TEXT_LENGTH } from '#lib/workers/define.ts'

export type NextFile = { row: number; document: UsedDocument }

type FileRow = {
  row: number
  id: string
  found: boolean
  name: string
  paged: boolean
  reason: RejectionReason | null
  characters: number | null
  /** Null where it is too long. */
  body: string | null
}

/** Whole texts are in memory meanwhile. */
const AT_ONCE = 40

export async function nextFiles(tx: Tx, workspaceId: string, batchId: string, room: number): Promise<NextFile[]> {
  const { rows } = await tx.execute<FileRow>(sql`
    select i.row, i.document_id as id, d.id is not null as found, d.name, d.paged, d.reason, d.characters,
      case when d.characters <= ${MAX_TEXT_LENGTH} then (
        select string_agg(p.text, ${PAGE_BREAK}::text order by p.page) from document_pages p
        where p.workspace_id = d.workspace_id and p.document_id = d.id) end as body
    from batch_items i left join documents d on d.workspace_id = i.workspace_id and d.id = i.document_id
    where i.batch_id = ${batchId} and i.task_id is null and i.run_id is null and i.error is null
      and (d.id is null or d.finished_at is not null)
    order by i.row limit ${Math.min(room, AT_ONCE)}`)
  const read = rows.map((file) => ({ file, ...textOf(file) }))
  const given = read.map(({ file, text, error }) => ({
    row: file.row,
    hash: text === null ? null : createHash('sha256').update(text).digest('hex'),
    body: text,
    preview: text === null ? '' : previewOf(text),
    error,
  }))
  await tx.execute(sql`
    with d as (select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      as d("row" int, hash text, body text, preview text, error jsonb)),
    x as (insert into texts (workspace_id, sha256, body)
      select distinct on (hash) ${workspaceId}::uuid, decode(hash, 'hex'), body from d where hash is not null order by hash
      on conflict do nothing returning 1)
    update batch_items i set text_sha256 = decode(d.hash, 'hex'), preview = d.preview, error = d.error
    from d where i.batch_id = ${batchId} and i.row = d.row and (select count(*) from x) >= 0`)
  return read.flatMap(({ file, text }) => (text === null ? [] : [{ row: file.row, document: usedOf(file, text) }]))
}

function textOf(file: FileRow): { text: string; error: null } | { text: null; error: TaskError } {
  const failed = (code: string, message: string, advice?: string) => ({
    text: null,
    error: { code, message, ...(advice === undefined ? {} : { advice }) },
  })
  if (!file.found) return failed('document_deleted', 'The document was deleted before its turn.')
  if (file.reason !== null) {
    const { message, advice } = rejection(file.reason)
    return failed('document_rejected', message, advice)
  }
  if (file.body === null)
    return failed(
      'text_too_long',
      `Its text has ${(file.characters ?? 0).toLocaleString('en')} characters; one task takes ${MAX_TEXT_LENGTH.toLocaleString('en')}.`,
      'Start a task with some of its pages, on the page of the document.',
    )
  const checked = documentText.safeParse(file.body)
  if (!checked.success) return failed('unusable_text', checked.error.issues[0]?.message ?? 'Its text cannot be used.')
  return { text: checked.data, error: null }
}

function usedOf({ id, name, paged, body }: FileRow, text: string): UsedDocument {
  return { id, name, paged, pages: null, start: (body?.length ?? 0) - text.length, deleted: false }
}
