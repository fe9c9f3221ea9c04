'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { type ComponentProps, type ComponentType, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useWindow } from './use-window.ts'

type Props<Step, Shared> = {
  label: string
  steps: readonly Step[]
  rowHeight: number
  selected: string | null
  onSelect: (name: string) => void
  /** Where a row leads, in place of `onSelect`; null: nowhere. */
  hrefOf?: (step: Step) => string | null
  /** What stands in the row's button or link, which fills the row. */
  Row: ComponentType<{ step: Step; shared: Shared }>
  /** What all rows are given. */
  shared: Shared
  className: string
}

/**
 * Steps as rows of one height, of which only those in sight are drawn. One tab stop; arrow keys, Home and End move,
 * Enter opens; while a step is open beside the list, it follows.
 */
export function StepRows<Step extends { name: string }, Shared>({
  label,
  steps,
  rowHeight,
  selected,
  onSelect,
  hrefOf,
  Row,
  shared,
  className,
}: Props<Step, Shared>) {
  const { list, from, to } = useWindow<HTMLOListElement>(steps.length, rowHeight)
  const [cursor, setCursor] = useState<string | null>(null)
  const wanted = useRef(false)
  const stop = Math.max(
    0,
    steps.findIndex(({ name }) => name === (cursor ?? selected)),
  )
  const shown = steps.slice(from, to).map((step, index) => ({ step, index: from + index }))
  const tabStop = steps[stop]
  // The row that has the focus stays, also out of sight: with it the focus would go.
  if (tabStop && (stop < from || stop >= to)) shown.push({ step: tabStop, index: stop })

  useEffect(() => {
    if (!wanted.current || cursor === null) return
    wanted.current = false
    list.current?.querySelector<HTMLElement>(`[data-step="${CSS.escape(cursor)}"]`)?.focus()
  }, [cursor, list])

  function press(event: KeyboardEvent) {
    const move = MOVES[event.key]
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const next = steps[move(stop, steps.length)]
    if (!next) return
    wanted.current = true
    setCursor(next.name)
    if (selected !== null) onSelect(next.name)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- one arrow-key handler for the rows' buttons
    <ol
      ref={list}
      aria-label={label}
      className="relative min-w-0"
      style={{ height: steps.length * rowHeight }}
      onKeyDown={press}
    >
      {shown.map(({ step, index }) => (
        <li
          key={step.name}
          aria-setsize={steps.length}
          aria-posinset={index + 1}
          className={`absolute inset-x-0 border-b border-line ${selected === step.name ? 'bg-selected shadow-[inset_2px_0_0_var(--accent)]' : 'hover:bg-hover'}`}
          style={{ top: index * rowHeight, height: rowHeight }}
        >
          <Target
            href={hrefOf?.(step)}
            data-step={step.name}
            tabIndex={index === stop ? 0 : -1}
            aria-current={selected === step.name || undefined}
            className={`size-full text-left outline-offset-[-2px] scroll-my-12 ${className}`}
            onClick={() => {
              setCursor(step.name)
              if (!hrefOf) onSelect(step.name)
            }}
          >
            <Row step={step} shared={shared} />
          </Target>
        </li>
      ))}
    </ol>
  )
}

type TargetProps = Omit<ComponentProps<'button'>, 'ref' | 'type'> & { href: string | null | undefined }

function Target({ href, ...rest }: TargetProps) {
  if (typeof href === 'string') return <Link href={href as Route} {...(rest as object)} />
  return <button type="button" {...rest} />
}

const MOVES: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  PageDown: (at, count) => Math.min(at + 10, count - 1),
  PageUp: (at) => Math.max(at - 10, 0),
  Home: () => 0,
  End: (_at, count) => count - 1,
}
