'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { Button, type ButtonProps } from '#app/_ui/button.tsx'
import { runAction } from '#app/_ui/run-action.ts'
import { notify } from '#app/_ui/toast.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import { createThisWorkflow } from './actions.ts'

/** Makes a workflow of the workspace, empty or as a copy of `from`, and opens it. */
export function MakeWorkflow({
  from,
  children,
  ...look
}: { from?: string; children: ReactNode } & Pick<ButtonProps, 'size' | 'kind' | 'icon' | 'aria-label'>) {
  const workspace = useWorkspace()
  const router = useRouter()
  const [busy, setBusy] = useState(false)

  async function make() {
    setBusy(true)
    const answer = await runAction(() => createThisWorkflow(workspace.slug, from === undefined ? {} : { from }))
    setBusy(false)
    if (answer.ok) router.push(workspace.path(`/workflows/${answer.data.name}/edit`) as Route)
    else notify(answer.error.message)
  }

  return (
    <Button {...look} busy={busy} disabledReason={workspace.whyNot('workflow.change')} onClick={() => void make()}>
      {children}
    </Button>
  )
}
