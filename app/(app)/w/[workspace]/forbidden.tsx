'use client'

import { Lock } from 'lucide-react'
import { ButtonLink } from '#app/_ui/button.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'

export default function WorkspaceForbidden() {
  const workspace = useWorkspace()
  return (
    <div className="page max-w-2xl">
      <title>Not for your role - Baton</title>
      <EmptyState
        icon={<Lock aria-hidden />}
        title="Your role may not see this page"
        actions={
          <ButtonLink size="sm" href={workspace.path()}>
            Go to Home
          </ButtonLink>
        }
      >
        Ask an owner or admin of {workspace.name} to show it to you or to change your role.
      </EmptyState>
    </div>
  )
}
