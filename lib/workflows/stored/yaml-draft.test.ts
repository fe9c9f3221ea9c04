import { expect, test } from 'vitest'
import { TEMPLATES } from '../catalogue.ts'
import { lineOf, readDraft, writeDraft } from './yaml-draft.ts'

test('every template is the same after it was written and read', () => {
  for (const { definition } of TEMPLATES) {
    const { name: _, ...rest } = definition
    expect(readDraft(writeDraft(definition))).toEqual({ draft: rest })
  }
})

test('keys stand in the order in which people write them, whatever order they come in', () => {
  const step = { needs: [], if: 'a.b', worker: 'w', options: { z: 1, name: 2 }, kind: 'k', name: 'n' }
  expect(writeDraft({ steps: [step], summary: 'S', name: 'x', title: 'T' })).toBe(
    'title: T\nsummary: S\nsteps:\n  - name: n\n    kind: k\n    worker: w\n    if: a.b\n    options:\n      z: 1\n      name: 2\n    needs: []\n',
  )
})

test.each([
  ['title: [', 'sequence', 1],
  ['title: A\ntitle: B', 'unique', 2],
  ['title: A\nsteps:\n  - { name: a, name: b }', '"name" stands here twice', 3],
  ['just words', 'A workflow has a title', 1],
  ['', 'A workflow has a title', 1],
])('%j is no workflow, and why is said with its line', (text, words, line) => {
  const read = readDraft(text)
  expect('problem' in read ? read.problem : '').toContain(words)
  expect(read).toMatchObject({ line })
})

test.each([
  ['keys', (count: number) => Array.from({ length: count }, (_, index) => `k${index}: 1`).join('\n')],
  ['errors', (count: number) => '"'.repeat(2 * count)],
  [
    'aliases',
    (count: number) => {
      const names = Array.from({ length: count }, (_, index) => `x${index}`)
      return `a: [${names.map((name) => `&${name} 1`).join()}]\nb: [${names.map((name) => `*${name}`).join()}]`
    },
  ],
])('four times as many %s take about four times the work', (_, text) => {
  const took = (count: number) => {
    const begun = process.cpuUsage()
    readDraft(text(count))
    const { user, system } = process.cpuUsage(begun)
    return user + system
  }
  took(4_000)
  const [few, many] = [4_000, 16_000].map((count) => Math.min(...Array.from({ length: 3 }, () => took(count))))
  expect((many ?? Infinity) / (few ?? 1)).toBeLessThan(10)
})

test.each([
  ['['.repeat(100_000), 'nested too deeply'],
  ['title: A\n---\ntitle: B', 'one document'],
  ['title: A\nsteps: &all\n  - *all\n', 'no end'],
  ['&all\ntitle: A\nsteps:\n  - {name: *all}\n', 'no end'],
])('a text with such a fault is refused in words of ours: %#', (text, problem) => {
  expect(readDraft(text)).toMatchObject({ problem: expect.stringContaining(problem) })
})

test('names that stand for each other without end are refused', () => {
  const levels = Array.from({ length: 12 }, (_, index) =>
    index === 0 ? 'a0: &a0 [x, x]' : `a${index}: &a${index} [*a${index - 1}, *a${index - 1}]`,
  )
  expect(readDraft(levels.join('\n'))).toHaveProperty('problem')
})

test('an issue is found on the line of its field, or of the nearest one that is there', () => {
  const text = 'title: T\nsteps:\n  - name: a\n    kind: worker\n  - name: b\n    needs: [x]\n'
  expect(lineOf(text, 'steps.1.needs.0')).toBe(6)
  expect(lineOf(text, 'steps.1.worker')).toBe(5)
  expect(lineOf(text, 'summary')).toBeNull()
})
