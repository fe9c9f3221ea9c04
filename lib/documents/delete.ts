import { and, eq } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { documents } from '#lib/db/documents-schema.ts'
import { readDocument } from './queries.ts'
import { postgresStore } from './store.ts'

/** The file and its text, at once and for good; tasks keep the text that they were given. @throws NotFound */
export async function deleteDocument(ctx: Ctx, id: string): Promise<void> {
  requireAccess(ctx, 'document.delete')
  const document = await readDocument(ctx, id)
  await ctx.tx.delete(documents).where(and(eq(documents.workspaceId, ctx.workspaceId), eq(documents.id, document.id)))
  await postgresStore(ctx.workspaceId, (work) => work(ctx.tx)).delete(document.id)
}
