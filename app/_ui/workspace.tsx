'use client'

import { createContext, type ReactNode, use } from 'react'
import type { Access } from '#lib/access/actor.ts'
import { type Action, may, refusal } from '#lib/access/policy.ts'

export type CurrentWorkspace = { id: string; slug: string; name: string; access: Access }

const WorkspaceContext = createContext<CurrentWorkspace | null>(null)

export function WorkspaceProvider({ workspace, children }: { workspace: CurrentWorkspace; children: ReactNode }) {
  return <WorkspaceContext value={workspace}>{children}</WorkspaceContext>
}

/** The workspace of this page: its addresses, and why this person may not do something (null = they may). */
export function useWorkspace() {
  const workspace = use(WorkspaceContext)
  if (!workspace) throw new Error('useWorkspace needs a page under /w/[workspace].')
  return {
    ...workspace,
    api: `/api/v1/workspaces/${workspace.slug}`,
    path: (rest = '') => `/w/${workspace.slug}${rest}`,
    whyNot: (action: Action) => (may(workspace.access, action) ? null : refusal(workspace.access, action)),
  }
}
