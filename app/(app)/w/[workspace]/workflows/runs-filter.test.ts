import { expect, test } from 'vitest'
import { readRunQuery } from '#lib/workflows/requests.ts'
import { filterOf, filterQuery, isFiltered } from './runs-filter.ts'

test('what the address asks for is what the HTTP interface understands', () => {
  const filter = filterOf({ status: 'failed', priority: 'urgent', tag: 'north & south', externalId: ' LET-7 ' })
  expect(isFiltered(filter)).toBe(true)
  expect(readRunQuery(new URLSearchParams(filterQuery(filter))).data).toEqual({
    status: ['failed'],
    priority: ['urgent'],
    tag: ['north & south'],
    externalId: 'LET-7',
    limit: 20,
  })
})

test('unknown states and other parameters are left out', () => {
  const filter = filterOf({ status: 'done', priority: ['low', 'huge'], page: '2' })
  expect(isFiltered(filter)).toBe(false)
  expect(filterQuery(filter)).toBe('')
  expect(filterQuery(filter, 'x y')).toBe('?cursor=x+y')
})
