// What a caller may ask about plans, checked once for the API, the pages and the server actions.
import { z } from 'zod'
import { documentPart } from '#lib/documents/part.ts'
import { ENGINES, PRIORITIES } from '#lib/tasks/states.ts'
import { isWellFormed } from '#lib/text.ts'
import { documentText } from '#lib/workers/define.ts'

export const planId = z.uuid('This is not the id of a plan.')

const NOT_STORABLE = 'Has a NUL character or half of a surrogate pair. Remove it and send the request again.'

export const planRequest = z.strictObject({
  goal: z
    .string()
    .trim()
    .min(1, 'Say what you want, such as "Summarise it and find the risks".')
    .max(1000, 'The goal is longer than 1,000 characters.')
    .refine(isWellFormed, NOT_STORABLE),
  input: z.strictObject({
    text: z.union([documentText, documentPart], 'Give a text, or a document as { "document": id, "pages": "1-3" }.'),
  }),
  engine: z.enum(ENGINES).default('auto'),
  priority: z.enum(PRIORITIES).default('normal'),
})
export type PlanRequest = z.input<typeof planRequest>

const stepName = z.string().max(60)
const LONGEST_EDITS = 100_000

export const changeRequest = z
  .strictObject({
    removed: z.array(stepName).max(100),
    options: z.record(stepName, z.record(z.string().max(60), z.unknown())),
    /** Of the plan that was changed. */
    revision: z.number().int().min(0),
  })
  .refine((request) => JSON.stringify(request).length <= LONGEST_EDITS, 'The changes are larger than 100 kB.')
export type ChangeRequest = z.input<typeof changeRequest>

export const runPlanRequest = z.strictObject({
  /** Of the plan that was looked at. */
  revision: z.number().int().min(0),
  engine: z.enum(ENGINES).optional(),
})
export type RunPlanRequest = z.input<typeof runPlanRequest>

export const savePlanRequest = z.strictObject({ revision: z.number().int().min(0) })
export type SavePlanRequest = z.input<typeof savePlanRequest>
