// What became of a document: the tasks and runs that were given its text. Kept with them, also when it is deleted.
import { type SQL, sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import type { Ctx } from '#lib/context.ts'
import { documentUses } from '#lib/db/documents-schema.ts'
import type { UsedDocument } from './shapes.ts'

export type User = { taskId: string } | { runId: string }

/** In the transaction that accepts the task or begins the run. */
export async function keepUse({ tx, workspaceId }: Ctx, used: UsedDocument, by: User): Promise<void> {
  const { id: documentId, name, paged, pages, start } = used
  const range = { firstPage: pages?.from ?? null, lastPage: pages?.to ?? null }
  await tx.insert(documentUses).values({ id: newId(), workspaceId, documentId, name, paged, ...range, start, ...by })
}

/** A run that repeats another one over the same text has it from the same document. */
export async function keepUseAgain({ tx, workspaceId }: Ctx, from: string, to: string): Promise<void> {
  await tx.execute(sql`
    insert into document_uses (id, workspace_id, document_id, name, paged, first_page, last_page, start, run_id)
    select ${newId()}::uuid, workspace_id, document_id, name, paged, first_page, last_page, start, ${to}::uuid
    from document_uses where workspace_id = ${workspaceId} and run_id = ${from}`)
}

/** A column with the used document of whoever `of` names, as `UsedDocument`; null when the text came otherwise. */
export function usedDocument(of: SQL): SQL {
  return sql`(
    select jsonb_build_object('id', d.document_id, 'name', d.name, 'paged', d.paged, 'start', d.start,
      'pages', case when d.first_page is not null then jsonb_build_object('from', d.first_page, 'to', d.last_page) end,
      'deleted', not exists (select from documents o where o.workspace_id = d.workspace_id and o.id = d.document_id))
    from document_uses d where ${of})`
}
