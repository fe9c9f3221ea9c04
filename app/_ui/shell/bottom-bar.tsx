'use client'

import {
  Coins,
  CircleQuestionMark,
  Ellipsis,
  Files,
  History,
  House,
  KeyRound,
  Plus,
  Server,
  Workflow,
} from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from '../menu.tsx'
import { useTheme } from '../theme.ts'
import { useWorkspace } from '../workspace.tsx'
import { currentItem } from './navigation.tsx'
import type { WorkspaceLink } from './rail.tsx'
import { THEME_CHOICES } from './theme-menu.tsx'

const ITEMS = [
  { path: '', label: 'Home', icon: House },
  { path: '/tasks/new', label: 'New', icon: Plus },
  { path: '/history', label: 'History', icon: History },
  { path: '/workers', label: 'Workers', icon: Server },
] as const

/** Navigation on phones. */
export function BottomBar({ workspaces, onHelp }: { workspaces: readonly WorkspaceLink[]; onHelp: () => void }) {
  const workspace = useWorkspace()
  const current = currentItem(usePathname())
  const [theme, setTheme] = useTheme()
  return (
    <nav className="bottombar" aria-label="Main, phone">
      {ITEMS.map((item) => (
        <Link
          key={item.path}
          href={workspace.path(item.path) as Route}
          aria-current={item.path === current?.path ? 'page' : undefined}
        >
          <item.icon className="size-5 stroke-[1.75]" aria-hidden />
          {item.label}
        </Link>
      ))}
      <Menu
        trigger={
          <button type="button" className="bottombar-more">
            <Ellipsis className="size-5 stroke-[1.75]" aria-hidden />
            More
          </button>
        }
      >
        <MenuItem icon={<Workflow aria-hidden />} href={workspace.path('/workflows')}>
          Workflows
        </MenuItem>
        <MenuItem icon={<Files aria-hidden />} href={workspace.path('/documents')}>
          Documents
        </MenuItem>
        <MenuItem icon={<Coins aria-hidden />} href={workspace.path('/prices')}>
          Prices
        </MenuItem>
        {workspace.whyNot('key.read') ? null : (
          <MenuItem icon={<KeyRound aria-hidden />} href={workspace.path('/api-keys')}>
            API keys
          </MenuItem>
        )}
        <MenuItem icon={<CircleQuestionMark aria-hidden />} onSelect={onHelp}>
          Help
        </MenuItem>
        <MenuSeparator />
        <MenuGroup label="Theme">
          <MenuChoice value={theme} onChange={setTheme} choices={THEME_CHOICES} />
        </MenuGroup>
        {workspaces.length > 1 ? (
          <>
            <MenuSeparator />
            <MenuGroup label="Workspaces">
              {workspaces.map((other) => (
                <MenuItem key={other.slug} href={`/w/${other.slug}`}>
                  {other.name}
                </MenuItem>
              ))}
            </MenuGroup>
          </>
        ) : null}
      </Menu>
    </nav>
  )
}
