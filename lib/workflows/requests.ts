// What a caller may ask about runs, checked once for the API, the pages and the server actions.
import { z } from 'zod'
import { MAX_PAGE, orderFields, orderFilters, queryValue } from '#lib/tasks/requests.ts'
import { documentPart } from '#lib/documents/part.ts'
import { documentText } from '#lib/workers/define.ts'
import { RUN_STATUSES } from './states.ts'

export const runId = z.uuid('This is not the id of a run.')

export const startRequest = z.strictObject({
  workflow: z.string().trim().min(1).max(60),
  input: z.strictObject({
    text: z.union([documentText, documentPart], 'Give a text, or a document as { "document": id, "pages": "1-3" }.'),
  }),
  ...orderFields,
  /** Of the steps' workers, by the step's name; each is checked by its worker's own schema. */
  options: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
})
export type StartRequest = z.input<typeof startRequest>

export const runQuery = z.strictObject({
  workflow: z.string().max(60).optional(),
  status: z.array(z.enum(RUN_STATUSES)).max(RUN_STATUSES.length).optional(),
  ...orderFilters,
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(20),
})
export type RunQuery = z.input<typeof runQuery>

/** Reads a query string as that of tasks is read. */
export function readRunQuery(params: URLSearchParams) {
  return runQuery.safeParse(
    Object.fromEntries([...new Set(params.keys())].map((name) => [name, queryValue(name, params.getAll(name))])),
  )
}
