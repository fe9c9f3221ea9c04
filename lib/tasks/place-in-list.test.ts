import { afterAll, beforeAll, expect, test } from 'vitest'
import { foldSearch } from '#lib/db/fold-search.ts'
import { placeInList } from './place-in-list.ts'
import { type Tested, testWorkspace } from './test-workspace.ts'

let tested: Tested
const ids: string[] = []

beforeAll(async () => {
  tested = await testWorkspace()
  for (let n = 0; n < 6; n += 1) {
    const text = `Text ${n} about ${n % 2 ? 'herons' : 'otters'}.`
    const { id } = await tested.submit({ input: { text }, tags: n % 2 ? ['odd'] : [] })
    ids.push(id)
  }
  await tested.submit({}, await tested.database.workspace())
  await foldSearch(tested.database.worker.db)
})
afterAll(() => tested.drop())

const place = (n: number, filter = {}, most?: number) =>
  tested.act((ctx) => placeInList(ctx, ids[n] as string, filter, most))

test('the newest is the first of all, and only the own workspace is counted', async () => {
  expect(await place(5)).toEqual({ position: 1, total: 6, exact: true })
  expect(await place(0)).toEqual({ position: 6, total: 6, exact: true })
})

test('a filter or a search has places of its own', async () => {
  expect(await place(1, { tag: ['odd'] })).toEqual({ position: 3, total: 3, exact: true })
  expect(await place(2, { search: 'otters' })).toEqual({ position: 2, total: 3, exact: true })
})

test('a task that the list does not have has no place in it', async () => {
  expect(await place(0, { tag: ['odd'] })).toBeNull()
})

test('a long list is counted up to a bound, and tasks behind it have no place', async () => {
  expect(await place(5, {}, 4)).toEqual({ position: 1, total: 4, exact: false })
  expect(await place(2, {}, 4)).toEqual({ position: 4, total: 4, exact: false })
  expect(await place(1, {}, 4)).toBeNull()
})
