import type { ReactNode } from 'react'
import Link from 'next/link'
import { Logo } from './logo.tsx'
import { ThemeMenu } from './shell/theme-menu.tsx'

/** The frame of pages that stand outside a workspace: the mark, the theme and what the page adds beside it. */
export function PlainFrame({
  home = '/',
  tools,
  account,
  footer,
  backdrop,
  children,
}: {
  home?: '/' | '/sign-in'
  /** Before the theme. */
  tools?: ReactNode
  /** Comes last, as in the shell. */
  account?: ReactNode
  footer?: ReactNode
  backdrop?: ReactNode
  children: ReactNode
}) {
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <div className="relative isolate min-h-dvh flex flex-col overflow-x-clip">
        {backdrop}
        <header className="flex items-center gap-2 h-14 px-4 md:px-6 shrink-0">
          <Link
            href={home}
            className="flex items-center gap-2 no-underline text-ink font-semibold text-16 tracking-[-0.02em]"
          >
            <Logo />
            Baton
          </Link>
          <div className="ml-auto flex items-center gap-1.5">
            {tools}
            <ThemeMenu onPhones />
            {account}
          </div>
        </header>
        <main id="main" tabIndex={-1} className="flex-1 flex flex-col min-w-0 outline-none">
          {children}
        </main>
        <footer className="flex flex-wrap items-center justify-center gap-x-4 gap-y-1 px-4 md:px-6 py-4 text-12 text-faint text-center shrink-0">
          {footer}
        </footer>
      </div>
    </>
  )
}
