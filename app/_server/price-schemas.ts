// The shape of the price book as zod, for the API's description; held to the type that verbs and pages share.
import { z } from 'zod'
import type { PriceBook } from '#lib/prices/shapes.ts'

const micros = z.number().int()

export const priceBook = z.strictObject({
  prices: z.array(
    z.strictObject({
      id: z.uuid(),
      model: z.string(),
      effectiveFrom: z.iso.datetime(),
      inputMicros: micros,
      cachedMicros: micros.nullable(),
      outputMicros: micros,
      endpointHost: z.string().nullable(),
      source: z.string().nullable(),
      createdBy: z.string().nullable(),
      createdAt: z.iso.datetime(),
      standing: z.enum(['now', 'earlier', 'later']),
    }),
  ),
  unpriced: z.array(z.string()),
}) satisfies z.ZodType<PriceBook>
