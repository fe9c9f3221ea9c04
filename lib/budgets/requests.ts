// What a caller may say about budgets, checked once for the API and the pages.
import { z } from 'zod'
import { MAX_CAP_MICROS } from './limits.ts'

const AMOUNT = 'Write the cap in millionths of a US dollar, such as 2000000 for $2.'

export const capMicros = z
  .number(AMOUNT)
  .int('Write whole millionths of a US dollar.')
  .min(1, 'A cap of nothing starts nothing. Leave it out for none.')
  .max(MAX_CAP_MICROS, 'This is more than a million dollars. Write millionths of a US dollar: 2000000 is $2.')

/** The same in an address. */
export const capMicrosText = z.coerce.number(AMOUNT).pipe(capMicros)

export const budgetRequest = z.strictObject({
  /** Null takes the cap off. */
  capMicros: z.union([z.null(), capMicros]),
  /** Somebody's word that models without a price may be called; left out = as it is. */
  unpriced: z.boolean().optional(),
})
export type BudgetRequest = z.input<typeof budgetRequest>
