import { Panel } from '#app/_ui/panel.tsx'
import type { Price } from '#lib/prices/shapes.ts'
import { PriceTable } from './price-table.tsx'

/** Prices that come with Baton, told apart from those that somebody here has looked up. */
export function SeededPanel({ prices }: { prices: readonly Price[] }) {
  if (prices.length === 0) return null
  const hosts = [...new Set(prices.map(({ endpointHost }) => endpointHost))].join(', ')
  return (
    <Panel title="Seeded prices" note={`for ${hosts} alone`} className="overflow-hidden">
      <div className="px-3.5 py-3 border-b border-line">
        <p className="text-12 text-soft max-w-[68ch]">
          They come with Baton: OpenAI’s published standard prices, as public copies of its price list had them. Check
          them against{' '}
          <a className="link" href="https://platform.openai.com/docs/pricing" target="_blank" rel="noreferrer">
            the provider’s page
          </a>{' '}
          before you rely on them. A price that you add counts instead, for the same model name at any endpoint. Texts
          that make more than 272,000 tokens cost more with the newest models, which these prices do not know.
        </p>
      </div>
      <PriceTable prices={prices} caption="Seeded prices by model, in US dollars for a million tokens" />
    </Panel>
  )
}
