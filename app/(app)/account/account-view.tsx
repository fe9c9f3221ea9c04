import type { Role } from '#lib/access/actor.ts'
import type { SessionSummary } from '#lib/access/sessions.ts'
import { Note } from '#app/_ui/note.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { PageTitle } from '#app/_ui/shell/page-title.tsx'
import { ShortcutList, SingleKeysSwitch } from '#app/_ui/shell/shortcut-list.tsx'
import { NameForm } from './name-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { SessionsPanel } from './sessions-panel.tsx'

export type AccountProps = {
  person: { name: string; email: string; operator: boolean }
  workspace: { name: string; role: Role } | null
  sessions: SessionSummary[]
}

export function AccountView({ person, workspace, sessions }: AccountProps) {
  return (
    <div className="page w-full max-w-4xl grid gap-4 content-start">
      <PageTitle title="Account" />
      <div className="min-w-0">
        <h1 className="text-20 break-words">{person.name}</h1>
        <p className="text-soft mt-0.5 break-words">
          {person.email}
          {workspace ? `, ${workspace.role} of ${workspace.name}` : null}
          {person.operator ? ', operator of this Baton' : null}
        </p>
      </div>
      {workspace ? null : (
        <Note tone="blocked" title="You are in no workspace">
          Tasks live in workspaces. Ask an owner or admin of one to let you in.
        </Note>
      )}
      <div className="grid gap-4 md:grid-cols-2 items-start">
        <Panel title="Profile">
          <NameForm name={person.name} />
        </Panel>
        <Panel title="Password">
          <PasswordForm email={person.email} />
        </Panel>
      </div>
      <SessionsPanel sessions={sessions} />
      <Panel title="Shortcuts">
        <div className="p-3.5 grid gap-5">
          <div>
            <SingleKeysSwitch />
            <p className="hint">Off, only shortcuts with ⌘ or Ctrl work. Kept in this browser.</p>
          </div>
          <ShortcutList />
        </div>
      </Panel>
    </div>
  )
}
