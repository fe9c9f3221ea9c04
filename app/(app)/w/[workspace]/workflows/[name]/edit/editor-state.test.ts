import { expect, test } from 'vitest'
import { nameOf, stepsOf } from '#lib/workflows/draft/read.ts'
import { readDraft } from '#lib/workflows/stored/yaml-draft.ts'
import { beginWith, type EditorAction, editorReducer, type EditorState } from './editor-state.ts'
import { byStep, placedIssues } from './step-issues.ts'

const BEGIN = beginWith({ title: 'T', steps: [{ name: 'a' }, { name: 'b' }] })
const after = (state: EditorState, ...actions: EditorAction[]) => actions.reduce(editorReducer, state)
const yaml = (text: string): EditorAction => ({ do: 'type', text, read: readDraft(text) })
const type = (to: string, field = 'title'): EditorAction => ({
  do: 'edit',
  edit: { do: 'set', at: ['steps', 0, field], to },
})

test('what is typed in one field is one step back, until the field is left', () => {
  const typed = after(BEGIN, type('N'), type('Ne'), type('New'), { do: 'settle' }, type('Newer'), type('x', 'text'))
  expect(typed.past).toHaveLength(3)
  const back = after(typed, { do: 'undo' }, { do: 'undo' })
  expect(stepsOf(back.now.draft)[0]).toEqual({ name: 'a', title: 'New' })
  expect(after(back, { do: 'redo' }, { do: 'redo' }).now.draft).toEqual(typed.now.draft)
  expect(after(back, type('other')).future).toEqual([])
  expect(after(BEGIN, { do: 'undo' })).toBe(BEGIN)
})

test('undo brings the step back that was selected then', () => {
  const removed = after(BEGIN, { do: 'select', index: 1 }, { do: 'edit', edit: { do: 'remove', index: 1 } })
  expect(removed.now.selected).toBe(0)
  expect(after(removed, { do: 'undo' }).now).toMatchObject({ selected: 1, draft: BEGIN.now.draft })
})

test('a text that cannot be read stays, other views change nothing, and undo leads out', () => {
  const broken = after(BEGIN, yaml('title: ['))
  expect(broken.now).toMatchObject({ text: 'title: [', problem: { line: 1 }, draft: BEGIN.now.draft })
  expect(after(broken, type('lost?'))).toBe(broken)
  expect(after(broken, { do: 'select', index: 1 }).now.text).toBe('title: [')
  const mended = after(broken, yaml('title: X\nsteps: [{ name: c }]'))
  expect(mended.now).toMatchObject({ problem: null, draft: { title: 'X', steps: [{ name: 'c' }] } })
  expect(after(broken, { do: 'undo' }).now).toEqual(BEGIN.now)
})

test('a text keeps its own words until another view changes the draft', () => {
  const typed = after(BEGIN, yaml('title: X # a note\nsteps: [{ name: a }]'))
  expect(typed.now.text).toContain('# a note')
  const changed = after(typed, type('New'))
  expect(changed.now.text).toBeNull()
  expect(after(changed, { do: 'undo' }).now.text).toContain('# a note')
})

test('issues go with their steps when those move, and leave with what is deleted', () => {
  const issues = [
    { path: 'title', message: 'Too long.' },
    { path: 'steps.0.needs.0', message: 'No such step.' },
    { path: 'steps.1.text', message: 'No such path.' },
  ]
  const moved = after(BEGIN, { do: 'edit', edit: { do: 'move', index: 0, to: 1 } }).now.draft
  expect(stepsOf(moved).map(nameOf)).toEqual(['b', 'a'])
  const placed = byStep(placedIssues(issues, BEGIN.now.draft, moved))
  expect([...placed].map(([index, [issue]]) => [index, issue?.path])).toEqual([
    [1, 'needs.0'],
    [0, 'text'],
  ])
  const left = after(BEGIN, { do: 'edit', edit: { do: 'remove', index: 0 } }).now.draft
  expect(placedIssues(issues, BEGIN.now.draft, left).map(({ index }) => index)).toEqual([null, 0])
  const typed = after(BEGIN, type('x', 'text')).now.draft
  expect(placedIssues(issues, BEGIN.now.draft, typed)).toHaveLength(3)
})
