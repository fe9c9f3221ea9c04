// What the numbers around a list look like on the way to the page.
import { z } from 'zod'
import { PRIORITIES, STATUSES } from '#lib/tasks/states.ts'

export const taskCount = z.strictObject({ count: z.number().int(), exact: z.boolean() })
export const viewCounts = z.record(z.string(), taskCount)

const facet = <Value extends z.ZodType>(value: Value) => z.array(z.strictObject({ value, count: z.number().int() }))

export const taskFacets = z.strictObject({
  status: facet(z.enum(STATUSES)),
  worker: facet(z.string()),
  priority: facet(z.enum(PRIORITIES)),
  tag: facet(z.string()),
  submitter: z.array(
    z.strictObject({ value: z.string(), count: z.number().int(), kind: z.enum(['user', 'key']), name: z.string() }),
  ),
})
