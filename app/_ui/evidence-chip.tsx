'use client'

/** The number of a place in the text; pressing it shows the place. Without a number: the quote was not found. */
export function EvidenceChip({
  number,
  active = false,
  onActivate,
}: {
  number: number | null
  active?: boolean
  onActivate?: (number: number) => void
}) {
  if (number === null)
    return (
      <span className="evn none" title="Not found in the text">
        <span aria-hidden>?</span>
        <span className="sr">Quote not found in the text</span>
      </span>
    )
  return (
    <button
      type="button"
      className={`evn ${active ? 'on' : ''}`}
      aria-label={`Evidence ${number}${active ? ', shown in the document' : ''}`}
      aria-pressed={active}
      onClick={() => onActivate?.(number)}
    >
      {number}
    </button>
  )
}
