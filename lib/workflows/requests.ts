// What a caller may ask about runs, checked once for the API, the pages and the server actions.
import { z } from 'zod'
import { MAX_PAGE } from '#lib/tasks/requests.ts'
import { documentPart } from '#lib/documents/part.ts'
import { ENGINES, PRIORITIES } from '#lib/tasks/states.ts'
import { isWellFormed } from '#lib/text.ts'
import { documentText } from '#lib/workers/define.ts'

export const runId = z.uuid('This is not the id of a run.')

export const startRequest = z.strictObject({
  workflow: z.string().trim().min(1).max(60),
  input: z.strictObject({
    text: z.union([documentText, documentPart], 'Give a text, or a document as { "document": id, "pages": "1-3" }.'),
  }),
  title: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .refine(isWellFormed, 'Has a NUL character or half of a surrogate pair. Remove it and send the request again.')
    .optional(),
  engine: z.enum(ENGINES).default('auto'),
  priority: z.enum(PRIORITIES).default('normal'),
  /** Of the steps' workers, by the step's name; each is checked by its worker's own schema. */
  options: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
})
export type StartRequest = z.input<typeof startRequest>

export const runQuery = z.strictObject({
  workflow: z.string().max(60).optional(),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(20),
})
export type RunQuery = z.input<typeof runQuery>
