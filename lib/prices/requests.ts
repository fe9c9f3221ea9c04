// What an operator may say about prices, checked once for the API and the page.
import { z } from 'zod'
import { isWellFormed } from '#lib/text.ts'

/** Dollars for a million tokens; nobody asks for more than 10,000. */
const dollars = z
  .number('Write the price in US dollars for a million tokens, such as 2.5.')
  .min(0, 'A price cannot be below 0.')
  .max(10_000, 'This is more than any model costs: write dollars for a million tokens.')

export const priceRequest = z.strictObject({
  model: z
    .string()
    .trim()
    .min(1, 'Name the model.')
    .max(200)
    .refine(isWellFormed, 'Has a NUL character or half of a surrogate pair. Remove it and send the request again.'),
  inputPerMillion: dollars,
  /** Of input that the provider had kept; left out = as other input. */
  cachedPerMillion: dollars.optional(),
  outputPerMillion: dollars,
  /** Left out = from now on. */
  effectiveFrom: z.iso
    .datetime({ offset: true, error: 'Use an ISO 8601 time with offset, such as 2026-05-01T09:00:00Z.' })
    .optional(),
})
export type PriceRequest = z.input<typeof priceRequest>
