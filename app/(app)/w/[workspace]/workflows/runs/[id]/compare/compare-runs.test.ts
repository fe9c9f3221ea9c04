import { expect, test } from 'vitest'
import { runOf, stepOf } from '#lib/workflows/test-run.ts'
import { compareRuns, isOther, outputText } from './compare-runs.ts'
import { countChanges, diffWords, shortened } from './word-diff.ts'

const said = (before: string, after: string) =>
  diffWords(before, after)
    .map(({ kind, text }) => ({ same: text, gone: `[-${text}-]`, new: `[+${text}+]` })[kind])
    .join('')

test('texts that are the same have no change, and an empty one is all new or all gone', () => {
  expect(diffWords('One two three.', 'One two three.')).toEqual([{ kind: 'same', text: 'One two three.' }])
  expect(diffWords('', 'One two')).toEqual([{ kind: 'new', text: 'One two' }])
  expect(diffWords('One two', '')).toEqual([{ kind: 'gone', text: 'One two' }])
  expect(diffWords('', '')).toEqual([])
})

test('words that came, went or changed are told one by one', () => {
  expect(said('The tone is negative today', 'The tone is positive today')).toBe(
    'The tone is[- negative-][+ positive+] today',
  )
  expect(said('a b c', 'a c')).toBe('a[- b-] c')
  expect(said('a c', 'a b c')).toBe('a[+ b+] c')
})

test('what was taken apart can be put together again', () => {
  const [before, after] = ['one two  three\n\nfour five six ', 'zero two three\nfour  six seven']
  const parts = diffWords(before, after)
  const without = (kind: 'gone' | 'new') =>
    parts
      .filter((part) => part.kind !== kind)
      .map(({ text }) => text)
      .join('')
  expect([without('new'), without('gone')]).toEqual([before, after])
})

test('long texts without anything in common take no more than a moment, and are other as a whole', () => {
  const text = (word: string) => Array.from({ length: 4_000 }, (_, index) => word + index).join(' ')
  expect(countChanges(diffWords(text('a'), text('b')))).toEqual({ gone: 4_000, new: 4_000 })
})

test('between changes only what stands around them is shown', () => {
  const same = Array.from({ length: 60 }, (_, index) => `w${index}`).join(' ')
  const [start, , , middle, , , end] = shortened(
    diffWords(`${same} a ${same} b ${same}`, `${same} c ${same} d ${same}`),
  )
  expect(start?.text).toMatch(/^… .*w59$/)
  expect(middle?.text).toMatch(/^ w0 .*w7 … .*w52.* w59$/)
  expect(end?.text).toMatch(/^ w0 .*w7 … $/)
})

test('steps of two runs are set side by side by their names, in the order of the later run', () => {
  const before = runOf('text', [stepOf('summarizer'), stepOf('translator')])
  const after = runOf('text', [
    stepOf('sentiment-analyzer', { status: 'failed', result: null }),
    stepOf('summarizer', { result: { headline: 'Other', summary: 'Words.' }, workedMs: 300, costMicros: 5 }),
  ])
  const rows = compareRuns(before, after)
  expect(rows.map(({ name, before: left, after: right }) => [name, left?.status, right?.status])).toEqual([
    ['sentiment-analyzer', undefined, 'failed'],
    ['summarizer', 'completed', 'completed'],
    ['translator', 'completed', undefined],
  ])
  expect(rows[1]).toMatchObject({ before: { tookMs: 2_000, costMicros: 1_200 }, after: { tookMs: 500, costMicros: 5 } })
  expect(rows[0]?.output).toBeNull()
  expect(rows.map(isOther)).toEqual([true, true, true])
  expect(compareRuns(before, before).map(isOther)).toEqual([false, false])
})

test('an output is compared by what it says, not by where its quotes stand', () => {
  const output = { label: 'negative', score: -0.5, evidence: [{ quote: 'No.', start: 3, end: 6 }], list: ['a', 'b'] }
  expect(outputText(output)).toBe('negative\nscore -0.5\na\nb')
  expect(outputText({ ...output, evidence: [] })).toBe(outputText(output))
})
