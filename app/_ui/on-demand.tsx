'use client'

import { type ComponentType, createElement, type ReactNode, useEffect, useSyncExternalStore } from 'react'
import { notify } from './toast.tsx'

export type OnDemand<Props extends object> = {
  /** Starts to load it; the second time nothing happens. */
  load: () => void
  /** The component with these `props` once it is there, `meanwhile` until then. */
  Part: ComponentType<{ wanted: boolean; props: Props; onFail: () => void; meanwhile?: ReactNode }>
}

/** A component that no page needs at first, loaded when `wanted`. A failed load is told, and tried again at the next wish. */
export function onDemand<Props extends object>(fetchPart: () => Promise<ComponentType<Props>>): OnDemand<Props> {
  const listeners = new Set<() => void>()
  let loaded: ComponentType<Props> | null = null
  let loading: Promise<boolean> | null = null

  function load(): Promise<boolean> {
    loading ??= fetchPart().then(
      (part) => {
        loaded = part
        for (const listener of listeners) listener()
        return true
      },
      () => {
        loading = null
        return false
      },
    )
    return loading
  }

  function subscribe(listener: () => void) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  return {
    load: () => void load(),
    Part: function Part({ wanted, props, onFail, meanwhile = null }) {
      const part = useSyncExternalStore(
        subscribe,
        () => loaded,
        () => null,
      )
      const missing = wanted && part === null
      useEffect(() => {
        if (!missing) return
        let current = true
        void load().then((there) => {
          if (there || !current) return
          notify('This could not be loaded: the server did not answer. Try again.', { kind: 'failed' })
          onFail()
        })
        return () => {
          current = false
        }
        // oxlint-disable-next-line react/exhaustive-deps -- one try for one wish, whatever the caller passes
      }, [missing])
      return part === null ? meanwhile : createElement(part, props)
    },
  }
}
