'use client'

import { formatDuration } from '#app/_ui/format.ts'
import { RunButton } from './estimate-panel.tsx'
import type { Problem } from './problems.ts'

/** On phones Run stays in reach, above the bottom bar. */
export function RunBar({
  label,
  medianMs,
  problems,
  onVisit,
  busy,
  refusal,
}: {
  label?: string
  medianMs: number | null
  problems: readonly Problem[]
  onVisit: (field: string) => void
  busy: boolean
  refusal: string | null
}) {
  const [first] = problems
  return (
    <div className="md:hidden sticky bottom-14 z-20 -mb-10 -mx-4 px-4 py-2.5 flex items-center gap-3 bg-sheet border-t border-line">
      <p className="text-12 text-soft num min-w-0 shrink-0">
        <b className="block text-ink font-medium text-13">
          {medianMs === null ? 'no runs yet' : `about ${formatDuration(medianMs)}`}
        </b>
        {first ? (
          <a
            href={`#field-${first.field}`}
            className="text-failed-fg underline underline-offset-2"
            onClick={(event) => {
              event.preventDefault()
              onVisit(first.field)
            }}
          >
            {problems.length} to correct
          </a>
        ) : (
          'ready to run'
        )}
      </p>
      <RunButton label={label} busy={busy} refusal={refusal} className="flex-1" />
    </div>
  )
}
