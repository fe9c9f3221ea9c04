import type { ReactNode } from 'react'
import { inWorkspace, requireUser } from '#app/_server/session.ts'
import { Note } from '#app/_ui/note.tsx'
import { Shell } from '#app/_ui/shell/shell.tsx'
import { WORKERS } from '#lib/workers/registry.ts'
import { isReadableOnTheWay } from '#lib/setup/address.ts'
import { listWorkspaces } from '#lib/workspaces/queries.ts'
import { readPulse } from './w/[workspace]/pulse/read-pulse.ts'

/** The frame of a workspace around its pages, and around those of the person who is in it. */
export async function WorkspaceFrame({ slug, children }: { slug: string; children: ReactNode }) {
  const user = await requireUser()
  const frame = await inWorkspace(slug, async (ctx, { id, name, slug: current }) => ({
    workspace: { id, name, slug: current, access: ctx.access },
    workspaces: (await listWorkspaces(ctx.tx, user.id)).map((other) => ({ slug: other.slug, name: other.name })),
    pulse: await readPulse(ctx),
  }))
  return (
    <Shell
      {...frame}
      workers={WORKERS.map(({ name, title }) => ({ name, title }))}
      person={{ name: user.name, email: user.email }}
    >
      {user.operator && isReadableOnTheWay() ? <PlainHttpNote /> : null}
      {children}
    </Shell>
  )
}

function PlainHttpNote() {
  return (
    <div className="page pb-0!">
      <Note tone="blocked" title="Other machines reach this Baton over plain http">
        Passwords and documents travel readable. Put a proxy with https in front of it and set{' '}
        <code className="mono">BATON_PUBLIC_URL</code>. Only operators see this.
      </Note>
    </div>
  )
}
