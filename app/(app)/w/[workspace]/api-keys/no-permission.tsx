'use client'

import { Lock } from 'lucide-react'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'

/** For members and viewers: who can help, and the words to ask with. */
export function NoPermission({ role, admins }: { role: string; admins: readonly string[] }) {
  const { name } = useWorkspace()
  const first = admins[0]
  return (
    <div className="page max-w-2xl">
      <h1 className="text-20 mb-4">API keys</h1>
      <EmptyState
        icon={<Lock aria-hidden />}
        title="You may not see API keys"
        actions={
          first === undefined ? null : (
            <CopyButton
              label={`Copy a request for ${first}`}
              text={() =>
                `Hello ${first}, could you make me an API key in ${name} on Baton? ${window.location.href}\nIt should be able to: run tasks and read results.`
              }
            >
              {`Copy a request for ${first}`}
            </CopyButton>
          )
        }
      >
        They need the role owner or admin; you are a {role}. {whoCan(admins)}
      </EmptyState>
    </div>
  )
}

function whoCan(admins: readonly string[]): string {
  if (admins.length === 0) return ''
  const shown = admins.slice(0, 3)
  const names = shown.length === 1 ? shown[0] : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
  return `${names} can make one for you or change your role.`
}
