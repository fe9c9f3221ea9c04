// API keys belong to a workspace. The secret is shown once and kept only as its SHA-256: 256 random bits need no
// slower hash, and no dump or log can give one away.
import { createHash, randomBytes } from 'node:crypto'
import { and, desc, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import type { Ctx } from '#lib/context.ts'
import { users } from '#lib/db/auth-schema.ts'
import { type Database, asWorkspace, type Tx } from '#lib/db/client.ts'
import { apiKeys } from '#lib/db/schema.ts'
import { Conflict, NotFound } from '#lib/errors.ts'
import { isWellFormed } from '#lib/text.ts'
import { API_KEY_SCOPES, type ApiKeyScope } from './actor.ts'
import { requireAccess } from './policy.ts'

const SECRET = /^bt_[0-9a-f]{64}$/
/** Half of one is as much as nobody looks for by chance. */
const LEAKED = /bt_[0-9a-f]{32}/
const MAX_LIVE_KEYS = 100
const USE_NOTED_EVERY_MS = 10_000

export const newKey = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, 'Name the key after what will use it.')
    .max(80, 'Use at most 80 characters.')
    .refine(isWellFormed, 'The name has a character that cannot be stored.'),
  scopes: z
    .array(z.enum(API_KEY_SCOPES))
    .min(1, 'Choose at least one thing that the key may do.')
    .max(API_KEY_SCOPES.length)
    .transform((scopes) => API_KEY_SCOPES.filter((scope) => scopes.includes(scope))),
})

export type ApiKey = {
  id: string
  name: string
  /** How the secret begins and ends, to tell keys apart. */
  prefix: string
  last4: string
  scopes: ApiKeyScope[]
  createdBy: { id: string; name: string } | null
  createdAt: string
  lastUsedAt: string | null
  lastUsedIp: string | null
  /** The HTTP status that its latest request got. */
  lastUsedStatus: number | null
  revokedAt: string | null
}

/** The only time that the secret leaves: `key` never has it. */
export async function createApiKey(
  ctx: Ctx,
  { name, scopes }: z.output<typeof newKey>,
): Promise<{ key: ApiKey; secret: string }> {
  requireAccess(ctx, 'key.change')
  const live = await ctx.tx.$count(apiKeys, and(eq(apiKeys.workspaceId, ctx.workspaceId), isNull(apiKeys.revokedAt)))
  if (live >= MAX_LIVE_KEYS)
    throw new Conflict(`This workspace has ${MAX_LIVE_KEYS} API keys, the most it can have. Revoke one first.`)
  const secret = `bt_${randomBytes(32).toString('hex')}`
  const id = uuidv7()
  await ctx.tx.insert(apiKeys).values({
    id,
    workspaceId: ctx.workspaceId,
    name,
    prefix: secret.slice(0, 7),
    last4: secret.slice(-4),
    sha256: digest(secret),
    scopes,
    createdBy: ctx.actor.kind === 'user' ? ctx.actor.id : null,
  })
  return { key: await readKey(ctx, id), secret }
}

/** Requests that start after this has been committed get 401; tasks already accepted go on. */
export async function revokeApiKey(ctx: Ctx, id: string): Promise<ApiKey> {
  requireAccess(ctx, 'key.change')
  if (!z.uuid().safeParse(id).success) throw new NotFound('This API key')
  const [revoked] = await ctx.tx
    .update(apiKeys)
    .set({ revokedAt: sql`now()`, revokedBy: ctx.actor.kind === 'user' ? ctx.actor.id : null })
    .where(and(eq(apiKeys.workspaceId, ctx.workspaceId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id })
  const key = await readKey(ctx, id)
  if (!revoked) throw new Conflict('This API key was already revoked.')
  return key
}

/** Live keys first, each group by age. */
export async function listApiKeys(ctx: Ctx): Promise<ApiKey[]> {
  requireAccess(ctx, 'key.read')
  const rows = await selectKeys(ctx.tx)
    .where(eq(apiKeys.workspaceId, ctx.workspaceId))
    .orderBy(sql`${apiKeys.revokedAt} is not null`, desc(apiKeys.createdAt))
    .limit(500)
  return rows.map(toApiKey)
}

/** The live key of this secret in the workspace that the transaction has entered, or null. */
export async function findKey(
  tx: Tx,
  secret: string,
): Promise<{ id: string; name: string; scopes: ApiKeyScope[] } | null> {
  if (!SECRET.test(secret)) return null
  const [found] = await tx
    .select({ id: apiKeys.id, name: apiKeys.name, scopes: apiKeys.scopes })
    .from(apiKeys)
    .where(and(eq(apiKeys.sha256, digest(secret)), isNull(apiKeys.revokedAt)))
  return found ?? null
}

/** Notes when, from where and with what answer the key was used, at most every ten seconds or when the answer differs. */
export async function noteKeyUse(
  db: Database,
  workspaceId: string,
  keyId: string,
  { ip, status }: { ip: string | null; status: number },
): Promise<void> {
  await asWorkspace(db, workspaceId, (tx) =>
    tx
      .update(apiKeys)
      .set({ lastUsedAt: sql`now()`, lastUsedIp: ip, lastUsedStatus: status })
      .where(
        and(
          eq(apiKeys.workspaceId, workspaceId),
          eq(apiKeys.id, keyId),
          or(
            isNull(apiKeys.lastUsedAt),
            lt(apiKeys.lastUsedAt, sql`now() - ${USE_NOTED_EVERY_MS} * interval '1 millisecond'`),
            sql`${apiKeys.lastUsedStatus} is distinct from ${status}`,
          ),
        ),
      ),
  )
}

/** The secret in `Authorization: Bearer bt_…`, or null when the header is absent or of another kind. */
export function bearerSecret(authorization: string | null): string | null {
  return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? null
}

/** True when a text holds a whole key or the better part of one. */
export function holdsSecret(text: string): boolean {
  return LEAKED.test(text)
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

function selectKeys(tx: Tx) {
  return tx
    .select({ key: apiKeys, creator: { id: users.id, name: users.name } })
    .from(apiKeys)
    .leftJoin(users, eq(users.id, apiKeys.createdBy))
}

async function readKey(ctx: Ctx, id: string): Promise<ApiKey> {
  const [row] = await selectKeys(ctx.tx).where(and(eq(apiKeys.workspaceId, ctx.workspaceId), eq(apiKeys.id, id)))
  if (!row) throw new NotFound('This API key')
  return toApiKey(row)
}

function toApiKey({ key, creator }: Awaited<ReturnType<typeof selectKeys>>[number]): ApiKey {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    last4: key.last4,
    scopes: key.scopes,
    createdBy: creator,
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    lastUsedIp: key.lastUsedIp,
    lastUsedStatus: key.lastUsedStatus,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  }
}
