'use client'

import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'

const DELAY_MS = 400
/** Time to move the pointer from the control onto its tip. */
const GRACE_MS = 120
const GAP = 6

/** What a control says on hover and on focus: its name, perhaps a key. The control keeps its own accessible name. */
export function tipProps(text: string, kbd?: string) {
  return { 'data-tip': text, 'data-tip-key': kbd }
}

/** Draws the tips of all controls that have one. Any key takes a tip away, and it stays while it is pointed at. */
export function Tooltips() {
  const [control, setControl] = useState<HTMLElement | null>(null)
  const tip = useRef<HTMLDivElement>(null)
  useEffect(() => watch(tip, setControl), [])
  useLayoutEffect(() => {
    if (control && tip.current) place(tip.current, control.getBoundingClientRect())
  }, [control])
  if (!control) return null
  return (
    <div
      ref={tip}
      aria-hidden
      className="fixed z-60 left-0 top-0 w-max inline-flex items-center gap-2 min-h-7 px-2 py-1 max-w-72 rounded-md bg-ink text-sheet text-12 font-medium shadow-2"
    >
      {control.dataset['tip']}
      {control.dataset['tipKey'] ? <span className="opacity-75">{control.dataset['tipKey']}</span> : null}
    </div>
  )
}

/** Above the control, below where there is no room, and never out of the window. */
function place(tip: HTMLElement, control: DOMRect): void {
  const { width, height } = tip.getBoundingClientRect()
  const most = document.documentElement.clientWidth - width - GAP
  const x = Math.max(GAP, Math.min(control.left + control.width / 2 - width / 2, most))
  const above = control.top - height - GAP
  tip.style.translate = `${Math.round(x)}px ${Math.round(above < GAP ? control.bottom + GAP : above)}px`
}

function watch(tip: RefObject<HTMLElement | null>, show: (control: HTMLElement | null) => void): () => void {
  const listening = new AbortController()
  const options = { signal: listening.signal, passive: true }
  let timer: ReturnType<typeof setTimeout> | undefined
  let current: HTMLElement | null = null
  const now = (control: HTMLElement | null) => {
    clearTimeout(timer)
    if (control === current) return
    current = control
    show(control)
  }
  const later = (control: HTMLElement | null, ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => now(control), ms)
  }
  const on = <Name extends keyof DocumentEventMap>(name: Name, heard: (event: DocumentEventMap[Name]) => void) =>
    document.addEventListener(name, heard, { ...options, capture: true })

  on('pointerover', ({ target, pointerType }) => {
    if (pointerType === 'touch') return
    const onTip = target instanceof Node && tip.current?.contains(target)
    const control = controlOf(target)
    if (onTip || control === current) clearTimeout(timer)
    else if (control === null) later(null, GRACE_MS)
    else later(control, current ? 0 : DELAY_MS)
  })
  on('focusin', ({ target }) => {
    const control = controlOf(target)
    now(control?.matches(':focus-visible') ? control : null)
  })
  on('focusout', () => now(null))
  for (const name of ['pointerdown', 'click', 'keydown', 'scroll'] as const) on(name, () => now(null))
  return () => {
    clearTimeout(timer)
    listening.abort()
  }
}

function controlOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null
}
