import { expect, test } from 'vitest'
import { outputSchema, WORKERS, workerNamed } from '#lib/workers/registry.ts'
import { resultFields, typeWords } from './result-shape.ts'

test.each([
  [{ type: 'string' }, 'string'],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string or null'],
  [{ type: 'string', enum: ['low', 'high'] }, 'low | high'],
  [{ type: 'string', enum: ['a', 'b', 'c', 'd', 'e'] }, 'one of 5 words'],
  [{ type: 'array', items: { type: 'number' }, maxItems: 3 }, 'number[], up to 3'],
  [
    { type: 'array', items: { type: 'object', properties: { a: {}, b: {} } }, minItems: 1, maxItems: 9 },
    '{ a, b }[], 1 to 9',
  ],
  [{ type: 'object', title: 'Evidence', properties: { quote: {} } }, 'evidence'],
])('%j reads "%s"', (schema, words) => {
  expect(typeWords(schema)).toBe(words)
})

test('every worker says what comes back', () => {
  for (const worker of WORKERS) expect(resultFields(outputSchema(worker)).length).toBeGreaterThan(0)
  expect(resultFields(outputSchema(workerNamed('category-classifier')))).toContainEqual({
    name: 'confidence',
    type: 'high | medium | low or null',
    description: null,
  })
})
