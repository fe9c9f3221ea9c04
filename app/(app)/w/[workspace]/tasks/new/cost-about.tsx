import { formatMoney } from '#lib/money.ts'
import { type Quote, sumOf } from './quote.ts'

type Props = {
  /** Else the built-in engine answers, which costs nothing. */
  asksModel: boolean
  priced: boolean
  /** Of every task that will call a model; null where a text is not known yet. */
  quotes: readonly Quote[] | null
}

/** The cost before it runs: most likely, and from what to what. Stands in a `<dl>`. */
export function CostAbout({ asksModel, priced, quotes }: Props) {
  const cost = quotes && sumOf(quotes)
  return (
    <div>
      <dt className="text-12 text-soft">Cost, about</dt>
      <dd className="text-28 font-semibold num mt-0.5 tracking-[-0.03em]">
        {!asksModel ? (
          formatMoney(0)
        ) : !priced ? (
          <span className="text-16 text-blocked-fg tracking-normal">unpriced</span>
        ) : cost ? (
          formatMoney(cost.middle)
        ) : (
          <span className="text-16 text-faint tracking-normal">not known yet</span>
        )}
      </dd>
      <dd className="text-12 text-soft num">
        {!asksModel
          ? 'Runs on this machine'
          : !priced
            ? 'No price is set'
            : cost
              ? `${formatMoney(cost.low)} to ${formatMoney(cost.high)}`
              : quotes === null
                ? 'Once the texts are read'
                : 'No answers to measure yet'}
      </dd>
    </div>
  )
}
