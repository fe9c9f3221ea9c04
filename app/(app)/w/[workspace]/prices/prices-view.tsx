'use client'

import { Coins } from 'lucide-react'
import { useState } from 'react'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { Note } from '#app/_ui/note.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import type { ActionResult } from '#app/_ui/run-action.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { PriceRequest } from '#lib/prices/requests.ts'
import type { PriceBook } from '#lib/prices/shapes.ts'
import { type Connected, headline, isPriced } from './headline.ts'
import { NewPriceForm } from './new-price-form.tsx'
import { PriceTable } from './price-table.tsx'
import { SeededPanel } from './seeded-panel.tsx'

type Props = {
  initial: PriceBook
  connected: Connected
  add: (workspace: string, request: PriceRequest) => Promise<ActionResult<PriceBook>>
}

export function PricesView({ initial, connected, add }: Props) {
  const [book, setBook] = useState(initial)
  const { whyNot } = useWorkspace()
  const refusal = whyNot('price.change')
  const missing = connected === null || isPriced(book.prices, connected) ? null : connected.model
  const own = book.prices.filter(({ source }) => source === null)
  const seeded = book.prices.filter(({ source }) => source !== null)
  return (
    <div className="page flex flex-col gap-5">
      <div>
        <h1 className="text-20">{headline(book, connected)}</h1>
        <p className="text-soft mt-0.5">
          What a call costs is worked out from its tokens and the price of its time. Prices are added, never changed.
        </p>
      </div>
      {missing === null ? null : (
        <Note tone="blocked" title={`The connected model ${missing} has no price`}>
          Its calls are counted in tokens and shown as unpriced, never as $0.
        </Note>
      )}
      <div className="grid gap-4 items-start grid-cols-1 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="flex flex-col gap-4 min-w-0">
          {own.length === 0 ? (
            <EmptyState icon={<Coins aria-hidden />} title="No price of yours yet">
              Look up what your provider asks for a million tokens and write it down here. The built-in engine calls no
              model and costs nothing, so it needs no price.
            </EmptyState>
          ) : (
            <Panel title="Price book" note="US dollars for a million tokens" className="overflow-hidden">
              <PriceTable prices={own} caption="Prices by model, in US dollars for a million tokens" />
            </Panel>
          )}
          <SeededPanel prices={seeded} />
        </div>
        <NewPriceForm
          suggested={missing ?? book.unpriced[0] ?? connected?.model ?? ''}
          unpriced={book.unpriced}
          refusal={refusal}
          add={add}
          onAdded={setBook}
        />
      </div>
    </div>
  )
}
