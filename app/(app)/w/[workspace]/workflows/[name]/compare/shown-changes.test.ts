import { expect, test } from 'vitest'
import { compareWorkflows } from '#lib/workflows/stored/compare.ts'
import { labelOf, shownChanges, yamlRows } from './shown-changes.ts'

const step = { name: 'a', title: 'A', kind: 'worker', worker: 'summarizer', needs: [], onFailure: 'fail', options: {} }
const fields = (before: object, after: object) =>
  shownChanges(compareWorkflows({ steps: [{ ...step, ...before }] }, { steps: [{ ...step, ...after }] })).steps[0]
    ?.fields

test('fields and values are told in words', () => {
  const after = { needs: ['b', 'c.yes'], onFailure: { fallback: 'd' }, options: { length: 'long' }, notSubmitter: true }
  expect(fields({}, after)?.map(({ label, before, after: now }) => [label, before, now])).toEqual([
    ['Needs', 'nothing', 'b, c.yes'],
    ['If it fails', 'the run fails', 'd stands in'],
    ['Option length', null, 'long'],
    ['Not whoever started it', null, 'yes'],
  ])
  expect(['checks.0.max', 'checks.1', 'fields.2.title', 'options.language', 'unheard'].map(labelOf)).toEqual([
    'Check 1, max',
    'Check 2',
    'Field of the form 3, title',
    'Option language',
    'unheard',
  ])
})

test('a longer text is shown once, with what is gone and new in it', () => {
  const condition = (limit: string) => `sentiment.label == 'negative' && sentiment.score < ${limit}`
  const [field] = fields({ if: condition('-0.5') }, { if: condition('-0.7') }) ?? []
  expect(field).toMatchObject({ label: 'Condition', code: true })
  expect(field?.words?.filter(({ kind }) => kind !== 'same').map(({ text }) => text.trim())).toEqual(['-0.5', '-0.7'])
})

test('a step that is new says what sets it apart, not what every step has', () => {
  const { steps, same } = shownChanges(compareWorkflows({ steps: [step] }, { steps: [step, { ...step, name: 'b' }] }))
  expect(steps.map(({ name, change, fields: shown }) => [name, change, shown.map(({ label }) => label)])).toEqual([
    ['b', 'new', ['Worker']],
  ])
  expect(same).toBe(1)
})

test('lines of YAML keep their numbers, and stretches that are the same are left out', () => {
  const lines = Array.from({ length: 20 }, (_, index) => `l${index + 1}`)
  const rows = yamlRows(lines.join('\n'), lines.toSpliced(9, 1, 'new', 'too').join('\n'))
  expect(rows).toHaveLength(2 + 3 + 3 + 3)
  expect([rows[0], rows.at(-1)]).toEqual([{ skipped: 6 }, { skipped: 7 }])
  expect(rows.slice(4, 8)).toEqual([
    { kind: 'gone', text: 'l10', before: 10, after: null },
    { kind: 'new', text: 'new', before: null, after: 10 },
    { kind: 'new', text: 'too', before: null, after: 11 },
    { kind: 'same', text: 'l11', before: 11, after: 12 },
  ])
})
