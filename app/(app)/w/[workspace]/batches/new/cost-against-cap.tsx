import { formatMoney } from '#lib/money.ts'
import { type Quote, sumOf } from '../../tasks/new/quote.ts'

type Props = { quotes: readonly Quote[] | null; capMicros: number | null }

/** From what to what the batch will cost, beside its cap. Stands in a `<dl>`; nothing while the cost is not known. */
export function CostAgainstCap({ quotes, capMicros }: Props) {
  const cost = quotes && sumOf(quotes)
  if (!cost) return null
  const whole = Math.max(capMicros ?? 0, cost.high) || 1
  const at = (micros: number) => `${(micros / whole) * 100}%`
  const beyond = capMicros !== null && cost.high > capMicros
  return (
    <div className="col-span-2 -mt-1">
      <dt className="sr">Cost against the cap</dt>
      <dd>
        <span className="sr">{wordsOf(cost, capMicros)}</span>
        <span className="relative block h-3" aria-hidden>
          <i
            className="absolute inset-0 rounded-xs outline-bar"
            style={{ right: beyond ? `calc(100% - ${at(capMicros)})` : 0 }}
          />
          <i
            className="absolute inset-y-0 rounded-xs bg-accent/28"
            style={{ left: at(cost.low), width: at(cost.high - cost.low) }}
          />
          <i className="absolute -inset-y-1 w-0.5 -ml-px rounded-full bg-accent" style={{ left: at(cost.middle) }} />
        </span>
        <span
          className="flex justify-between gap-2 text-12 text-soft num mt-2"
          style={{ width: beyond ? `max(${at(capMicros)}, 6rem)` : '100%' }}
          aria-hidden
        >
          <span>$0</span>
          <span>{capMicros === null ? 'no cap' : `cap ${formatMoney(capMicros)}`}</span>
        </span>
        {beyond ? (
          <span className="block text-12 text-blocked-fg mt-1">
            {cost.low > capMicros
              ? 'This cap is below what it is likely to cost: some will wait for you.'
              : 'It may cost more than this cap: then some will wait for you.'}
          </span>
        ) : null}
      </dd>
    </div>
  )
}

function wordsOf(
  { low, middle, high }: { low: number; middle: number; high: number },
  capMicros: number | null,
): string {
  const range = `Between ${formatMoney(low)} and ${formatMoney(high)}, most likely ${formatMoney(middle)}`
  return capMicros === null ? `${range}, without a cap` : `${range}; the cap is ${formatMoney(capMicros)}`
}
