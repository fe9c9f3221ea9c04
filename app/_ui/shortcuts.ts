'use client'

// Single-key shortcuts: one way to bind them, one switch to turn them off (WCAG 2.1.4).
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { useHotkeys } from 'react-hotkeys-hook'
import { forgetEarlyKeys, takeEarlyKey } from './early-keys.ts'

const KEY = 'baton.shortcuts'

/**
 * Binds a single key such as `r`; silent while the person types, when a dialog is open, or when switched off.
 * A press from before this part of the page could hear is done when it can.
 */
export function useShortcut(key: string, run: () => void, enabled = true): void {
  const [on] = useSingleKeys()
  useHotkeys(
    key,
    (event) => {
      forgetEarlyKeys()
      if (isCovered()) return
      event.preventDefault()
      run()
    },
    { enabled: enabled && on, useKey: true },
    [run],
  )
  const runEarly = useEffectEvent(() => {
    // The hydrating render does not know yet what is stored.
    if (enabled && read() && !isCovered()) run()
  })
  useEffect(() => {
    if (takeEarlyKey(key)) runEarly()
  }, [key])
}

/** Binds a chord such as `mod+k`; works everywhere, also while typing. */
export function useChord(keys: string, run: () => void, enabled = true): void {
  useHotkeys(keys, run, { enabled, enableOnFormTags: true, enableOnContentEditable: true, preventDefault: true }, [run])
}

/** Whether single-key shortcuts are on, for the switch on the account page. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(subscribe, read, () => true)
  return [on, write]
}

function isCovered(): boolean {
  return document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null
}

function read(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off'
  } catch {
    return true
  }
}

function write(on: boolean): void {
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off')
  } catch {
    // Without storage the choice cannot be kept.
  }
  for (const listener of listeners) listener()
}

const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}
