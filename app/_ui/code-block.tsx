import type { ReactNode } from 'react'

/** Machine text that scrolls sideways inside its own box. */
export function CodeBlock({
  label,
  className = '',
  children,
}: {
  label: string
  className?: string
  children: ReactNode
}) {
  return (
    <section
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      className={`mono leading-5 p-3.5 overflow-x-auto text-soft ${className}`}
    >
      <pre className="[font:inherit]">{children}</pre>
    </section>
  )
}
