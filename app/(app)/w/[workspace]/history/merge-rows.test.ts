import { describe, expect, it } from 'vitest'
import type { LiveEvent, TaskSummary } from '#lib/tasks/shapes.ts'
import { countMissing, type Rows, toRowPage, withEvent, withFreshRows } from './merge-rows.ts'

const task = (id: string, status: TaskSummary['status'], workedMs = 0) =>
  ({ id, status, workedMs, reason: null, error: null }) as TaskSummary
const rows: Rows = {
  pages: [
    toRowPage({ items: [task('c', 'pending'), task('b', 'in_progress')], nextCursor: 'x' }, 1),
    toRowPage({ items: [task('a', 'completed')], nextCursor: null }, 2),
  ],
  pageParams: [undefined, 'x'],
}
const statuses = (held: Rows | undefined) =>
  held?.pages.flatMap((page) => page.items.map((row) => [row.id, row.status]))

describe('the snapshot of rows', () => {
  it('takes over fresh values in place, drops nothing and lets no new row in', () => {
    const merged = withFreshRows(rows, [task('d', 'pending'), task('b', 'completed', 900)], 5)
    expect(statuses(merged)).toEqual([
      ['c', 'pending'],
      ['b', 'completed'],
      ['a', 'completed'],
    ])
    expect(merged?.pages[0]?.items[1]).toMatchObject({ workedMs: 900, readAt: 5 })
    expect(merged?.pages[0]?.items[0]?.readAt).toBe(1)
  })

  it('shows the status of a live event at once', () => {
    const event = { taskId: 'c', status: 'in_progress' } as LiveEvent
    expect(statuses(withEvent(rows, event))?.[0]).toEqual(['c', 'in_progress'])
  })

  it('stays absent while nothing was read', () => {
    expect(withFreshRows(undefined, [], 1)).toBeUndefined()
  })
})

describe('what waits for "Show"', () => {
  const at = (id: string, createdAt: string) => ({ ...task(id, 'failed'), createdAt })
  const shown = toRowPage({ items: [at('c', '03'), at('b', '02')], nextCursor: null }, 1).items

  it('is every task that is not shown, also an older one that changed into the status', () => {
    const newest = { items: [at('d', '04'), at('c', '03'), at('a', '01')], nextCursor: null }
    expect(countMissing(newest, shown, true)).toEqual({ count: 2, exact: true })
    expect(countMissing(newest, [], true)).toEqual({ count: 3, exact: true })
  })

  it('leaves out what has its place on a page that is not loaded yet', () => {
    const newest = { items: [at('c', '03'), at('b', '02'), at('a', '01')], nextCursor: null }
    expect(countMissing(newest, shown, false)).toEqual({ count: 0, exact: true })
  })

  it('is "more than" what was counted when none of a full page is shown', () => {
    expect(countMissing({ items: [at('e', '05'), at('d', '04')], nextCursor: 'x' }, shown, true)).toEqual({
      count: 2,
      exact: false,
    })
  })
})
