import { expect, test } from 'vitest'
import { z } from 'zod'
import { fieldIssues } from './issues.ts'

const issues = (schema: z.ZodType, value: unknown, prefix: string[] = []) => {
  const result = schema.safeParse(value)
  return result.success ? [] : fieldIssues(result.error, prefix)
}

test('each unknown field is named by its own path', () => {
  expect(issues(z.strictObject({ a: z.strictObject({}) }), { a: { x: 1, y: 2 } }, ['body'])).toEqual([
    { path: 'body.a.x', message: 'This field is not known here.' },
    { path: 'body.a.y', message: 'This field is not known here.' },
  ])
})

test('a union reports the alternative that was meant most likely', () => {
  const selection = z.union([
    z.strictObject({ ids: z.array(z.uuid('This is not an id.')).min(1) }),
    z.strictObject({ query: z.strictObject({}) }),
  ])
  expect(issues(selection, { ids: ['x'] })).toEqual([{ path: 'ids.0', message: 'This is not an id.' }])
})

test('a list of thousands of bad elements is reported by its first fifty', () => {
  expect(issues(z.array(z.string()), Array.from({ length: 5_000 }).fill(1))).toHaveLength(50)
})

test.each<[z.ZodType, unknown, string]>([
  [z.object({ text: z.string() }), {}, 'This field is missing.'],
  [z.object({ text: z.string() }), { text: 5 }, 'Must be text, not a number.'],
  [z.object({ text: z.string() }), { text: ['a'] }, 'Must be text, not a list.'],
  [z.object({ text: z.string() }), { text: null }, 'Must be text, not null.'],
  [z.object({ text: z.string().min(1) }), { text: '' }, 'Must not be empty.'],
  [z.object({ text: z.string().max(2000) }), { text: 'a'.repeat(2001) }, 'At most 2,000 characters.'],
  [z.object({ count: z.int() }), { count: 1.5 }, 'Must be a whole number.'],
  [z.object({ count: z.coerce.number() }), { count: 'abc' }, 'Must be a number.'],
  [z.object({ count: z.number().positive() }), { count: 0 }, 'More than 0.'],
  [z.object({ list: z.array(z.string()).max(2) }), { list: ['a', 'b', 'c'] }, 'At most 2 items.'],
  [z.object({ kind: z.enum(['a', 'b']) }), { kind: 'c' }, 'Use one of: a, b.'],
  [z.object({ id: z.uuid() }), { id: 'c' }, 'This is not an id.'],
  [z.object({ id: z.string('Give it a name.') }), { id: 5 }, 'Give it a name.'],
])('what is wrong is said in plain words (%#)', (schema, value, words) => {
  expect(issues(schema, value).map(({ message }) => message)).toEqual([words])
})
