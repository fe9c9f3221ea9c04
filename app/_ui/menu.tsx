'use client'

import { Menu as Base } from '@base-ui/react/menu'
import type { Route } from 'next'
import Link from 'next/link'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd.tsx'

/** A button that opens a list of actions. `trigger` is the button, e.g. an IconButton's `<Button>`. */
export function Menu({
  trigger,
  children,
  align = 'end',
  label,
}: {
  trigger: ReactElement
  children: ReactNode
  align?: 'start' | 'end'
  label?: string
}) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} aria-label={label} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="z-50 outline-none">
          <Base.Popup className="pop float p-1 min-w-48 max-w-[calc(100vw-1rem)] max-h-(--available-height) overflow-y-auto outline-none">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
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
      <Base.LinkItem
        className={className}
        closeOnClick
        render={download ? <a href={href} download={download} aria-label={undefined} /> : <Link href={href as Route} />}
      >
        {content}
      </Base.LinkItem>
    )
  return (
    <Base.Item className={className} onClick={onSelect} disabled={Boolean(disabledReason)}>
      {content}
    </Base.Item>
  )
}

export function MenuSeparator() {
  return <Base.Separator className="h-px bg-line my-1" />
}

/** A named part of a menu. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-12 text-faint">{label}</Base.GroupLabel>
      {children}
    </Base.Group>
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
  return (
    <Base.RadioGroup value={value} onValueChange={(next: unknown) => onChange(next as Value)}>
      {choices.map((choice) => (
        <Base.RadioItem
          key={choice.value}
          value={choice.value}
          closeOnClick
          className="menu-item [&>svg]:size-4 [&>svg]:shrink-0"
        >
          {choice.icon}
          <span className="flex-1 min-w-0 truncate">{choice.label}</span>
          <Base.RadioItemIndicator className="text-accent-text">✓</Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}
