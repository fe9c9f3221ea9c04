import { describe, expect, it } from 'vitest'
import type { TaskSummary } from '#lib/tasks/shapes.ts'
import type { Status } from '#lib/tasks/states.ts'
import { applicable, bulkWords, isSelected, NOTHING, selectionFor, selectShown, toggleRow } from './selection.ts'

const row = (id: string, status: Status) => ({ id, status }) as TaskSummary
const rows = [row('a', 'failed'), row('b', 'in_progress'), row('c', 'completed'), row('d', 'blocked')]
const ids = rows.map((task) => task.id)

describe('the selection', () => {
  it('counts for each action only the rows that it applies to', () => {
    const all = selectShown(NOTHING, ids, true)
    expect(applicable(all, rows, 'cancel')).toBe(2)
    expect(applicable(all, rows, 'retry')).toBe(2)
    expect(selectionFor(all, rows, {}, 'retry')).toEqual({ ids: ['a', 'd'] })
  })

  it('of completed tasks has nothing to cancel or retry', () => {
    expect(selectionFor(toggleRow(NOTHING, 'c', ids), rows, {}, 'cancel')).toBeNull()
  })

  it('of all matching tasks is the query, narrowed to the statuses that the action applies to', () => {
    expect(selectionFor({ kind: 'all' }, rows, { worker: ['translator'], notStatus: ['blocked'] }, 'retry')).toEqual({
      query: { worker: ['translator'], notStatus: ['blocked'], status: ['failed', 'cancelled'] },
    })
    expect(selectionFor({ kind: 'all' }, rows, { status: ['completed'] }, 'retry')).toBeNull()
  })

  it('falls back to the rows shown when one is taken out of all', () => {
    const selection = toggleRow({ kind: 'all' }, 'b', ids)
    expect(ids.filter((id) => isSelected(selection, id))).toEqual(['a', 'c', 'd'])
  })
})

describe('what is said after a bulk action', () => {
  it('counts what was changed and what was left, in the right number', () => {
    expect(bulkWords('cancel', 1, 0)).toBe('1 task cancelled')
    expect(bulkWords('cancel', 2, 1)).toBe('2 tasks cancelled, 1 left as it was')
    expect(bulkWords('retry', 1200, 340)).toBe('1,200 tasks sent back to the queue, 340 left as they were')
  })

  it('says when nothing was changed, and why', () => {
    expect(bulkWords('cancel', 0, 1)).toBe('Nothing was changed: the task is no longer open')
    expect(bulkWords('retry', 0, 3)).toBe(
      'Nothing was changed: no selected task is failed, cancelled or blocked any more',
    )
  })
})
