// Which document is read next, and what becomes of it. A claim is a lease: a process that dies loses it, and another
// goes on. What a lost claim has found is not stored.
import { and, eq, sql } from 'drizzle-orm'
import { asWorkspace, type Database, type Tx } from '#lib/db/client.ts'
import { documentPages, documents } from '#lib/db/documents-schema.ts'
import { announceDocument } from './announce.ts'
import type { DocumentMetadata } from './shapes.ts'
import { MAX_PARSE_ATTEMPTS, PAGE_BREAK, type RejectionReason } from './states.ts'

export type Claim = { id: string; workspaceId: string; name: string; size: number; epoch: number; attempt: number }

export type ParsedText = {
  mediaType: string
  paged: boolean
  metadata: DocumentMetadata
  pages: string[]
}

const ROWS_AT_ONCE = 200

/**
 * The oldest document that nobody reads, of the workspace whose turn was longest ago: nobody waits behind another's
 * thousand files. One whose readers died too often is rejected instead.
 */
export async function claimDocument(db: Database, leaseMs: number): Promise<Claim | null> {
  await db.execute(sql`
    update documents set status = 'rejected', reason = 'parser_crashed', leased_until = null, finished_at = now()
    where finished_at is null and status = 'parsing' and leased_until < now() and parse_attempts >= ${MAX_PARSE_ATTEMPTS}`)
  const { rows } = await db.execute<Omit<Claim, 'workspaceId'> & { workspace_id: string }>(sql`
    update documents set status = 'parsing', epoch = epoch + 1, parse_attempts = parse_attempts + 1,
      claimed_at = now(), leased_until = ${inMs(leaseMs)}
    where id = (
      select d.id from (
        select distinct on (workspace_id) id, workspace_id from documents
        where finished_at is null
          and (status = 'uploaded' or (leased_until < now() and parse_attempts < ${MAX_PARSE_ATTEMPTS}))
        order by workspace_id, id
      ) as first join documents d on d.id = first.id
      order by (select max(claimed_at) from documents o where o.workspace_id = first.workspace_id) nulls first, d.id
      limit 1 for update of d skip locked)
    returning id, workspace_id, name, size, epoch, parse_attempts as attempt`)
  if (!rows[0]) return null
  const { workspace_id: workspaceId, ...claim } = rows[0]
  return { workspaceId, ...claim }
}

/** @returns whether the claim still holds */
export async function prolongClaim(db: Database, claim: Claim, leaseMs: number): Promise<boolean> {
  const held = await db
    .update(documents)
    .set({ leasedUntil: inMs(leaseMs) })
    .where(claimed(claim))
    .returning({ id: documents.id })
  return held.length > 0
}

/** @returns false when the claim was lost, or the document deleted: then nothing was stored */
export function finishDocument(db: Database, claim: Claim, found: ParsedText): Promise<boolean> {
  return asWorkspace(db, claim.workspaceId, (tx) => finishClaim(tx, claim, found))
}

export async function finishClaim(tx: Tx, claim: Claim, { pages, ...found }: ParsedText): Promise<boolean> {
  const rows = withStarts(claim, pages)
  const last = rows.at(-1)
  const held = await tx
    .update(documents)
    .set({
      ...found,
      status: 'ready',
      pages: pages.length,
      characters: last ? last.start + last.text.length : 0,
      leasedUntil: null,
      finishedAt: sql`now()`,
    })
    .where(claimed(claim))
    .returning({ id: documents.id })
  if (held.length === 0) return false
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    await tx.insert(documentPages).values(rows.slice(from, from + ROWS_AT_ONCE))
  return true
}

export function rejectDocument(
  db: Database,
  claim: Claim,
  reason: RejectionReason,
  found: { mediaType?: string; metadata?: DocumentMetadata } = {},
): Promise<void> {
  return settle(db, claim, (tx) =>
    tx
      .update(documents)
      .set({ ...found, status: 'rejected', reason, leasedUntil: null, finishedAt: sql`now()` })
      .where(claimed(claim)),
  )
}

/** Back to those that wait. `counted` is false when the document had no part in it, as when the process ends. */
export function returnDocument(db: Database, claim: Claim, { counted }: { counted: boolean }): Promise<void> {
  if (counted && claim.attempt >= MAX_PARSE_ATTEMPTS) return rejectDocument(db, claim, 'parser_crashed')
  return settle(db, claim, async (tx) => {
    await tx
      .update(documents)
      .set({ status: 'uploaded', leasedUntil: null, parseAttempts: claim.attempt - (counted ? 0 : 1) })
      .where(claimed(claim))
    await announceDocument(tx)
  })
}

async function settle(db: Database, claim: Claim, work: (tx: Tx) => PromiseLike<unknown>): Promise<void> {
  await asWorkspace(db, claim.workspaceId, async (tx) => void (await work(tx)))
}

function claimed(claim: Claim) {
  return and(eq(documents.id, claim.id), eq(documents.status, 'parsing'), eq(documents.epoch, claim.epoch))
}

function withStarts({ id, workspaceId }: Claim, pages: string[]) {
  let start = 0
  return pages.map((text, index) => {
    const row = { workspaceId, documentId: id, page: index + 1, start, text }
    start += text.length + PAGE_BREAK.length
    return row
  })
}

function inMs(ms: number) {
  return sql`now() + ${ms} * interval '1 millisecond'`
}
