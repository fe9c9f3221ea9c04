import { TriangleAlert } from 'lucide-react'
import { formatMoney } from '#lib/money.ts'

/** Null is "unpriced": work that had tokens but no price, never $0. */
export function Money({ micros }: { micros: number | null }) {
  if (micros === null)
    return (
      <span className="text-blocked-fg inline-flex items-center gap-1" title="This model has no price yet">
        <TriangleAlert className="i-sm" aria-hidden />
        unpriced
      </span>
    )
  return <span className="num">{formatMoney(micros)}</span>
}
