'use client'

import { Pencil } from 'lucide-react'
import { formatMoney } from '#lib/money.ts'
import type { Budget } from '#lib/budgets/shapes.ts'
import { budgetWords, sharesOf } from './budget-words.ts'

type Props = {
  budget: Budget
  onChange: () => void
  refusal: string | null
}

/** Solid = spent, hatched = set aside for calls under way, outline = free. Stands in a `<dl>`. */
export function BudgetFact({ budget, onChange, refusal }: Props) {
  const { capMicros, spentMicros, reservedMicros, assumedMicros } = budget
  const shares = sharesOf(budget)
  return (
    <div className="px-3 xl:px-3.5 py-2.5 min-w-0 bg-sheet col-span-2 md:col-span-4 min-[87.5rem]:col-span-1">
      <dt className="text-12 text-soft flex flex-wrap justify-between gap-x-2">
        <span>Budget of this batch</span>
        {assumedMicros > 0 ? (
          <span title="Calls whose end nobody knows: their provider may have charged them, so the most they can have cost counts as spent.">
            {formatMoney(assumedMicros)} of it assumed
          </span>
        ) : null}
      </dt>
      <dd className="mt-2">
        <span className="sr">{budgetWords(budget)}</span>
        <span className="flex h-2.5 gap-px" aria-hidden>
          {shares.spent > 0 ? (
            <i className="block rounded-xs bg-accent min-w-0.5" style={{ width: `${shares.spent}%` }} />
          ) : null}
          {shares.reserved > 0 ? (
            <i className="block rounded-xs hatch min-w-0.5" style={{ width: `${shares.reserved}%` }} />
          ) : null}
          <i className="block rounded-xs outline-bar flex-1" />
        </span>
        <span className="flex flex-wrap items-center gap-x-3.5 gap-y-0.5 mt-1.5 text-12 num text-soft">
          <span className="inline-flex items-center gap-1.5">
            <i className="bg-accent w-3 h-2 rounded-xs" aria-hidden />
            <b className="font-medium text-ink">{formatMoney(spentMicros)}</b> spent
          </span>
          <span className="inline-flex items-center gap-1.5">
            <i className="hatch w-3 h-2 rounded-xs" aria-hidden />
            <b className="font-medium text-ink">{formatMoney(reservedMicros)}</b> reserved
          </span>
          <button
            type="button"
            className="ml-auto inline-flex items-center gap-1 min-h-6 max-md:min-h-11 text-soft enabled:hover:text-ink disabled:cursor-not-allowed"
            aria-label={capMicros === null ? 'Set a cap' : `Change the cap of ${formatMoney(capMicros)}`}
            disabled={refusal !== null}
            title={refusal ?? undefined}
            onClick={onChange}
          >
            {capMicros === null ? (
              'no cap'
            ) : (
              <>
                cap <b className="font-medium text-ink">{formatMoney(capMicros)}</b>
              </>
            )}
            <Pencil className="size-3" aria-hidden />
          </button>
        </span>
      </dd>
    </div>
  )
}
