'use client'

import { ChevronsUpDown } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Fragment } from 'react'
import { Logo } from '../logo.tsx'
import { Menu, MenuGroup, MenuItem } from '../menu.tsx'
import { useWorkspace } from '../workspace.tsx'
import { currentItem, NAV } from './navigation.tsx'
import type { Pulse } from './pulse.ts'
import { SlotsCard } from './slots-card.tsx'

export type WorkspaceLink = { slug: string; name: string }

export function Rail({ workspaces, pulse }: { workspaces: readonly WorkspaceLink[]; pulse: Pulse }) {
  const workspace = useWorkspace()
  const current = currentItem(usePathname())
  return (
    <nav className="rail" aria-label="Main">
      <Link
        href={workspace.path() as Route}
        aria-label="Baton home"
        className="flex items-center gap-2 h-8 px-2 mb-2 justify-center xl:justify-start no-underline text-ink font-semibold text-16"
      >
        <Logo />
        <span className="hidden xl:inline tracking-[-0.02em]">Baton</span>
      </Link>
      <WorkspaceMenu workspaces={workspaces} />
      {NAV.map((item) =>
        item.needs && workspace.whyNot(item.needs) ? null : (
          <Fragment key={item.path}>
            {item.separated ? <div className="rail-sep" role="presentation" /> : null}
            <Link
              href={workspace.path(item.path) as Route}
              className="rail-a"
              aria-current={item === current ? 'page' : undefined}
              title={item.label}
            >
              <item.icon className="i" aria-hidden />
              <span>{item.label}</span>
              {item.path === '/history' && pulse.open > 0 ? (
                <span className="count">
                  {pulse.open.toLocaleString('en')}
                  <span className="sr"> open tasks</span>
                </span>
              ) : null}
            </Link>
          </Fragment>
        ),
      )}
      <SlotsCard pulse={pulse} />
    </nav>
  )
}

function WorkspaceMenu({ workspaces }: { workspaces: readonly WorkspaceLink[] }) {
  const workspace = useWorkspace()
  const initial = workspace.name.slice(0, 1).toUpperCase()
  const badge = (
    <span className="size-5 shrink-0 rounded-sm grid place-items-center text-12 font-semibold bg-accent text-on-accent">
      {initial}
    </span>
  )
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="flex items-center gap-2 h-9 px-2 mb-2 rounded-md border border-line bg-sheet text-left min-w-0 max-xl:justify-center hover:border-line-strong"
          aria-label={`Workspace ${workspace.name}`}
          title={workspace.name}
        >
          {badge}
          <span className="truncate font-medium max-xl:hidden">{workspace.name}</span>
          <ChevronsUpDown className="i-sm ml-auto text-faint max-xl:hidden" aria-hidden />
        </button>
      }
    >
      <MenuGroup label="Workspaces">
        {workspaces.map((other) => (
          <MenuItem key={other.slug} href={`/w/${other.slug}`}>
            <span className={other.slug === workspace.slug ? 'font-medium' : ''}>
              {other.name}
              {other.slug === workspace.slug ? <span className="text-faint font-normal"> (this one)</span> : null}
            </span>
          </MenuItem>
        ))}
      </MenuGroup>
    </Menu>
  )
}
