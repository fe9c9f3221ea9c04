// Who asks, and the way from there into a workspace. Pages and actions use this; verbs in lib decide what is allowed.
import 'server-only'
import type { Route } from 'next'
import { headers } from 'next/headers'
import { forbidden, notFound, permanentRedirect, redirect, unauthorized } from 'next/navigation'
import { cache } from 'react'
import { v7 as uuidv7 } from 'uuid'
import { asMember } from '#lib/access/enter.ts'
import { ownPath } from '#lib/access/origin.ts'
import { touchSession } from '#lib/access/sessions.ts'
import type { User } from '#lib/access/users.ts'
import type { Ctx } from '#lib/context.ts'
import { Forbidden, NotFound, Unauthenticated } from '#lib/errors.ts'
import { rememberWorkspace, type WorkspaceSummary } from '#lib/workspaces/queries.ts'
import { PATH_HEADER, REQUEST_ID_HEADER } from './request-headers.ts'
import { auth, database, queue } from './server.ts'

export type SignedIn = { user: User; sessionId: string }

/** The session of this request, read from the database each time (once a request). */
export const currentSession = cache(async (): Promise<SignedIn | null> => {
  const found = await auth().api.getSession({ headers: await headers() })
  if (!found) return null
  await touchSession(database(), found.session)
  const { id, name, email, operator, lastWorkspaceId } = found.user
  return {
    sessionId: found.session.id,
    user: { id, name, email, operator: operator ?? false, lastWorkspaceId: lastWorkspaceId ?? null },
  }
})

export async function currentUser(): Promise<User | null> {
  return (await currentSession())?.user ?? null
}

/** For pages: whoever is not signed in is led to /sign-in and back again afterwards. */
export async function requireSession(): Promise<SignedIn> {
  const session = await currentSession()
  if (session) return session
  const path = ownPath((await headers()).get(PATH_HEADER))
  redirect((path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`) as Route)
}

export async function requireUser(): Promise<User> {
  return (await requireSession()).user
}

/**
 * Runs a page's reading inside the workspace as the signed-in member: one transaction, rows of this workspace only.
 * A former slug or an id redirects to the present address; what the person may not see does not exist.
 */
export async function inWorkspace<Result>(
  slugOrId: string,
  work: (ctx: Ctx, workspace: WorkspaceSummary) => Promise<Result>,
): Promise<Result> {
  const user = await requireUser()
  const key = decoded(slugOrId)
  const powers = { db: database(), queue: await queue(), requestId: await requestId() }
  let moved: string | undefined
  try {
    return await asMember(powers, user, key, async (ctx, workspace) => {
      if (workspace.slug !== key) {
        moved = workspace.slug
        throw new Moved()
      }
      if (user.lastWorkspaceId !== workspace.id) await rememberWorkspace(ctx.tx, user.id, workspace.id)
      return work(ctx, workspace)
    })
  } catch (error) {
    if (error instanceof Moved && moved) permanentRedirect(await pathWithSlug(slugOrId, moved))
    return interrupt(error)
  }
}

/** Turns what a verb refuses into the page that says so. */
export function interrupt(error: unknown): never {
  if (error instanceof NotFound) notFound()
  if (error instanceof Forbidden) forbidden()
  if (error instanceof Unauthenticated) unauthorized()
  throw error
}

export async function requestId(): Promise<string> {
  return (await headers()).get(REQUEST_ID_HEADER) ?? uuidv7()
}

class Moved extends Error {}

async function pathWithSlug(slugOrId: string, slug: string): Promise<Route> {
  const path = ownPath((await headers()).get(PATH_HEADER), `/w/${slugOrId}`)
  return path.replace(/^\/w\/[^/?#]+/, `/w/${slug}`) as Route
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
