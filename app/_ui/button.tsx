'use client'

import type { Route } from 'next'
import Link from 'next/link'
import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { LoaderCircle } from 'lucide-react'
import { Kbd } from './kbd.tsx'

export type ButtonLook = {
  kind?: 'primary' | 'secondary' | 'ghost' | 'danger'
  size?: 'sm' | 'md' | 'lg'
  /** An icon element; it is sized here. */
  icon?: ReactNode
  /** The shortcut, shown beside the label from 1400 px. */
  kbd?: string
}

export type ButtonProps = ButtonLook &
  ComponentProps<'button'> & {
    busy?: boolean
    /** Why the button does nothing now: it stays focusable and says so. */
    disabledReason?: string | null
  }

export function Button({
  kind = 'secondary',
  size = 'md',
  icon,
  kbd,
  busy = false,
  disabledReason,
  children,
  className,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const inert = busy || Boolean(disabledReason)
  function click(event: MouseEvent<HTMLButtonElement>) {
    if (inert) {
      event.preventDefault()
      return
    }
    onClick?.(event)
  }
  return (
    <button
      {...rest}
      // oxlint-disable-next-line react/button-has-type -- the type is a prop with a safe default
      type={type}
      className={buttonClass(kind, size, className)}
      aria-busy={busy || undefined}
      aria-disabled={disabledReason ? true : undefined}
      title={disabledReason ?? rest.title}
      onClick={click}
    >
      {busy ? <LoaderCircle className="spin" aria-hidden /> : icon}
      {children}
      {kbd ? <ButtonKey keys={kbd} /> : null}
    </button>
  )
}

/** A link that looks like a button: for going somewhere, not for doing something. */
export function ButtonLink({
  kind = 'secondary',
  size = 'md',
  icon,
  kbd,
  href,
  children,
  className,
  ...rest
}: ButtonLook & Omit<ComponentProps<'a'>, 'href' | 'ref'> & { href: string }) {
  return (
    <Link {...rest} href={href as Route} className={buttonClass(kind, size, className)}>
      {icon}
      {children}
      {kbd ? <ButtonKey keys={kbd} /> : null}
    </Link>
  )
}

export function buttonClass(
  kind: NonNullable<ButtonLook['kind']>,
  size: NonNullable<ButtonLook['size']>,
  extra = '',
): string {
  return `btn btn-${kind} ${size === 'md' ? '' : `btn-${size}`} ${extra}`
}

function ButtonKey({ keys }: { keys: string }) {
  return (
    <span className="max-[87.4375rem]:hidden ml-0.5" aria-hidden>
      <Kbd>{keys}</Kbd>
    </span>
  )
}
