import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { listWorkspaces } from '#lib/workspaces/queries.ts'
import { database } from './_server/server.ts'
import { requireUser } from './_server/session.ts'

/** Leads to the workspace that the person used last. */
export default async function RootPage() {
  const user = await requireUser()
  const workspaces = await listWorkspaces(database(), user.id)
  const last = workspaces.find(({ id }) => id === user.lastWorkspaceId) ?? workspaces[0]
  redirect((last ? `/w/${last.slug}` : '/account') as Route)
}
