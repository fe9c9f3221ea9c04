// What History shows is its address: these parsers read it on the server and in the browser, under the names that the
// API's list uses, so that a link, the list, the export and "Copy as cURL" are one query.
import {
  createLoader,
  createMultiParser,
  createParser,
  createSerializer,
  type inferParserType,
  parseAsBoolean,
  parseAsStringLiteral,
} from 'nuqs/server'
import type { TaskFilter } from '#lib/tasks/requests.ts'
import { PRIORITIES, STATUSES } from '#lib/tasks/states.ts'
import { isWellFormed } from '#lib/text.ts'
import { FIRST_YEAR, LAST_YEAR, type Range, rangeStart, RANGES } from './range.ts'

// What the query would refuse is ignored: an old or mistyped link still opens the list.
const parseAsLine = createParser({ parse: (value) => lineOf(value, 200), serialize: String })
const parseAsSubmitter = createParser({
  parse: (value) => (value === 'me' || UUID.test(value) ? value : null),
  serialize: String,
})
const parseAsInstant = createParser({ parse: instantOf, serialize: String })

const parseAsTaskId = createParser({ parse: (value) => (UUID.test(value) ? value : null), serialize: String })
export const peekParser = parseAsTaskId.withOptions({ history: 'replace', scroll: false })

export const filterParsers = {
  status: listOf((value) => STATUSES.find((status) => status === value)),
  notStatus: listOf((value) => STATUSES.find((status) => status === value)),
  worker: listOf((value) => lineOf(value, 100), { most: 50 }),
  tag: listOf((value) => lineOf(value, 40), { most: 10, repeated: true }),
  externalId: parseAsLine.withDefault(''),
  submitter: parseAsSubmitter.withDefault(''),
  priority: listOf((value) => PRIORITIES.find((priority) => priority === value)),
  search: parseAsLine.withDefault(''),
  older: parseAsBoolean.withDefault(false),
  /** A range ending now; the person's last one when the address names none. */
  range: parseAsStringLiteral(RANGES),
  from: parseAsInstant.withDefault(''),
  to: parseAsInstant.withDefault(''),
}

export const loadFilters = createLoader(filterParsers)
export const serializeFilters = createSerializer(filterParsers)
export type HistoryFilters = inferParserType<typeof filterParsers>

export const NO_FILTERS: HistoryFilters = {
  status: [],
  notStatus: [],
  worker: [],
  tag: [],
  externalId: '',
  submitter: '',
  priority: [],
  search: '',
  older: false,
  range: null,
  from: '',
  to: '',
}

/**
 * The query behind the filters, with a relative range counted back from `now`. A range wins over a stated period;
 * without either, `lastRange` holds.
 */
export function toTaskFilter(filters: HistoryFilters, now: Date, lastRange: Range = 'all'): TaskFilter {
  const custom = isPeriod(filters)
  return {
    status: some(filters.status),
    notStatus: some(filters.notStatus),
    worker: some(filters.worker),
    tag: some(filters.tag),
    externalId: filters.externalId || undefined,
    submitter: filters.submitter || undefined,
    priority: some(filters.priority),
    from: custom ? filters.from || undefined : rangeStart(filters.range ?? lastRange, now)?.toISOString(),
    to: custom ? filters.to || undefined : undefined,
    search: filters.search.trim() || undefined,
    older: filters.search.trim() !== '' && filters.older ? true : undefined,
  }
}

/** True when the address states a period with a beginning or an end instead of a range. */
export function isPeriod({ range, from, to }: Pick<HistoryFilters, 'range' | 'from' | 'to'>): boolean {
  return range === null && (from !== '' || to !== '')
}

/** The filter as the query string that the API reads. */
export function toQueryString(
  filter: TaskFilter & { ids?: string[]; cursor?: string; limit?: number; format?: string; range?: string },
): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) {
    if (Array.isArray(value)) for (const item of value) params.append(name, item)
    else if (value !== undefined) params.set(name, String(value))
  }
  return params.toString()
}

// As strict as the query: version and variant count.
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

export type Chip = {
  key: string
  name: string
  value: string
  negated: boolean
  /** What to write into the address to drop it. */
  without: Partial<HistoryFilters>
}

/** The active filters, one chip each. `nameOf` gives people's and workers' names for ids. */
export function chipsOf(filters: HistoryFilters, nameOf: (kind: 'worker' | 'submitter', id: string) => string): Chip[] {
  return [
    ...filters.status.map((value) => chip('status', value, { status: without(filters.status, value) })),
    ...filters.notStatus.map((value) =>
      chip('status', value, { notStatus: without(filters.notStatus, value) }, { negated: true }),
    ),
    ...filters.worker.map((value) =>
      chip('worker', value, { worker: without(filters.worker, value) }, { label: nameOf('worker', value) }),
    ),
    ...filters.priority.map((value) => chip('priority', value, { priority: without(filters.priority, value) })),
    ...filters.tag.map((value) => chip('tag', value, { tag: without(filters.tag, value) })),
    ...(filters.submitter
      ? [chip('who', filters.submitter, { submitter: '' }, { label: nameOf('submitter', filters.submitter) })]
      : []),
    ...(filters.externalId ? [chip('external id', filters.externalId, { externalId: '' })] : []),
  ]
}

/** True when anything but the time range narrows the list. */
export function isFiltered(filters: HistoryFilters): boolean {
  return chipsOf(filters, (_, id) => id).length > 0 || filters.search.trim() !== ''
}

export type QuickView = { key: string; title: string; filters: Partial<HistoryFilters> }

export const QUICK_VIEWS: readonly QuickView[] = [
  { key: 'all', title: 'All', filters: {} },
  { key: 'mine', title: 'Mine', filters: { submitter: 'me' } },
  { key: 'failed', title: 'Failed', filters: { status: ['failed'] } },
  { key: 'blocked', title: 'Blocked', filters: { status: ['blocked'] } },
  { key: 'open', title: 'Open', filters: { status: ['pending', 'in_progress', 'blocked'] } },
]

/** The view whose filters are exactly those of the address, the time range aside. */
export function currentView(filters: HistoryFilters): string | null {
  const key = (value: Partial<HistoryFilters>) =>
    serializeFilters({ ...NO_FILTERS, ...value, range: null, from: '', to: '', older: false })
  return QUICK_VIEWS.find((view) => key(view.filters) === key(filters))?.key ?? null
}

/** Adds or removes one value of a list. */
export function toggled<Value extends string>(list: readonly Value[], value: Value): Value[] {
  return list.includes(value) ? without(list, value) : [...list, value]
}

/**
 * As the API reads lists: repeated or joined by commas; of `repeated` ones each may have commas of its own. What is
 * beyond `most` is left out.
 */
function listOf<Item extends string>(
  read: (value: string) => Item | null | undefined,
  { most = Infinity, repeated = false } = {},
) {
  return createMultiParser<Item[]>({
    parse: (values) => {
      const whole = repeated && values.length > 1
      const items = (whole ? values : values.flatMap((value) => value.split(','))).flatMap((value) => read(value) ?? [])
      return items.length > 0 ? [...new Set(items)].slice(0, most) : null
    },
    serialize: (items) => (repeated ? items : [items.join(',')]),
    eq: (a, b) => a.join() === b.join(),
  }).withDefault([])
}

function lineOf(value: string, max: number): string | null {
  return value.trim() === '' || value.length > max || !isWellFormed(value) ? null : value
}

/** Null beyond the years that the query takes. */
function instantOf(value: string): string | null {
  const at = new Date(value)
  const year = at.getUTCFullYear()
  return year >= FIRST_YEAR && year <= LAST_YEAR ? at.toISOString() : null
}

function without<Value>(list: readonly Value[], value: Value): Value[] {
  return list.filter((item) => item !== value)
}

function some<Value>(list: Value[]): Value[] | undefined {
  return list.length > 0 ? list : undefined
}

function chip(
  name: string,
  value: string,
  dropped: Partial<HistoryFilters>,
  { negated = false, label = value.replaceAll('_', ' ') } = {},
): Chip {
  return { key: `${negated ? 'not ' : ''}${name}:${value}`, name, value: label, negated, without: dropped }
}
