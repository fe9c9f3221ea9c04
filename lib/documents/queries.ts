// Reading documents: lists, one, its pages, its text for a task.
import { and, asc, desc, eq, gte, lt, lte } from 'drizzle-orm'
import { z } from 'zod'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { users } from '#lib/db/auth-schema.ts'
import { documentPages, documents } from '#lib/db/documents-schema.ts'
import { apiKeys } from '#lib/db/schema.ts'
import { Conflict, NotFound } from '#lib/errors.ts'
import type { DocumentList, DocumentPage, DocumentSummary } from './shapes.ts'
import { PAGE_BREAK, rejection } from './states.ts'

export const documentQuery = z.strictObject({
  /** As `nextCursor` of the answer before. */
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const pageRange = z.strictObject({
  from: z.coerce.number().int().min(1).default(1),
  to: z.coerce.number().int().min(1).optional(),
})

/** Pages in one answer. */
export const PAGES_AT_ONCE = 50

/** Newest first. */
export async function listDocuments(
  ctx: Ctx,
  { cursor, limit }: z.output<typeof documentQuery>,
): Promise<DocumentList> {
  requireAccess(ctx, 'document.read')
  const rows = await selectDocuments(ctx)
    .where(and(eq(documents.workspaceId, ctx.workspaceId), cursor ? lt(documents.id, cursor) : undefined))
    .orderBy(desc(documents.id))
    .limit(limit + 1)
  const items = rows.slice(0, limit).map(toSummary)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** @throws NotFound */
export async function getDocument(ctx: Ctx, id: string): Promise<DocumentSummary> {
  requireAccess(ctx, 'document.read')
  return readDocument(ctx, id)
}

/** Whatever the rights. @throws NotFound */
export async function readDocument(ctx: Ctx, id: string): Promise<DocumentSummary> {
  if (!z.uuid().safeParse(id).success) throw new NotFound('The document')
  const [row] = await selectDocuments(ctx).where(
    and(eq(documents.workspaceId, ctx.workspaceId), eq(documents.id, id.toLowerCase())),
  )
  if (!row) throw new NotFound('The document')
  return toSummary(row)
}

/** At most 50 of them, from `from` on. @throws NotFound, Conflict while it is not ready */
export async function listPages(
  ctx: Ctx,
  id: string,
  { from, to }: z.output<typeof pageRange>,
): Promise<DocumentPage[]> {
  requireReady(await getDocument(ctx, id))
  const last = Math.min(to ?? Infinity, from + PAGES_AT_ONCE - 1)
  return ctx.tx
    .select({ page: documentPages.page, start: documentPages.start, text: documentPages.text })
    .from(documentPages)
    .where(and(inDocument(ctx, id), gte(documentPages.page, from), lte(documentPages.page, last)))
    .orderBy(asc(documentPages.page))
}

/** Where each page begins, in order. */
export async function pageStarts(ctx: Ctx, id: string): Promise<number[]> {
  requireAccess(ctx, 'document.read')
  const rows = await ctx.tx
    .select({ start: documentPages.start })
    .from(documentPages)
    .where(inDocument(ctx, id))
    .orderBy(asc(documentPages.page))
  return rows.map(({ start }) => start)
}

/**
 * Of the whole document or of these pages, and where it begins; null when it is longer than `maxLength`.
 * @throws NotFound, Conflict
 */
export async function documentText(
  ctx: Ctx,
  id: string,
  { from, to, maxLength }: { from: number; to: number; maxLength: number },
): Promise<{ document: DocumentSummary; start: number; length: number; text: string | null }> {
  const document = await getDocument(ctx, id)
  requireReady(document)
  const starts = await pageStarts(ctx, id)
  const last = Math.min(to, starts.length)
  const end = starts[last] === undefined ? (document.characters ?? 0) : starts[last] - PAGE_BREAK.length
  const start = starts[from - 1] ?? end
  const found = { document, start, length: end - start }
  if (found.length > maxLength) return { ...found, text: null }
  const rows = await ctx.tx
    .select({ text: documentPages.text })
    .from(documentPages)
    .where(and(inDocument(ctx, id), gte(documentPages.page, from), lte(documentPages.page, last)))
    .orderBy(asc(documentPages.page))
  return { ...found, text: rows.map(({ text }) => text).join(PAGE_BREAK) }
}

function requireReady({ status, rejection: why }: DocumentSummary): void {
  if (status === 'ready') return
  throw new Conflict(
    why
      ? `This document has no text. ${why.message} ${why.advice}`
      : 'This document is still being read. Ask again in a moment.',
    why ? 'rejected' : 'not_ready',
  )
}

function inDocument(ctx: Ctx, id: string) {
  return and(eq(documentPages.workspaceId, ctx.workspaceId), eq(documentPages.documentId, id.toLowerCase()))
}

function selectDocuments({ tx }: Ctx) {
  return tx
    .select({
      document: documents,
      user: { id: users.id, name: users.name },
      key: { id: apiKeys.id, name: apiKeys.name },
    })
    .from(documents)
    .leftJoin(users, eq(users.id, documents.uploadedBy))
    .leftJoin(apiKeys, and(eq(apiKeys.workspaceId, documents.workspaceId), eq(apiKeys.id, documents.apiKeyId)))
}

function toSummary({ document, user, key }: Awaited<ReturnType<typeof selectDocuments>>[number]): DocumentSummary {
  const { id, name, status, reason, mediaType, size, sha256, pages, paged, characters, metadata } = document
  return {
    id,
    name,
    status,
    rejection: reason === null ? null : rejection(reason),
    mediaType,
    size,
    sha256: sha256.toString('hex'),
    pages,
    paged,
    characters,
    metadata,
    uploadedBy: user ? { kind: 'user', ...user } : key ? { kind: 'key', ...key } : null,
    createdAt: document.createdAt.toISOString(),
    finishedAt: document.finishedAt?.toISOString() ?? null,
  }
}
