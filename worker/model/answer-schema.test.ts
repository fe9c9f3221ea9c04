import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ALL_WORKERS } from '#lib/workers/registry.ts'
import { answerSchema, withoutUnknownKeys } from './answer-schema.ts'

const ALLOWED = new Set(['type', 'description', 'enum', 'anyOf', '$ref', '$defs', 'items', 'properties', 'required'])

describe('the schema sent to a model', () => {
  test.each(ALL_WORKERS.map((worker) => [worker.name, worker] as const))(
    '%s stays within the strict subset',
    (_, worker) => {
      const schema = answerSchema(worker.output)
      expect(violations(schema)).toEqual([])
      expect(deepest(schema)).toBeLessThanOrEqual(10)
      expect(JSON.stringify(schema)).not.toMatch(/"(start|end)":\{[^}]*UTF-16/)
    },
  )

  test('asks for quotes without places and keeps bounds as words', () => {
    const output = z.object({
      score: z.number().min(-1).max(1),
      count: z.number().int().min(0),
      tags: z.array(z.string().max(40).describe('One word.')).max(6),
      evidence: z.array(z.object({ quote: z.string(), start: z.int().nullable(), end: z.int().nullable() })),
    })
    expect(answerSchema(output)).toEqual({
      type: 'object',
      properties: {
        score: { type: 'number', description: 'At least -1. At most 1.' },
        count: { type: 'integer', description: 'At least 0.' },
        tags: {
          type: 'array',
          description: 'At most 6 items.',
          items: { type: 'string', description: 'One word. At most 40 characters.' },
        },
        evidence: {
          type: 'array',
          items: {
            type: 'object',
            properties: { quote: { type: 'string' } },
            required: ['quote'],
            additionalProperties: false,
          },
        },
      },
      required: ['score', 'count', 'tags', 'evidence'],
      additionalProperties: false,
    })
  })

  test.each([
    ['an optional property', z.object({ a: z.string().optional() }), /a must be required/],
    ['a record', z.object({ a: z.record(z.string(), z.string()) }), /output\.a: propertyNames/],
    ['a tuple', z.object({ a: z.tuple([z.string()]) }), /output\.a: prefixItems/],
    ['a root that is no object', z.array(z.string()), /root must be an object/],
  ])('%s is refused with its place before anything is sent', (_, output, message) => {
    expect(() => answerSchema(output)).toThrow(message)
  })
})

describe('unknown keys', () => {
  test('are dropped at every depth, so that a surplus key beside a quote does not hide it', () => {
    const output = z.object({ a: z.array(z.object({ quote: z.string() })), b: z.object({ c: z.int() }).nullable() })
    const answer = { a: [{ quote: 'x', page: 3 }], b: { c: 1, d: 2 }, e: {} }
    expect(withoutUnknownKeys(answer, answerSchema(output))).toEqual({ a: [{ quote: 'x' }], b: { c: 1 } })
  })
})

function violations(node: unknown, place = 'root'): string[] {
  if (Array.isArray(node)) return node.flatMap((child, index) => violations(child, `${place}[${index}]`))
  if (node === null || typeof node !== 'object') return []
  const schema = node as Record<string, unknown>
  const own = Object.keys(schema).filter((key) => !ALLOWED.has(key) && key !== 'additionalProperties')
  const found = own.map((key) => `${place}: ${key}`)
  if (schema.type === 'object') {
    const keys = Object.keys(schema.properties as object)
    if (schema.additionalProperties !== false) found.push(`${place}: additionalProperties`)
    if (JSON.stringify(keys) !== JSON.stringify(schema.required)) found.push(`${place}: required`)
  }
  const children = [
    ...Object.entries((schema.properties as object | undefined) ?? {}),
    ['items', schema.items],
    ['anyOf', schema.anyOf],
    ...Object.entries((schema.$defs as object | undefined) ?? {}),
  ] as [string, unknown][]
  return [...found, ...children.flatMap(([key, child]) => violations(child, `${place}.${key}`))]
}

function deepest(node: unknown): number {
  if (Array.isArray(node)) return Math.max(0, ...node.map(deepest))
  if (node === null || typeof node !== 'object') return 0
  const own = (node as { type?: string }).type === 'object' ? 1 : 0
  return own + Math.max(0, ...Object.values(node).map(deepest))
}
