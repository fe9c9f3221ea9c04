import { expect, test } from 'vitest'
import { InvalidInput } from '#lib/errors.ts'
import { MAX_JSON_VALUES, parseJson } from './json.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const refused = (body: string | Uint8Array): InvalidInput => {
  try {
    parseJson(typeof body === 'string' ? bytes(body) : body)
  } catch (error) {
    if (error instanceof InvalidInput) return error
    throw error
  }
  throw new Error('The body was accepted.')
}

test('a plain document comes back as it is, without its byte order mark', () => {
  expect(parseJson(bytes('\uFEFF{"a":[1,"ü",null],"b":{"c":true}}'))).toEqual({ a: [1, 'ü', null], b: { c: true } })
})

test('F69: a nesting of 100,000 levels is refused with its field, not with a crash', () => {
  const nested = `{"input":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  expect(refused(nested)).toMatchObject({ status: 422, issues: [{ path: 'input' }] })
  const objects = `{"input":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`
  expect(refused(objects)).toMatchObject({ status: 422, issues: [{ path: 'input' }] })
})

test('F69: a list of a million elements is refused, with one issue', () => {
  const error = refused(`{"ids":[${'1,'.repeat(999_999)}1]}`)
  expect(error.issues).toEqual([
    { path: 'ids', message: `Holds more than ${MAX_JSON_VALUES.toLocaleString('en')} values.` },
  ])
})

test('F69: the last of duplicate names counts, and a number beyond all bounds is refused', () => {
  expect(parseJson(bytes('{"a":1,"a":2}'))).toEqual({ a: 2 })
  expect(refused('{"a":{"b":1e400}}').issues).toEqual([{ path: 'a.b', message: 'The number is too large.' }])
})

test('F70: names that reach a prototype are refused at any depth', () => {
  for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])
    expect(refused(`{"input":{"a":[{"${name}":{"polluted":1}}]}}`).issues).toEqual([
      { path: `input.a.0.${name}`, message: 'This name is not allowed.' },
    ])
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

test('F68: NUL and lone surrogates are refused with the path of the field', () => {
  expect(refused('{"input":{"text":"a\\u0000b"}}').issues[0]?.path).toBe('input.text')
  expect(refused('{"tags":["ok","\\ud800"]}').issues[0]?.path).toBe('tags.1')
  expect(refused('{"input":{"\\udc00":1}}').issues[0]?.path).toBe('input')
})

test('F68: bytes that are not UTF-8 are refused with the path of the field', () => {
  const body = Buffer.concat([bytes('{"title":"ok","input":{"text":"a'), Buffer.from([0xff, 0xfe]), bytes('"}}')])
  expect(refused(body).issues).toEqual([
    { path: 'input.text', message: 'Has bytes that are not UTF-8. Send the text as UTF-8.' },
  ])
})

test('F68: bidirectional marks, a byte order mark inside a text and U+FFFD itself are accepted', () => {
  const text = '\uFEFF\u202Eabc\u2067\uFFFD'
  expect(parseJson(bytes(JSON.stringify({ text })))).toEqual({ text })
})

test('what is not JSON at all is a malformed request', () => {
  expect(refused('{"a":')).toMatchObject({ status: 400 })
  expect(refused('')).toMatchObject({ status: 400 })
})
