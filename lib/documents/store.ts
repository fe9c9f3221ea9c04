// Where the bytes of files are kept: in Postgres, in pieces, so that none is ever in memory as a whole. Another place (a
// folder, an S3 bucket) would be another maker of a DocumentStore.
import { createHash } from 'node:crypto'
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'
import { documentBytes, documents } from '#lib/db/documents-schema.ts'

export type StoredFile = { size: number; sha256: Buffer }

export type DocumentStore = {
  /** Whoever breaks off has to call `delete`. */
  put: (key: string, bytes: AsyncIterable<Uint8Array>) => Promise<StoredFile>
  /** Nothing for an unknown key. */
  get: (key: string) => AsyncGenerator<Uint8Array>
  delete: (key: string) => Promise<void>
}

/** A transaction of its own each time, inside the workspace. */
export type InTransaction = <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>

const PIECE_BYTES = 1_000_000
/** No upload lasts longer. */
const ABANDONED_AFTER = sql`interval '1 hour'`

export function postgresStore(workspaceId: string, transact: InTransaction): DocumentStore {
  const ofKey = (key: string) => and(eq(documentBytes.workspaceId, workspaceId), eq(documentBytes.key, key))
  return {
    put: async (key, bytes) => {
      const hash = createHash('sha256')
      let size = 0
      let piece = 0
      for await (const part of inPieces(bytes)) {
        hash.update(part)
        size += part.byteLength
        await transact((tx) => tx.insert(documentBytes).values({ workspaceId, key, piece, bytes: part }))
        piece += 1
      }
      return { size, sha256: hash.digest() }
    },
    get: async function* (key) {
      for (let last = -1; ;) {
        const [row] = await transact((tx) =>
          tx
            .select({ piece: documentBytes.piece, bytes: documentBytes.bytes })
            .from(documentBytes)
            .where(and(ofKey(key), gt(documentBytes.piece, last)))
            .orderBy(asc(documentBytes.piece))
            .limit(1),
        )
        if (!row) return
        last = row.piece
        yield row.bytes
      }
    },
    delete: async (key) => {
      await transact((tx) => tx.delete(documentBytes).where(ofKey(key)))
    },
  }
}

/** Bytes of uploads whose process died before it could take them away. */
export async function forgetAbandonedBytes(tx: Tx): Promise<void> {
  await tx.execute(sql`
    delete from ${documentBytes} b where b.created_at < now() - ${ABANDONED_AFTER}
      and not exists (select from ${documents} d where d.workspace_id = b.workspace_id and d.id = b.key)`)
}

async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = []
  let length = 0
  for await (const part of bytes) {
    for (let from = 0; from < part.byteLength;) {
      const taken = part.subarray(from, from + PIECE_BYTES - length)
      parts.push(taken)
      length += taken.byteLength
      from += taken.byteLength
      if (length < PIECE_BYTES) continue
      yield Buffer.concat(parts)
      parts = []
      length = 0
    }
  }
  if (length > 0) yield Buffer.concat(parts)
}
