// Who sends a request: a person by session cookie, or a program by API key. Reads the request alone, so that routes
// can be called with any Request.
import { asKey, asMember } from '#lib/access/enter.ts'
import { clientIp } from '#lib/access/client-ip.ts'
import { bearerSecret, holdsSecret, noteKeyUse } from '#lib/access/keys.ts'
import { touchSession } from '#lib/access/sessions.ts'
import type { User } from '#lib/access/users.ts'
import type { Ctx } from '#lib/context.ts'
import { InvalidInput, Unauthenticated } from '#lib/errors.ts'
import type { WorkspaceSummary } from '#lib/workspaces/queries.ts'
import { auth, database, queue } from './server.ts'

export type Identity = { kind: 'user'; user: User } | { kind: 'key'; secret: string }
export type InWorkspace = <Result>(work: (ctx: Ctx, workspace: WorkspaceSummary) => Promise<Result>) => Promise<Result>

/**
 * An Authorization header with a bearer token decides alone; a cookie beside it does not count. Asking prolongs the
 * session, unless it is we who look again.
 */
export async function identify(headers: Headers, { again = false } = {}): Promise<Identity> {
  const secret = bearerSecret(headers.get('authorization'))
  if (secret !== null) return { kind: 'key', secret }
  const found = await auth().api.getSession({ headers })
  if (!found) throw new Unauthenticated()
  if (!again) await touchSession(database(), found.session)
  const { id, name, email, operator, lastWorkspaceId } = found.user
  const user = { id, name, email, operator: operator ?? false, lastWorkspaceId: lastWorkspaceId ?? null }
  return { kind: 'user', user }
}

/** The way into the workspace; rights are looked up anew in each transaction. */
export function entrance(identity: Identity, slugOrId: string, requestId: string): InWorkspace {
  return async (work) => {
    const powers = { db: database(), queue: await queue(), requestId }
    return identity.kind === 'key'
      ? asKey(powers, identity.secret, slugOrId, work)
      : asMember(powers, identity.user, slugOrId, work)
  }
}

const SECRET_NAMES = ['key', 'api_key', 'apikey', 'token', 'access_token', 'authorization']

/** Addresses end up in logs and histories: a key in one has to be refused before anybody gets used to it. */
export function refuseKeyInAddress(search: URLSearchParams): void {
  for (const [name, value] of search)
    if (holdsSecret(value) || SECRET_NAMES.includes(name.toLowerCase()))
      throw new InvalidInput(
        [{ path: name, message: 'API keys go into the header "Authorization: Bearer bt_…", never into the address.' }],
        400,
      )
}

/** Shown on the API keys page. Never delays or fails the answer. */
export function noteUse(ctx: Pick<Ctx, 'actor' | 'workspaceId'> | undefined, headers: Headers, status: number): void {
  if (ctx?.actor.kind !== 'key') return
  const { actor, workspaceId } = ctx
  noteKeyUse(database(), workspaceId, actor.id, { ip: clientIp(headers), status }).catch((error: unknown) =>
    console.warn(`the use of an API key could not be noted (${error instanceof Error ? error.name : 'unknown'})`),
  )
}
