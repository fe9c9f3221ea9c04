// Accepts a file. Its bytes are stored piece by piece while they arrive; the document appears, in one transaction, when
// all of them are there. Whatever goes wrong before leaves nothing.
import { and, eq, sum } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { may, requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { documents } from '#lib/db/documents-schema.ts'
import { Conflict, InvalidInput, TooLarge } from '#lib/errors.ts'
import { isWellFormed } from '#lib/text.ts'
import { announceDocument } from './announce.ts'
import { readDocument } from './queries.ts'
import type { Uploaded } from './shapes.ts'
import { MAX_DOCUMENT_BYTES, MAX_WORKSPACE_BYTES } from './states.ts'
import { type DocumentStore, postgresStore, type StoredFile } from './store.ts'

/** Control characters, and those that reorder what a person reads: an ending could look like another one. */
// oxlint-disable-next-line eslint/no-control-regex -- they are what is removed
const UNSEEN = /[\u0001-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

export const uploadQuery = z.strictObject({
  /** The file's name, with its extension. */
  name: z
    .string()
    .transform((name) =>
      name
        .replace(UNSEEN, '')
        .replace(/^.*[/\\]/s, '')
        .trim(),
    )
    .pipe(
      z
        .string()
        .min(1, 'Give the file a name.')
        .max(255, 'Use at most 255 characters.')
        .refine(isWellFormed, 'The name has a character that cannot be stored.'),
    ),
  /** Of the bytes, in hexadecimal: what arrives must have it. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'Write the SHA-256 as 64 hexadecimal digits.')
    .optional(),
})

type File = z.output<typeof uploadQuery> & {
  bytes: AsyncIterable<Uint8Array>
  /** As announced; null when nobody said. */
  length: number | null
}

type InWorkspace = <Result>(work: (ctx: Ctx) => Promise<Result>) => Promise<Result>

/** @throws Forbidden, TooLarge, InvalidInput */
export async function uploadDocument(inWorkspace: InWorkspace, file: File): Promise<Uploaded> {
  const workspaceId = await inWorkspace(async (ctx) => {
    requireAccess(ctx, 'document.upload')
    await requireRoom(ctx)
    return ctx.workspaceId
  })
  if (file.length !== null && file.length > MAX_DOCUMENT_BYTES) throw new TooLarge(MAX_DOCUMENT_BYTES)
  if (file.length === 0) throw empty()
  const store = postgresStore(workspaceId, (work) => inWorkspace((ctx) => work(ctx.tx)))
  const id = uuidv7()
  let kept = false
  try {
    const stored = await store.put(id, bounded(file.bytes))
    refuseDamaged(file, stored)
    const uploaded = await inWorkspace((ctx) => register(ctx, id, file.name, stored))
    kept = !uploaded.duplicate
    return uploaded
  } finally {
    if (!kept) await take(store, id)
  }
}

async function requireRoom({ tx, workspaceId }: Ctx): Promise<void> {
  const [row] = await tx
    .select({ used: sum(documents.size) })
    .from(documents)
    .where(eq(documents.workspaceId, workspaceId))
  if (Number(row?.used ?? 0) >= MAX_WORKSPACE_BYTES)
    throw new Conflict(
      `The files of this workspace fill the ${MAX_WORKSPACE_BYTES / 1e9} GB that they may have. Delete some first.`,
      'quota',
    )
}

async function register(ctx: Ctx, id: string, name: string, { size, sha256 }: StoredFile): Promise<Uploaded> {
  requireAccess(ctx, 'document.upload')
  const { workspaceId, actor } = ctx
  const [added] = await ctx.tx
    .insert(documents)
    .values({
      id,
      workspaceId,
      name,
      size,
      sha256,
      uploadedBy: actor.kind === 'user' ? actor.id : null,
      apiKeyId: actor.kind === 'key' ? actor.id : null,
    })
    .onConflictDoNothing({ target: [documents.workspaceId, documents.sha256] })
    .returning({ id: documents.id })
  if (added) await announceDocument(ctx.tx)
  const [found] = await ctx.tx
    .select({ id: documents.id })
    .from(documents)
    .where(and(eq(documents.workspaceId, workspaceId), eq(documents.sha256, sha256)))
  const document = await readDocument(ctx, found?.id ?? id)
  const duplicate = added === undefined
  return may(ctx.access, 'document.read')
    ? { ...document, duplicate }
    : { id: document.id, status: document.status, duplicate }
}

function refuseDamaged({ length, sha256 }: File, stored: StoredFile): void {
  if (stored.size === 0) throw empty()
  if (length !== null && length !== stored.size)
    throw new InvalidInput(
      [
        {
          path: '',
          message: `Only ${stored.size} of the ${length} bytes that Content-Length announced arrived. Send it again.`,
        },
      ],
      400,
    )
  if (sha256 !== undefined && sha256.toLowerCase() !== stored.sha256.toString('hex'))
    throw new InvalidInput([
      { path: 'sha256', message: 'The bytes that arrived have another SHA-256. Send the file again.' },
    ])
}

function empty(): InvalidInput {
  return new InvalidInput([{ path: '', message: 'The file is empty: it has 0 bytes. Choose another one.' }])
}

async function* bounded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const part of bytes) {
    size += part.byteLength
    if (size > MAX_DOCUMENT_BYTES) throw new TooLarge(MAX_DOCUMENT_BYTES)
    yield part
  }
}

/** What cannot be taken away now, because the database does not answer, is when an hour has passed. */
async function take(store: DocumentStore, id: string): Promise<void> {
  await store.delete(id).catch(() => console.warn('documents: the bytes of a broken upload stay for an hour'))
}
