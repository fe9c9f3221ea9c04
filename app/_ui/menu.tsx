'use client'

import type { Menu as Base } from '@base-ui/react/menu'
import type { Route } from 'next'
import Link from 'next/link'
import { type ReactElement, type ReactNode, use } from 'react'
import { Floating, type TriggerProps } from './floating.tsx'
import { Kbd } from './kbd.tsx'
import { MenuParts } from './menu-parts.ts'
import { onDemand } from './on-demand.tsx'

const popup = onDemand(async () => (await import('./menu-popup.tsx')).MenuPopup)

/** A button that opens a list of actions. `trigger` is the button, e.g. a `<Button>`. */
export function Menu({
  trigger,
  children,
  align = 'end',
  label,
}: {
  trigger: ReactElement<TriggerProps>
  children: ReactNode
  align?: 'start' | 'end'
  label?: string
}) {
  return (
    <Floating popup={popup} kind="menu" trigger={trigger} label={label} align={align}>
      {children}
    </Floating>
  )
}

export function MenuItem({
  icon,
  kbd,
  danger = false,
  href,
  download = false,
  onSelect,
  disabledReason,
  children,
}: {
  icon?: ReactNode
  kbd?: string
  danger?: boolean
  href?: string
  /** With `href`: a file of our own to save, not a page. */
  download?: boolean | string
  onSelect?: () => void
  disabledReason?: string | null
  children: ReactNode
}) {
  const Parts = useParts()
  const content = (
    <>
      {icon}
      <span className="min-w-0 flex-1">
        <span className="block truncate">{children}</span>
        {disabledReason ? <span className="block text-12 text-faint">{disabledReason}</span> : null}
      </span>
      {kbd ? <Kbd>{kbd}</Kbd> : null}
    </>
  )
  const className = `menu-item ${danger ? 'danger' : ''} [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:stroke-[1.75]`
  if (href && !disabledReason)
    return (
      <Parts.LinkItem
        className={className}
        closeOnClick
        render={download ? <a href={href} download={download} aria-label={undefined} /> : <Link href={href as Route} />}
      >
        {content}
      </Parts.LinkItem>
    )
  return (
    <Parts.Item className={className} onClick={onSelect} disabled={Boolean(disabledReason)}>
      {content}
    </Parts.Item>
  )
}

export function MenuSeparator() {
  const Parts = useParts()
  return <Parts.Separator className="h-px bg-line my-1" />
}

/** A named part of a menu. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  const Parts = useParts()
  return (
    <Parts.Group>
      <Parts.GroupLabel className="px-2 pt-1.5 pb-1 text-12 text-faint">{label}</Parts.GroupLabel>
      {children}
    </Parts.Group>
  )
}

/** One of several, with a mark on the current one. */
export function MenuChoice<Value extends string>({
  value,
  onChange,
  choices,
}: {
  value: Value
  onChange: (value: Value) => void
  choices: readonly { value: Value; label: ReactNode; icon?: ReactNode }[]
}) {
  const Parts = useParts()
  return (
    <Parts.RadioGroup value={value} onValueChange={(next: unknown) => onChange(next as Value)}>
      {choices.map((choice) => (
        <Parts.RadioItem
          key={choice.value}
          value={choice.value}
          closeOnClick
          className="menu-item [&>svg]:size-4 [&>svg]:shrink-0"
        >
          {choice.icon}
          <span className="flex-1 min-w-0 truncate">{choice.label}</span>
          <Parts.RadioItemIndicator className="text-accent-text">✓</Parts.RadioItemIndicator>
        </Parts.RadioItem>
      ))}
    </Parts.RadioGroup>
  )
}

function useParts(): typeof Base {
  const parts = use(MenuParts)
  if (!parts) throw new Error('Entries of a menu stand inside a Menu.')
  return parts
}
