'use client'

import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

export type TabItem<Value extends string> = { value: Value; label: ReactNode; count?: number; icon?: ReactNode }

export function Tabs<Value extends string>({
  value,
  onChange,
  label,
  tabs,
  end,
  children,
  className = '',
  listClassName = '',
}: {
  value: Value
  onChange: (value: Value) => void
  label: string
  tabs: readonly TabItem<Value>[]
  /** Actions at the end of the tab row. */
  end?: ReactNode
  /** The TabPanels. */
  children: ReactNode
  className?: string
  listClassName?: string
}) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next: unknown) => onChange(next as Value)}
      className={`min-w-0 ${className}`}
    >
      <div className={`flex items-center border-b border-line pr-2 ${listClassName}`}>
        <Base.List aria-label={label} activateOnFocus className="tabs border-b-0! flex-1">
          {tabs.map((tab) => (
            <Base.Tab key={tab.value} value={tab.value} className="tab max-md:h-11!">
              {tab.icon}
              {tab.label}
              {tab.count === undefined ? null : (
                <span className="text-12 text-faint num font-normal">{tab.count.toLocaleString('en')}</span>
              )}
            </Base.Tab>
          ))}
        </Base.List>
        {end ? <span className="flex shrink-0">{end}</span> : null}
      </div>
      {children}
    </Base.Root>
  )
}

export function TabPanel({
  value,
  children,
  className = '',
  keepMounted = false,
}: {
  value: string
  children: ReactNode
  className?: string
  keepMounted?: boolean
}) {
  return (
    <Base.Panel value={value} keepMounted={keepMounted} className={`outline-offset-[-2px] ${className}`}>
      {children}
    </Base.Panel>
  )
}
