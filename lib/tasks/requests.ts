// What a caller may ask about tasks, checked once for the API, the pages, the server actions and the exports.
import { z } from 'zod'
import { isWellFormed } from '#lib/text.ts'
import { ENGINES, PRIORITIES, STATUSES } from './states.ts'

export const MAX_TAGS = 10
export const MAX_PAGE = 100
export const MAX_BULK_IDS = 1_000

const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(isWellFormed, 'Has a NUL character or half of a surrogate pair. Remove it and send the request again.')

const instant = z.iso
  .datetime({ offset: true, abort: true, error: 'Use an ISO 8601 time with offset, such as 2026-05-01T09:00:00Z.' })
  .refine(isOnCalendar, 'Use a time from 1970 to 9999, with an offset of at most 14 hours.')

export const taskId = z.uuid('This is not the id of a task.')

/** What tasks and runs are given beside their work. */
export const orderFields = {
  title: line(200).optional(),
  tags: z.array(line(40).refine(hasNoComma, 'Commas separate tags: send them one by one.')).max(MAX_TAGS).optional(),
  externalId: line(200).optional(),
  engine: z.enum(ENGINES).default('auto'),
  priority: z.enum(PRIORITIES).default('normal'),
  dueAt: instant.optional(),
  notBefore: instant.optional(),
}

export const submitRequest = z.strictObject({
  worker: line(100),
  /** Checked by the worker's own schema. */
  input: z.record(z.string(), z.unknown()),
  ...orderFields,
  /** The task this one repeats, perhaps with edited input. */
  replayOf: taskId.optional(),
})
export type SubmitRequest = z.input<typeof submitRequest>

export const retryRequest = z.strictObject({ engine: z.enum(ENGINES).optional() })
export type RetryRequest = z.output<typeof retryRequest>

/** By which tasks and runs are found alike. */
export const orderFilters = {
  /** One matches with any of them. */
  tag: z.array(line(40)).max(MAX_TAGS).optional(),
  externalId: line(200).optional(),
  /** `me`, or the id of a member or of an API key. */
  submitter: z.union([z.literal('me'), z.uuid()]).optional(),
  priority: z.array(z.enum(PRIORITIES)).max(PRIORITIES.length).optional(),
  /** Accepted at or after. */
  from: instant.optional(),
  /** Accepted before. */
  to: instant.optional(),
}

const filters = {
  status: z.array(z.enum(STATUSES)).max(STATUSES.length).optional(),
  notStatus: z.array(z.enum(STATUSES)).max(STATUSES.length).optional(),
  worker: z.array(line(100)).max(50).optional(),
  ...orderFilters,
  /** Words in input, output, title or error. */
  search: line(200).optional(),
  /** Search everything, not only the newest 100,000 tasks. */
  older: z.boolean().optional(),
}

export const taskFilter = z.strictObject(filters)
export type TaskFilter = z.output<typeof taskFilter>

export const taskQuery = z.strictObject({
  ...filters,
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(MAX_PAGE).default(50),
})
export type TaskQuery = z.input<typeof taskQuery>

export const taskSelection = z.union([
  z.strictObject({ ids: z.array(taskId).min(1).max(MAX_BULK_IDS) }),
  z.strictObject({ query: taskFilter }),
])
export type TaskSelection = z.output<typeof taskSelection>

/** Postgres refuses the year 0 and offsets that no country has. */
function isOnCalendar(time: string): boolean {
  const [, hours = '0', minutes = '0'] = /[+-](\d\d):(\d\d)$/.exec(time) ?? []
  const year = new Date(time).getUTCFullYear()
  return Number(hours) * 60 + Number(minutes) <= 14 * 60 && year >= 1970 && year <= 9999
}

function hasNoComma(tag: string): boolean {
  return !tag.includes(',')
}

const LISTS = ['status', 'notStatus', 'worker', 'tag', 'priority'] as const
const NAMES = new Set(Object.keys(taskQuery.shape))

/**
 * Reads a query string: lists are repeated (`status=failed&status=blocked`) or joined by commas.
 * Other parameters are ignored, unless `strict`, when they are reported like any unknown field.
 */
export function readTaskQuery(params: URLSearchParams, { strict = false } = {}) {
  const raw: Record<string, unknown> = {}
  for (const name of new Set(params.keys())) {
    if (!strict && !NAMES.has(name)) continue
    raw[name] = queryValue(name, params.getAll(name))
  }
  return taskQuery.safeParse(raw)
}

/** Tags from before commas were refused can be asked for among repeated ones. */
function keepsCommas(name: string, values: readonly string[]): boolean {
  return name === 'tag' && values.length > 1
}

/** As a query string has it: lists repeated or joined by commas, numbers in digits. */
export function queryValue(name: string, values: string[]): unknown {
  if ((LISTS as readonly string[]).includes(name))
    return (keepsCommas(name, values) ? values : values.flatMap((value) => value.split(','))).filter(
      (value) => value !== '',
    )
  const last = values.at(-1) ?? ''
  if (last === '') return undefined
  if (name === 'limit') return Number(last)
  if (name === 'older') return last === 'true' || last === '1'
  return last
}
