'use client'

import { CircleQuestionMark, LogOut, Monitor, Moon, Plus, Sun } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useKeptFocus } from '../kept-focus.ts'
import { LeaveGuardProvider, useGo } from '../leave-guard.tsx'
import { LiveProvider } from '../live.tsx'
import { QueryProvider } from '../query-provider.tsx'
import { useChord, useShortcut } from '../shortcuts.ts'
import { useTheme } from '../theme.ts'
import { type CurrentWorkspace, useWorkspace, WorkspaceProvider } from '../workspace.tsx'
import { type Person, signOut } from './account-menu.tsx'
import { BottomBar } from './bottom-bar.tsx'
import type { CommandGroup } from './commands.tsx'
import { NAV } from './navigation.tsx'
import { Help, Palette } from './overlays.tsx'
import { PageTitleProvider } from './page-title.tsx'
import { type Pulse, usePulse } from './pulse.ts'
import { Rail, type WorkspaceLink } from './rail.tsx'
import { TopBar } from './top-bar.tsx'

export type ShellProps = {
  workspace: CurrentWorkspace
  workspaces: readonly WorkspaceLink[]
  workers: readonly { name: string; title: string }[]
  person: Person
  pulse: Pulse
  children: ReactNode
}

/** The frame of every page of a workspace. */
export function Shell({ workspace, children, ...frame }: ShellProps) {
  return (
    <WorkspaceProvider workspace={workspace}>
      <QueryProvider>
        <LiveProvider workspaceId={workspace.id}>
          <PageTitleProvider>
            <LeaveGuardProvider>
              <Frame {...frame}>{children}</Frame>
            </LeaveGuardProvider>
          </PageTitleProvider>
        </LiveProvider>
      </QueryProvider>
    </WorkspaceProvider>
  )
}

function Frame({ workspaces, workers, person, pulse: initialPulse, children }: Omit<ShellProps, 'workspace'>) {
  const go = useGo()
  const workspace = useWorkspace()
  const pulse = usePulse(initialPulse)
  const [open, setOpen] = useState<'palette' | 'help' | null>(null)
  const openHelp = () => setOpen('help')
  const groups = useCommands(workers, workspaces, openHelp)
  useChord('mod+k', () => setOpen((now) => (now === 'palette' ? null : 'palette')))
  useShortcut('?', openHelp)
  useKeptFocus()
  useShortcut('n', () => go(workspace.path('/tasks/new')))
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <div className="app">
        <Rail workspaces={workspaces} pulse={pulse} />
        <div className="main">
          <div className="sheet">
            <TopBar person={person} onSearch={() => setOpen('palette')} onHelp={openHelp} />
            <main id="main" tabIndex={-1} className="min-w-0 flex-1 flex flex-col outline-none">
              {children}
            </main>
          </div>
        </div>
        <BottomBar workspaces={workspaces} onHelp={openHelp} />
      </div>
      <Palette open={open === 'palette'} onClose={() => setOpen(null)} groups={groups} />
      <Help open={open === 'help'} onClose={() => setOpen(null)} />
    </>
  )
}

function useCommands(
  workers: ShellProps['workers'],
  workspaces: readonly WorkspaceLink[],
  openHelp: () => void,
): CommandGroup[] {
  const workspace = useWorkspace()
  const [, setTheme] = useTheme()
  return [
    {
      value: 'Pages',
      items: NAV.filter((item) => !item.needs || !workspace.whyNot(item.needs)).map((item) => ({
        id: item.path,
        label: item.path === '/tasks/new' ? 'New task' : item.label,
        icon: <item.icon className="i-sm text-faint" aria-hidden />,
        href: workspace.path(item.path),
      })),
    },
    {
      value: 'New task with',
      items: workers.map((worker) => ({
        id: worker.name,
        label: worker.title,
        words: 'new task run',
        icon: <Plus className="i-sm text-faint" aria-hidden />,
        href: workspace.path(`/tasks/new?worker=${worker.name}`),
      })),
    },
    {
      value: 'Actions',
      items: [
        {
          id: 'help',
          label: 'Help and shortcuts',
          note: '?',
          icon: ICONS.help,
          words: 'keys model worker',
          run: openHelp,
        },
        { id: 'light', label: 'Light theme', icon: ICONS.light, run: () => setTheme('light') },
        { id: 'dark', label: 'Dark theme', icon: ICONS.dark, run: () => setTheme('dark') },
        { id: 'system', label: 'Theme as the system', icon: ICONS.system, run: () => setTheme('system') },
        { id: 'account', label: 'Account', href: '/account', words: 'password sessions' },
        { id: 'setup', label: 'Set-up check', href: '/setup', words: 'health' },
        { id: 'sign-out', label: 'Sign out', icon: ICONS.out, run: () => void signOut() },
      ],
    },
    ...(workspaces.length > 1
      ? [
          {
            value: 'Workspaces',
            items: workspaces
              .filter((other) => other.slug !== workspace.slug)
              .map((other) => ({ id: other.slug, label: other.name, href: `/w/${other.slug}` })),
          },
        ]
      : []),
  ]
}

const ICONS = {
  help: <CircleQuestionMark className="i-sm text-faint" aria-hidden />,
  light: <Sun className="i-sm text-faint" aria-hidden />,
  dark: <Moon className="i-sm text-faint" aria-hidden />,
  system: <Monitor className="i-sm text-faint" aria-hidden />,
  out: <LogOut className="i-sm text-faint" aria-hidden />,
}
