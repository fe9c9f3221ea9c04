// What the list of runs shows, as the address and the HTTP interface have it. Pure.
import { PRIORITIES } from '#lib/tasks/states.ts'
import { RUN_STATUSES } from '#lib/workflows/states.ts'

/** Empty = all. */
export type RunsFilter = { status: string; priority: string; tag: string; externalId: string }

export const FILTER_FIELDS = ['status', 'priority', 'tag', 'externalId'] as const

/** What does not belong there is left out. */
export function filterOf(params: Record<string, string | string[] | undefined>): RunsFilter {
  const one = (name: string) => {
    const value = params[name]
    return (Array.isArray(value) ? value.at(-1) : value)?.trim() ?? ''
  }
  const known = (value: string, values: readonly string[]) => (values.includes(value) ? value : '')
  return {
    status: known(one('status'), RUN_STATUSES),
    priority: known(one('priority'), PRIORITIES),
    tag: one('tag').slice(0, 40),
    externalId: one('externalId').slice(0, 200),
  }
}

export function isFiltered(filter: RunsFilter): boolean {
  return FILTER_FIELDS.some((field) => filter[field] !== '')
}

export function filterQuery(filter: RunsFilter, cursor: string | null = null): string {
  const params = new URLSearchParams()
  for (const field of FILTER_FIELDS) if (filter[field] !== '') params.set(field, filter[field])
  if (cursor !== null) params.set('cursor', cursor)
  const query = params.toString()
  return query === '' ? '' : `?${query}`
}
