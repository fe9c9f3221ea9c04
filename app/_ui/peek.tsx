'use client'

import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { type ReactNode, useEffect, useEffectEvent } from 'react'
import { IconButton } from './icon-button.tsx'

/** Beside the list, not modal: a column from 1280 px, a drawer below. Escape closes; the caller returns the focus. */
export function Peek({
  label,
  header,
  onClose,
  onPrevious,
  onNext,
  children,
}: {
  label: string
  header?: ReactNode
  onClose: () => void
  onPrevious?: () => void
  onNext?: () => void
  children: ReactNode
}) {
  const close = useEffectEvent(onClose)
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.key === 'Escape' && !event.defaultPrevented) close()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
  return (
    <aside
      aria-label={label}
      className="bg-raised border-line flex flex-col min-h-0 w-105 max-w-full shrink-0 border-l max-xl:fixed max-xl:inset-y-0 max-xl:right-0 max-xl:z-40 max-xl:shadow-3"
    >
      <div className="flex items-center gap-1 h-11 shrink-0 px-3.5 border-b border-line">
        {header}
        <span className="ml-auto flex -mr-1.5">
          {onPrevious ? (
            <IconButton size="sm" label="Previous" kbd="K" icon={<ChevronUp aria-hidden />} onClick={onPrevious} />
          ) : null}
          {onNext ? (
            <IconButton size="sm" label="Next" kbd="J" icon={<ChevronDown aria-hidden />} onClick={onNext} />
          ) : null}
          <IconButton size="sm" label="Close" kbd="Esc" icon={<X aria-hidden />} onClick={onClose} />
        </span>
      </div>
      <div className="flex-1 min-h-0 overflow-y-auto p-3.5">{children}</div>
    </aside>
  )
}
