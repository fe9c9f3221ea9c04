import type { ReactNode } from 'react'
import type { EvidenceView, Place } from './evidence-view.ts'

/** A value that shows its own place in the text; plain where it has none. */
export function PlaceButton({
  place,
  view,
  children,
}: {
  place: Place | null | undefined
  view: EvidenceView
  children: ReactNode
}) {
  if (!place) return <span>{children}</span>
  const on = view.place?.start === place.start && view.place.end === place.end
  return (
    <button
      type="button"
      aria-pressed={on}
      title="Show it in the text"
      className={`evn h-auto! min-h-6 px-1.5! py-px text-left ${on ? 'on' : ''}`}
      onClick={() => view.showPlace({ start: place.start, end: place.end })}
    >
      {children}
    </button>
  )
}
