import { Check, CircleDot, X } from 'lucide-react'
import type { Decision, PartContents } from '#lib/workflows/report/shape.ts'

export function DecisionList({ decisions }: { decisions: PartContents['decisions'] }) {
  return (
    <ul className="flex flex-col gap-1.5">
      {decisions.map((decision, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the order is fixed
        <li key={index} className="flex gap-2.5 break-inside-avoid">
          <Mark good={decision.good} />
          <div className="min-w-0 flex-1">
            <p className="leading-5.5 [overflow-wrap:anywhere]">
              {decision.title} <b className="font-medium">{decision.outcome}</b>
            </p>
            {decision.notes.map((note, place) => (
              // oxlint-disable-next-line react/no-array-index-key -- the order is fixed
              <p key={place} className="text-12 text-soft leading-5 [overflow-wrap:anywhere]" dir="auto">
                {note}
              </p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  )
}

function Mark({ good }: Pick<Decision, 'good'>) {
  const look = 'i-sm mt-1 shrink-0'
  if (good === null) return <CircleDot className={`${look} text-soft`} aria-hidden />
  return good ? (
    <Check className={`${look} text-completed-fg`} aria-hidden />
  ) : (
    <X className={`${look} text-failed-fg`} aria-hidden />
  )
}
