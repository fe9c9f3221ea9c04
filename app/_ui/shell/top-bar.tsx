'use client'

import { CircleQuestionMark, Search } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import { Fragment } from 'react'
import { IconButton } from '../icon-button.tsx'
import { Kbd } from '../kbd.tsx'
import { LivePill } from '../live-pill.tsx'
import { Logo } from '../logo.tsx'
import { useModKey } from '../mod-key.ts'
import { useWorkspace } from '../workspace.tsx'
import { AccountMenu, type Person } from './account-menu.tsx'
import { crumbsOf } from './navigation.tsx'
import { loadHelp, loadPalette } from './overlays.tsx'
import { usePageTitle } from './page-title.tsx'
import { ThemeMenu } from './theme-menu.tsx'

export function TopBar({ person, onSearch, onHelp }: { person: Person; onSearch: () => void; onHelp: () => void }) {
  const { path } = useWorkspace()
  const crumbs = crumbsOf(usePathname(), useSearchParams().get('from'))
  const title = usePageTitle()
  const mod = useModKey()
  return (
    <header className="topbar">
      <Link href={path() as Route} className="md:hidden shrink-0" aria-label="Baton home">
        <Logo />
      </Link>
      <nav aria-label="Breadcrumb" className="crumb">
        {crumbs.before.map((crumb) => (
          <Fragment key={crumb.label}>
            {crumb.path === undefined ? (
              <span className="max-md:hidden">{crumb.label}</span>
            ) : (
              <Link href={path(crumb.path) as Route} className="max-md:hidden">
                {crumb.label}
              </Link>
            )}
            <span className="text-faint max-md:hidden" aria-hidden>
              /
            </span>
          </Fragment>
        ))}
        <b aria-current="page">{title ?? crumbs.here}</b>
      </nav>
      <div className="ml-auto flex items-center gap-1.5 shrink-0">
        <button
          type="button"
          className="btn btn-secondary max-lg:hidden! w-52 justify-start text-faint! font-normal"
          onClick={onSearch}
          onPointerEnter={loadPalette}
        >
          <Search aria-hidden />
          Search or jump to
          <span className="ml-auto" aria-hidden>
            <Kbd>{mod}K</Kbd>
          </span>
        </button>
        <IconButton
          className="lg:hidden"
          label="Search or jump to"
          icon={<Search aria-hidden />}
          onClick={onSearch}
          onPointerEnter={loadPalette}
        />
        <span className="max-md:hidden inline-flex">
          <LivePill />
        </span>
        <IconButton
          label="Help and shortcuts"
          kbd="?"
          icon={<CircleQuestionMark aria-hidden />}
          onClick={onHelp}
          onPointerEnter={loadHelp}
          className="max-md:w-9"
        />
        <ThemeMenu />
        <AccountMenu person={person} />
      </div>
    </header>
  )
}
