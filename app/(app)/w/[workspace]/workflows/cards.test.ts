import { expect, test } from 'vitest'
import type { LastRun, RunSummary } from '#lib/workflows/shapes.ts'
import { cardsOf, lastRunsOf, shownCards, withCards } from './cards.ts'

const run = (id: string, status: LastRun['status'] = 'completed', workflow = 'a'): LastRun => ({
  id,
  status,
  workflow,
  title: id,
  createdAt: '2026-11-25T09:00:00.000Z',
  finishedAt: null,
})
const card = (title: string, runs: LastRun[] = []) => ({
  workflow: { name: title.toLowerCase(), title, summary: 'Of letters' },
  runs,
})
const titles = (find: string, order: 'saved' | 'attention' | 'name' = 'saved') =>
  shownCards(
    [
      card('Zeta', [run('2'), run('1', 'failed')]),
      card('Alpha', [run('3')]),
      card('Mid', [run('5', 'failed'), run('4')]),
    ],
    { find, order },
  ).map(({ workflow }) => workflow.title)

test('workflows are found by words of their title, summary or name', () => {
  expect(titles('')).toEqual(['Zeta', 'Alpha', 'Mid'])
  expect(titles('LETTERS  al')).toEqual(['Alpha'])
  expect(titles('nothing')).toEqual([])
})

test('those whose last run failed come first, then those that failed before', () => {
  expect(titles('', 'attention')).toEqual(['Mid', 'Zeta', 'Alpha'])
  expect(titles('', 'name')).toEqual(['Alpha', 'Mid', 'Zeta'])
})

test('what the page has heard of meanwhile is among the last runs, each once and as it is now', () => {
  const heard = [
    { ...run('3', 'failed'), workflow: { name: 'a' } },
    { ...run('4'), workflow: { name: 'b' } },
  ] as unknown as RunSummary[]
  const found = lastRunsOf('a', [run('3', 'in_progress'), run('1'), run('2', 'completed', 'b')], heard)
  expect(found.map(({ id, status }) => `${id} ${status}`)).toEqual(['3 failed', '1 completed'])
})

test('the address says both, and nothing where nothing was chosen', () => {
  expect(withCards('?status=failed', { find: 'a b', order: 'name' })).toBe('?status=failed&find=a+b&sort=name')
  expect(withCards('', { find: '', order: 'saved' })).toBe('')
  expect(cardsOf({ find: ' x ', sort: 'by magic' })).toEqual({ find: 'x', order: 'saved' })
})
