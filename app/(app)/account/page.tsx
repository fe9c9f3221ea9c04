import type { Metadata } from 'next'
import { listSessions } from '#lib/access/sessions.ts'
import { database } from '#app/_server/server.ts'
import { requireSession } from '#app/_server/session.ts'
import { currentWorkspace } from '#app/_server/current-workspace.ts'
import { AccountView } from './account-view.tsx'

export const metadata: Metadata = { title: 'Account' }

export default async function AccountPage() {
  const { user, sessionId } = await requireSession()
  const [sessions, workspace] = await Promise.all([listSessions(database(), user.id, sessionId), currentWorkspace()])
  return (
    <AccountView
      person={{ name: user.name, email: user.email, operator: user.operator }}
      workspace={workspace && { name: workspace.name, role: workspace.role }}
      sessions={sessions}
    />
  )
}
