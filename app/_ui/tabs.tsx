'use client'

import { createContext, type KeyboardEvent, type ReactNode, use, useId } from 'react'

export type TabItem<Value extends string> = { value: Value; label: ReactNode; count?: number; icon?: ReactNode }

const Current = createContext<{ value: string; id: string } | null>(null)

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
}

/** One tab stop; the arrow keys, Home and End move among the tabs and show what they lead to. */
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
  const id = useId()
  function press(event: KeyboardEvent<HTMLElement>) {
    const step = STEPS[event.key]
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const at = tabs.findIndex((tab) => tab.value === value)
    const next = tabs[step(at, tabs.length)]
    if (!next) return
    onChange(next.value)
    document.getElementById(tabId(id, next.value))?.focus()
  }
  return (
    <Current value={{ value, id }}>
      <div className={`min-w-0 ${className}`}>
        <div className={`flex items-center border-b border-line pr-2 ${listClassName}`}>
          <div role="tablist" aria-label={label} className="tabs border-b-0! flex-1">
            {tabs.map((tab) => (
              <button
                key={tab.value}
                type="button"
                role="tab"
                id={tabId(id, tab.value)}
                aria-selected={tab.value === value}
                aria-controls={tab.value === value ? panelId(id, tab.value) : undefined}
                tabIndex={tab.value === value ? 0 : -1}
                className="tab max-md:h-11!"
                onClick={() => onChange(tab.value)}
                onKeyDown={press}
              >
                {tab.icon}
                {tab.label}
                {tab.count === undefined ? null : (
                  <span className="text-12 text-faint num font-normal">{tab.count.toLocaleString('en')}</span>
                )}
              </button>
            ))}
          </div>
          {end ? <span className="flex shrink-0">{end}</span> : null}
        </div>
        {children}
      </div>
    </Current>
  )
}

/** There only while its tab is chosen. */
export function TabPanel({
  value,
  children,
  className = '',
}: {
  value: string
  children: ReactNode
  className?: string
}) {
  const current = use(Current)
  if (current?.value !== value) return null
  return (
    <div
      role="tabpanel"
      id={panelId(current.id, value)}
      aria-labelledby={tabId(current.id, value)}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the tab leads here, and what scrolls must be reachable
      tabIndex={0}
      className={`outline-offset-[-2px] ${className}`}
    >
      {children}
    </div>
  )
}

function tabId(id: string, value: string): string {
  return `${id}-tab-${value}`
}

function panelId(id: string, value: string): string {
  return `${id}-panel-${value}`
}
