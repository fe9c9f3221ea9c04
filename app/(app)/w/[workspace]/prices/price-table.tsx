'use client'

import { DateTime } from '#app/_ui/relative-time.tsx'
import { formatMoney } from '#lib/money.ts'
import type { Price } from '#lib/prices/shapes.ts'

const WORDS: Record<Price['standing'], string> = { now: 'in force', earlier: 'earlier', later: 'from then on' }
const SEEDED_WORDS: Record<Price['standing'], string> = { ...WORDS, now: 'seeded', earlier: 'replaced' }

/** Every price that there was, is and will be; those of now stand out. */
export function PriceTable({ prices, caption }: { prices: readonly Price[]; caption: string }) {
  return (
    <table className="table table-fixed">
      <caption className="sr">{caption}</caption>
      <colgroup>
        <col />
        <col className="w-[76px] md:w-[92px]" />
        <col className="w-[92px] hidden md:table-column" />
        <col className="w-[76px] md:w-[92px]" />
        <col className="w-[128px] hidden md:table-column" />
        <col className="w-[96px]" />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Model</th>
          <th scope="col" className="r">
            Input
          </th>
          <th scope="col" className="r hidden md:table-cell">
            Kept input
          </th>
          <th scope="col" className="r">
            Output
          </th>
          <th scope="col" className="hidden md:table-cell">
            From
          </th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {prices.map((price) => (
          <tr key={price.id} className={price.standing === 'now' ? '' : 'text-soft'}>
            <td className="mono [overflow-wrap:anywhere]">{price.model}</td>
            <td className="r num">{formatMoney(price.inputMicros)}</td>
            <td className="r num hidden md:table-cell">
              {price.cachedMicros === null ? (
                <span className="text-faint">as input</span>
              ) : (
                formatMoney(price.cachedMicros)
              )}
            </td>
            <td className="r num">{formatMoney(price.outputMicros)}</td>
            <td
              className="hidden md:table-cell"
              title={price.source ?? (price.createdBy === null ? undefined : `by ${price.createdBy}`)}
            >
              <DateTime at={price.effectiveFrom} />
            </td>
            <td>
              <span className={price.standing === 'now' ? 'font-medium' : ''}>
                {(price.source === null ? WORDS : SEEDED_WORDS)[price.standing]}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
