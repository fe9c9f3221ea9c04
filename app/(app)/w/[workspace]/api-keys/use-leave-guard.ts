'use client'

import { useEffect, useEffectEvent } from 'react'

/** While `active`, closing the tab asks, and a link inside the app is handed to `onLeave` instead of being followed. */
export function useLeaveGuard(active: boolean, onLeave: (href: string) => void): void {
  const leave = useEffectEvent(onLeave)
  useEffect(() => {
    if (!active) return
    const unload = (event: BeforeUnloadEvent) => event.preventDefault()
    const click = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      if (!(link instanceof HTMLAnchorElement) || link.target === '_blank') return
      if (event.metaKey || event.ctrlKey || event.shiftKey || link.origin !== window.location.origin) return
      if (link.pathname === window.location.pathname) return
      event.preventDefault()
      event.stopPropagation()
      leave(link.pathname + link.search + link.hash)
    }
    window.addEventListener('beforeunload', unload)
    document.addEventListener('click', click, { capture: true })
    return () => {
      window.removeEventListener('beforeunload', unload)
      document.removeEventListener('click', click, { capture: true })
    }
  }, [active])
}
