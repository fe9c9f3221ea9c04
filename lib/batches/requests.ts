// What a caller may ask about batches, checked once for the API and the pages.
import { z } from 'zod'
import { capMicros, capMicrosText } from '#lib/budgets/requests.ts'
import { MAX_PAGE } from '#lib/tasks/requests.ts'
import { ENGINES } from '#lib/tasks/states.ts'
import { isWellFormed } from '#lib/text.ts'
import { MAX_FILES } from './limits.ts'
import { ITEM_STATES, MAX_ROWS } from './states.ts'

export const batchId = z.uuid('This is not the id of a batch.')

const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(isWellFormed, 'Has a NUL character or half of a surrogate pair. Remove it and send the request again.')

const yes = z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] })

const table = {
  /** Whether the first row holds the columns' names. */
  header: yes.default(true),
  /** Name of the column that holds the texts, or its number from 1 on; without it the one with the most text. */
  column: line(200).optional(),
}

export const tableQuery = z.strictObject(table)
export type TableQuery = z.output<typeof tableQuery>

/** Stands in the address, since the body is the table. */
export const startQuery = z
  .strictObject({
    ...table,
    name: line(200),
    worker: line(100).optional(),
    workflow: line(60).optional(),
    /** JSON: the worker's options, or those of a workflow's steps by their names. */
    options: z
      .string()
      .max(20_000)
      .transform((text, checked): Record<string, unknown> => {
        const value = parsed(text)
        if (value !== null) return value
        checked.addIssue({ code: 'custom', message: 'Write the options as a JSON object.' })
        return z.NEVER
      })
      .optional(),
    engine: z.enum(ENGINES).default('auto'),
    /** Start it although the same batch is here already. */
    again: yes.default(false),
    /** Only so many rows that can be worked on, to try it out. */
    first: z.coerce.number().int().min(1).max(MAX_ROWS).optional(),
    /** No model call is made that could bring the batch above it. */
    capMicros: capMicrosText.optional(),
    /** Somebody's word that with a cap models without a price may be called, uncounted. */
    unpriced: yes.default(false),
  })
  .refine(({ worker, workflow }) => (worker === undefined) !== (workflow === undefined), {
    path: ['worker'],
    message: 'Name either a worker or a workflow.',
  })
export type StartQuery = z.output<typeof startQuery>

export const filesRequest = z
  .strictObject({
    name: line(200),
    worker: line(100).optional(),
    workflow: line(60).optional(),
    options: z.record(z.string(), z.unknown()).optional(),
    engine: z.enum(ENGINES).default('auto'),
    again: z.boolean().default(false),
    /** As of a table. */
    capMicros: capMicros.optional(),
    unpriced: z.boolean().default(false),
    /** Documents of the workspace, and files that could not be taken in, with why: they become failed items. */
    files: z
      .array(
        z.union([
          z.strictObject({ document: z.uuid('This is not the id of a document.') }),
          z.strictObject({ name: line(200), problem: line(300), advice: line(300).optional() }),
        ]),
      )
      .min(1)
      .max(MAX_FILES),
  })
  .refine(({ worker, workflow }) => (worker === undefined) !== (workflow === undefined), {
    path: ['worker'],
    message: 'Name either a worker or a workflow.',
  })
export type FilesRequest = z.output<typeof filesRequest>

export const batchQuery = z.strictObject({
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(20),
})
export type BatchQuery = z.input<typeof batchQuery>

/** In the order of `needs`, a row that needs a person counts so much less than its number. */
export const NEEDY = 1_000_000

export const itemQuery = z.strictObject({
  state: z.enum(ITEM_STATES).optional(),
  /** Only those that need a person. */
  needs: z.literal('person').optional(),
  /** Words of the name, the text's beginning or the result. */
  search: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .refine(isWellFormed, 'Has a NUL character or half of a surrogate pair.')
    .optional(),
  /** `needs`: those that need a person first. */
  order: z.enum(['row', 'needs']).default('row'),
  /** `after` of the page before; in the order of rows also a row. */
  after: z.coerce.number().int().min(-NEEDY).max(MAX_ROWS).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
})
export type ItemQuery = z.input<typeof itemQuery>

export const EXPORT_FORMATS = ['csv', 'jsonl', 'zip'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export const exportQuery = z.strictObject({ format: z.enum(EXPORT_FORMATS).default('csv') })

/** `3,7-9`: single rows and stretches of them, at most 10,000 in all. */
const rowList = z
  .string()
  .max(20_000)
  .regex(/^\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*$/, 'Write rows such as 3,7-9.')
  .transform((text) => text.split(',').map((part) => part.split('-').map(Number)))
  .transform((parts) => parts.map(([from = 0, to = from]) => ({ from, to })))

export const rowsQuery = z.strictObject({
  /** Without it all. */
  rows: rowList.optional(),
  state: z.enum(ITEM_STATES).optional(),
})
export type RowsQuery = z.output<typeof rowsQuery>

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
