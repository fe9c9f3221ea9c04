// Starts a batch over files: documents of the workspace, each as soon as its text is read. Files that could not be
// taken in come along as failed items, so that nothing of what was dropped is lost from sight.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { type FieldIssue, InvalidInput } from '#lib/errors.ts'
import { type Idempotency, keepKeyOfBatch, replayed } from '#lib/tasks/idempotency.ts'
import { titleOfFile } from '#lib/tasks/title.ts'
import { acceptBatch } from './accept.ts'
import type { NewItem } from './items.ts'
import type { FilesRequest } from './requests.ts'
import type { StartedBatch } from './start.ts'

/** @throws Forbidden; InvalidInput with the field's path; SameBatch */
export async function startFiles(
  ctx: Ctx,
  { files, ...doing }: FilesRequest,
  idempotency?: Idempotency,
): Promise<StartedBatch> {
  requireAccess(ctx, 'batch.start')
  const known = idempotency ? await replayed(ctx, idempotency) : null
  if (known) return { id: known, replayed: true }
  const documents = await namesOf(
    ctx,
    files.flatMap((file) => ('document' in file ? [file.document] : [])),
  )
  const issues: FieldIssue[] = []
  const items = files.map((file, index): NewItem => {
    const row = index + 1
    const nothing = { row, preview: '', text: null, sha256: null, cells: null }
    if (!('document' in file)) {
      const { name, problem, advice } = file
      const error = { code: 'file_refused', message: problem, ...(advice === undefined ? {} : { advice }) }
      return { ...nothing, title: name, documentId: null, error, same: name }
    }
    const document = documents.get(file.document.toLowerCase())
    if (!document)
      issues.push({ path: `files.${index}.document`, message: 'There is no such document in this workspace.' })
    const title = document ? titleOfFile(document.name) : ''
    return { ...nothing, title, documentId: file.document, error: null, same: document?.sha256 ?? '' }
  })
  if (issues.length > 0) throw new InvalidInput(issues.slice(0, 50))
  if (items.every(({ error }) => error !== null))
    throw new InvalidInput([{ path: 'files', message: 'None of the files can be worked on.' }])
  const id = await acceptBatch(ctx, doing, items, null)
  if (idempotency) await keepKeyOfBatch(ctx, idempotency, id)
  return { id, replayed: false }
}

async function namesOf({ tx, workspaceId }: Ctx, ids: readonly string[]) {
  const { rows } = await tx.execute<{ id: string; name: string; sha256: string }>(sql`
    select id, name, encode(sha256, 'hex') as sha256 from documents
    where workspace_id = ${workspaceId} and id = any(${sql.param(ids)}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row]))
}
