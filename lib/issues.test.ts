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
