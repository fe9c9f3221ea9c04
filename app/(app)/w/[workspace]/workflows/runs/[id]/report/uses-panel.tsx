'use client'

import { formatQuantity } from '#app/_ui/format.ts'
import type { PartName, Report } from '#lib/workflows/report/shape.ts'
import { usesOf } from './uses.ts'

/** Which statements of the report rest on the chosen place. */
export function ReportUses({
  report,
  active,
  onGo,
}: {
  report: Report
  active: number | null
  onGo: (part: PartName) => void
}) {
  if (report.evidence.length === 0) return null
  const uses = active === null ? [] : usesOf(report, active)
  return (
    <section
      aria-label="Where it is used"
      className="border-t border-line bg-sheet px-4 lg:px-5 py-3 shrink-0 xl:max-h-44 overflow-y-auto"
    >
      {active === null ? (
        <p className="text-12 text-soft">Press a number to see its place in the text, and where the report uses it.</p>
      ) : (
        <>
          <h3 className="text-13 flex items-center gap-2">
            <span className="evn on" aria-hidden>
              {active}
            </span>
            is used {uses.length === 1 ? 'once' : uses.length === 2 ? 'twice' : formatQuantity(uses.length, 'time')}
          </h3>
          <ul className="mt-1.5 text-12">
            {uses.map((use, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- the same words may stand twice
              <li key={index} className="flex gap-3 min-h-7 max-md:min-h-11 items-center">
                <button type="button" className="row-a w-24 shrink-0 text-left" onClick={() => onGo(use.part)}>
                  {use.label}
                </button>
                <span className="text-soft truncate min-w-0" dir="auto">
                  {use.text}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
