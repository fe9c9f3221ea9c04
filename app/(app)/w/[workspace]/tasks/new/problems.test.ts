import { expect, test } from 'vitest'
import { MAX_TEXT_LENGTH as WORKERS_LIMIT } from '#lib/workers/define.ts'
import { optionsSchema, outputSchema, workerNamed } from '#lib/workers/registry.ts'
import type { CatalogueWorker } from './catalogue.ts'
import { type Draft, emptyDraft } from './draft.ts'
import { MAX_TEXT_LENGTH } from './limits.ts'
import { optionControls } from './option-controls.ts'
import { problemsOf } from './problems.ts'

const definition = workerNamed('category-classifier')
const worker: CatalogueWorker = {
  ...definition,
  controls: optionControls(optionsSchema(definition)),
  output: outputSchema(definition),
  exampleOutput: null,
  instructionTokens: 0,
  needsModel: false,
}
const now = new Date(2026, 10, 23, 9, 41).getTime()
const draft: Draft = { ...emptyDraft(worker.name), text: 'Hello' }

test('a text alone is enough', () => {
  expect(problemsOf(draft, worker, now)).toEqual([])
})

test.each<[string, Partial<Draft>, string, string]>([
  ['an empty text', { text: '  ' }, 'Text', 'Enter some text.'],
  ['too long a text', { text: 'x'.repeat(MAX_TEXT_LENGTH + 1240) }, 'Text', 'The text is 1,240 characters too long.'],
  ['half of an emoji', { text: 'a\uD83D' }, 'Text', 'half of an emoji'],
  ['a due time in the past', { dueAt: '2026-11-23T09:30' }, 'Due by', 'This passed 11 minutes ago. Pick a later time.'],
  [
    'a start after the due time',
    { dueAt: '2026-11-23T10:00', notBefore: '2026-11-23T10:00' },
    'Due by',
    'It would be due before it may start.',
  ],
  ['too few categories', { options: { [worker.name]: { categories: ['One'] } } }, 'Categories', 'Add at least 2.'],
  ['a long tag', { tags: ['x'.repeat(41)] }, 'Tags', 'A tag has at most 40 characters.'],
  ['a key with a space', { idempotencyKey: 'a b' }, 'Idempotency key', 'without spaces'],
])('%s is told before sending', (_, change, label, message) => {
  const [problem, ...others] = problemsOf({ ...draft, ...change }, worker, now)
  expect(others).toEqual([])
  expect(problem?.label).toBe(label)
  expect(problem?.message).toContain(message)
})

test("the browser's limit of a text is the server's", () => {
  expect(MAX_TEXT_LENGTH).toBe(WORKERS_LIMIT)
})
