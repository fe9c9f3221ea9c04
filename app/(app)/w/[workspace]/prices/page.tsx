import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { modelSettings } from '#lib/env.ts'
import { readPriceBook } from '#lib/prices/queries.ts'
import { addNewPrice } from './actions.ts'
import { PricesView } from './prices-view.tsx'

export const metadata: Metadata = { title: 'Prices' }

export default async function PricesPage({ params }: PageProps<'/w/[workspace]/prices'>) {
  const { workspace } = await params
  const book = await inWorkspace(workspace, readPriceBook)
  const settings = modelSettings()
  const connected = settings && { model: settings.model, endpointHost: settings.endpointHost }
  return <PricesView initial={book} connected={connected} add={addNewPrice} />
}
