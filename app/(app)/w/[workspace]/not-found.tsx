'use client'

import { SearchX } from 'lucide-react'
import { ButtonLink } from '#app/_ui/button.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { useModKey } from '#app/_ui/mod-key.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'

export default function WorkspaceNotFound() {
  const workspace = useWorkspace()
  const mod = useModKey()
  return (
    <div className="page max-w-2xl">
      <title>Not found - Baton</title>
      <EmptyState
        icon={<SearchX aria-hidden />}
        title="There is nothing at this address"
        actions={
          <>
            <ButtonLink size="sm" href={workspace.path('/history')}>
              Look in History
            </ButtonLink>
            <ButtonLink size="sm" kind="ghost" href={workspace.path('/tasks/new')}>
              New task
            </ButtonLink>
          </>
        }
      >
        It may have been removed, or it belongs to another workspace. Press {mod}K to search {workspace.name}.
      </EmptyState>
    </div>
  )
}
