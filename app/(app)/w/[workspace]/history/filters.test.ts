import { describe, expect, it } from 'vitest'
import { readTaskQuery } from '#lib/tasks/requests.ts'
import {
  chipsOf,
  currentView,
  isFiltered,
  loadFilters,
  NO_FILTERS,
  QUICK_VIEWS,
  serializeFilters,
  toggled,
  toQueryString,
  toTaskFilter,
} from './filters.ts'
import { customTitle, readRange, widerRange } from './range.ts'

const now = new Date('2026-11-24T12:00:00Z')

describe('the filters of History', () => {
  it('survive the way through the address', () => {
    const filters = {
      ...NO_FILTERS,
      status: ['failed' as const, 'blocked' as const],
      notStatus: ['cancelled' as const],
      worker: ['translator'],
      tag: ['week 47', 'größe'],
      priority: ['urgent' as const],
      submitter: 'me',
      externalId: 'INV-7/8 & co',
      search: 'roof "leak"',
      older: true,
      range: '30d' as const,
    }
    expect(loadFilters(`http://localhost/history${serializeFilters(filters)}`)).toEqual(filters)
  })

  it('keep a tag whole that has a comma from earlier days, beside another one', () => {
    const filters = { ...NO_FILTERS, tag: ['Acme, x', 'week 47'] }
    expect(loadFilters(`http://localhost/history${serializeFilters(filters)}`)).toEqual(filters)
    const query = new URLSearchParams(toQueryString(toTaskFilter(filters, now)))
    expect(readTaskQuery(query, { strict: true }).data?.tag).toEqual(filters.tag)
    expect(loadFilters('?tag=a,b').tag).toEqual(['a', 'b'])
  })

  it('ignore words that are no status, priority or range', () => {
    expect(loadFilters('?status=failed,broken&priority=now&range=2y')).toEqual({ ...NO_FILTERS, status: ['failed'] })
  })

  it('ignore what the query would refuse, so that a mistyped link still opens the list', () => {
    const address = `?submitter=bob&from=yesterday&search=${'x'.repeat(201)}&externalId=%00&tag=${'t'.repeat(41)}&worker=translator`
    expect(loadFilters(address)).toEqual({ ...NO_FILTERS, worker: ['translator'] })
  })

  it('take no more than the query does from a link, so that no link breaks the list', () => {
    const many = (count: number, name: string) => Array.from({ length: count }, (_, n) => `${name}${n}`).join(',')
    const links = [
      `?tag=${many(11, 't')}`,
      `?worker=${many(51, 'w')}`,
      '?from=%2B020266-01-01T00:00:00.000Z',
      '?to=-000001-01-01T00:00:00Z',
      '?from=1969-12-31T23:59:59Z&to=9999-12-31T23:59:59-20:00',
      '?from=2026-01-01T00:00:00%2B23:59',
      '?submitter=00000000-0000-0000-f000-000000000000',
    ]
    for (const link of links) {
      const query = toQueryString(toTaskFilter(loadFilters(link), now))
      const { error } = readTaskQuery(new URLSearchParams(query), { strict: true })
      expect({ link, error }).toEqual({ link, error: undefined })
    }
    expect(loadFilters(links[0] ?? '').tag).toHaveLength(10)
    expect(loadFilters(links[1] ?? '').worker).toHaveLength(50)
    expect(loadFilters(`${links[2]}&to=2026-11-25T00:00:00Z`)).toMatchObject({
      from: '',
      to: '2026-11-25T00:00:00.000Z',
    })
    expect(loadFilters(links[4] ?? '')).toMatchObject({ from: '', to: '' })
  })

  it('become a query that the API accepts as it stands', () => {
    const filter = toTaskFilter(
      { ...NO_FILTERS, status: ['failed'], worker: ['translator'], search: ' roof ', range: '24h' },
      now,
    )
    expect(filter).toEqual({
      status: ['failed'],
      worker: ['translator'],
      search: 'roof',
      from: '2026-11-23T12:00:00.000Z',
    })
    const read = readTaskQuery(new URLSearchParams(toQueryString({ ...filter, limit: 10 })), { strict: true })
    expect(read.data).toEqual({ ...filter, limit: 10 })
  })

  it('let a range win over the period that stood for it, and search older only while searching', () => {
    const filters = { ...NO_FILTERS, from: '2026-01-01T00:00:00Z', older: true }
    expect(toTaskFilter(filters, now)).toEqual({ from: '2026-01-01T00:00:00Z' })
    expect(toTaskFilter({ ...filters, range: '1h' }, now)).toEqual({ from: '2026-11-24T11:00:00.000Z' })
  })

  it('are read from an address of the API as well, with its repeated names', () => {
    const filters = { ...NO_FILTERS, status: ['failed' as const, 'blocked' as const], worker: ['a', 'b'] }
    expect(loadFilters(`?${toQueryString(toTaskFilter(filters, now))}`)).toEqual(filters)
  })

  it('have one chip each, which drops only its own value', () => {
    const filters = {
      ...NO_FILTERS,
      status: ['failed' as const, 'in_progress' as const],
      notStatus: ['blocked' as const],
    }
    const chips = chipsOf(filters, (_, id) => id)
    expect(chips.map(({ key, value }) => [key, value])).toEqual([
      ['status:failed', 'failed'],
      ['status:in_progress', 'in progress'],
      ['not status:blocked', 'blocked'],
    ])
    expect(chips[0]?.without).toEqual({ status: ['in_progress'] })
  })

  it('count as filtering only when they narrow more than time', () => {
    expect(isFiltered({ ...NO_FILTERS, range: '1h' })).toBe(false)
    expect(isFiltered({ ...NO_FILTERS, search: 'roof' })).toBe(true)
  })

  it('name the quick view they equal, whatever the time range', () => {
    for (const view of QUICK_VIEWS) expect(currentView({ ...NO_FILTERS, ...view.filters, range: '90d' })).toBe(view.key)
    expect(currentView({ ...NO_FILTERS, status: ['failed'], worker: ['translator'] })).toBeNull()
  })

  it('toggle a value', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b'])
    expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
  })
})

describe('time ranges', () => {
  it('fall back to a week and widen step by step', () => {
    expect(readRange('x')).toBe('7d')
    expect(readRange('24h')).toBe('24h')
    expect(widerRange('24h')).toBe('7d')
    expect(widerRange('all')).toBeNull()
  })

  it('say an open end in words', () => {
    expect(customTitle('', '', now.getTime())).toBe('the beginning to now')
    expect(customTitle('2025-11-24T12:00:00Z', '2026-11-20T12:00:00Z', now.getTime())).toMatch(
      /^24 Nov 2025, \d\d:00 to 20 Nov, \d\d:00$/,
    )
  })
})
