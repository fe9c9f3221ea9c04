import type { ReactNode } from 'react'
import { Logo } from '#app/_ui/logo.tsx'

/** One card at a time: a heading that says what this is, the form, and a line below it. */
export function AuthCard({
  title,
  subtitle,
  foot,
  children,
}: {
  title: string
  subtitle: ReactNode
  foot?: ReactNode
  children: ReactNode
}) {
  return (
    <section aria-labelledby="card-title" className="dialog p-6 max-md:p-5 w-full max-w-[384px] flex flex-col">
      <div className="flex items-center gap-3">
        <span className="size-9 shrink-0 rounded-md grid place-items-center bg-accent-soft border border-accent-line">
          <Logo className="size-5" />
        </span>
        <div className="min-w-0">
          <h1 id="card-title" className="text-16">
            {title}
          </h1>
          <p className="text-soft break-words">{subtitle}</p>
        </div>
      </div>
      {children}
      {foot ? <p className="text-12 text-soft mt-5 pt-4 border-t border-line">{foot}</p> : null}
    </section>
  )
}
