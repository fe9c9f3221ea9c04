'use client'

import { ChevronDown, ChevronUp, FileText } from 'lucide-react'
import type { EvidenceMark } from './evidence-marks.ts'
import { EvidenceText } from './evidence-text.tsx'
import { IconButton } from './icon-button.tsx'

/** The person's text beside the result, with the places that the result points to. */
export function DocumentPane({
  text,
  language,
  marks,
  count,
  active,
  onActivate,
  onStep,
  className = '',
  headerClassName = 'top-12 xl:top-0',
}: {
  text: string
  language: string | null
  marks: readonly EvidenceMark[]
  /** Numbered places; others may be marked besides. */
  count: number
  active: number | null
  onActivate: (number: number) => void
  onStep: (by: 1 | -1) => void
  className?: string
  /** Where its head sticks. */
  headerClassName?: string
}) {
  return (
    <section
      className={`fit-pane min-w-0 md:border-l max-md:border-t border-line bg-well ${className}`}
      aria-label="The text"
      id="document"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <div
        className={`flex items-center gap-2 h-11 px-4 lg:px-5 border-b border-line sticky bg-well z-10 ${headerClassName}`}
      >
        <h2 className="text-13 flex items-center gap-1.5 min-w-0">
          <FileText className="i text-faint" aria-hidden />
          <span className="truncate">The text</span>
        </h2>
        {count > 0 ? (
          <span className="ml-auto flex items-center text-12 text-soft whitespace-nowrap">
            <span className="num mr-1">
              Evidence{' '}
              {active === null ? (
                count
              ) : (
                <>
                  <b className="text-ink font-medium">{active}</b> of {count}
                </>
              )}
            </span>
            <IconButton
              size="sm"
              label="Previous evidence"
              kbd="↑"
              icon={<ChevronUp aria-hidden />}
              onClick={() => onStep(-1)}
            />
            <IconButton
              size="sm"
              label="Next evidence"
              kbd="↓"
              icon={<ChevronDown aria-hidden />}
              onClick={() => onStep(1)}
            />
          </span>
        ) : null}
      </div>
      <div className="px-5 lg:px-6 py-4 max-w-[68ch]">
        <EvidenceText
          text={text}
          marks={marks}
          active={active}
          onActivate={onActivate}
          label="Text of the task"
          language={language}
        />
      </div>
    </section>
  )
}
