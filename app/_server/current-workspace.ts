import 'server-only'
import { cache } from 'react'
import { listWorkspaces, type Membership } from '#lib/workspaces/queries.ts'
import { database } from './server.ts'
import { requireUser } from './session.ts'

/** The workspace that the person used last, else their first; null for somebody who is in none. */
export const currentWorkspace = cache(async (): Promise<Membership | null> => {
  const user = await requireUser()
  const workspaces = await listWorkspaces(database(), user.id)
  return workspaces.find(({ id }) => id === user.lastWorkspaceId) ?? workspaces[0] ?? null
})
