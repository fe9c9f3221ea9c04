'use client'

import { CircleCheck, CircleX, X } from 'lucide-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'

type Notice = {
  id: number
  title: string
  kind: 'done' | 'failed'
  action?: { label: string; run: () => void }
  seconds: number
}

const MOST_SHOWN = 3
const NONE: readonly Notice[] = []

let notices = NONE
let lastId = 0
const listeners = new Set<() => void>()

/** Says briefly what was done; with an action it stays 10 s (Undo). Errors that need a decision belong in the page. */
export function notify(title: string, options: { kind?: Notice['kind']; action?: Notice['action'] } = {}): void {
  const { kind = 'done', action } = options
  lastId += 1
  show([...notices, { id: lastId, title, kind, action, seconds: action ? 10 : kind === 'failed' ? 8 : 4 }])
}

/** Notices in a corner. Their time stands still while somebody points at them, or is among them: F6 leads there. */
export function Toasts() {
  const shown = useSyncExternalStore(
    subscribe,
    () => notices,
    () => NONE,
  )
  const region = useRef<HTMLElement>(null)
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const empty = shown.length === 0
  useEffect(() => {
    if (empty) return
    function press(event: KeyboardEvent) {
      if (event.key !== 'F6') return
      event.preventDefault()
      region.current?.focus()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [empty])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- being there only stops the clock
    <section
      ref={region}
      aria-label="Notices"
      tabIndex={-1}
      className="fixed z-60 right-3 md:right-5 bottom-18 md:bottom-5 w-[calc(100vw-1.5rem)] sm:w-90 outline-none pointer-events-none"
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <ol aria-live="polite" className="flex flex-col gap-2">
        {shown.map((notice) => (
          <Toast key={notice.id} notice={notice} held={!empty && (pointed || focused)} />
        ))}
      </ol>
    </section>
  )
}

function Toast({ notice, held }: { notice: Notice; held: boolean }) {
  const [seconds, setSeconds] = useState(notice.seconds)
  const { id, title, kind, action } = notice
  useEffect(() => {
    if (held) return
    const timer = setInterval(() => setSeconds((left) => left - 1), 1_000)
    return () => clearInterval(timer)
  }, [held])
  useEffect(() => {
    if (seconds <= 0) dismiss(id)
  }, [seconds, id])
  return (
    <li className="pop rising rounded-xl! min-h-11 pl-3.5 pr-1.5 py-1 flex items-center gap-2.5 pointer-events-auto">
      {kind === 'failed' ? (
        <CircleX className="i text-failed shrink-0" aria-hidden />
      ) : (
        <CircleCheck className="i text-completed shrink-0" aria-hidden />
      )}
      <p className="text-13 flex-1 min-w-0">{title}</p>
      {action ? (
        <Button
          kind="ghost"
          size="sm"
          onClick={() => {
            action.run()
            dismiss(id)
          }}
        >
          {action.label}
          <span className="num text-faint" aria-hidden>
            {Math.max(0, seconds)} s
          </span>
        </Button>
      ) : null}
      <IconButton size="sm" label="Dismiss" icon={<X aria-hidden />} onClick={() => dismiss(id)} />
    </li>
  )
}

function dismiss(id: number): void {
  show(notices.filter((notice) => notice.id !== id))
}

function show(next: readonly Notice[]): void {
  notices = next.slice(-MOST_SHOWN)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
