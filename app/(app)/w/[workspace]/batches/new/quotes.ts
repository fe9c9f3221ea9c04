// The quote of a table: one for each worker that its texts go through. Pure.
import type { TablePreview } from '#lib/batches/shapes.ts'
import type { CatalogueWorker, ConnectedModel } from '../../tasks/new/catalogue.ts'
import { type Quote, quoteOf } from '../../tasks/new/quote.ts'

/** Null while the texts, or the tasks of each, are not known. */
export function quotesOf(
  preview: TablePreview | null,
  called: readonly string[] | null,
  workers: readonly CatalogueWorker[],
  model: ConnectedModel | null,
): Quote[] | null {
  if (!preview || called === null) return null
  return called.map((one) =>
    quoteOf({
      rows: preview.rows - preview.unusableCount,
      textTokens: preview.tokens,
      instructionTokens: workers.find(({ name }) => name === one)?.instructionTokens ?? 0,
      sizes: model?.answers[one],
      price: model?.price ?? null,
    }),
  )
}
