import { expect, test } from 'vitest'
import { textDirection } from './text-direction.ts'

const long = (words: string) => words.repeat(Math.ceil(10_001 / words.length))

test.each([
  ['ltr', long('The river rose. ')],
  ['rtl', long('«שלום» world ')],
  ['rtl', long('1. مرحبا بالعالم ')],
  ['ltr', long('12 € — ελληνικά ')],
  ['ltr', long('1234 ')],
])('a long text runs %s by its first letter', (direction, text) => {
  expect(textDirection(text)).toBe(direction)
})

test('a text of ordinary length is left to the browser, paragraph by paragraph', () => {
  expect(textDirection('שלום')).toBe('auto')
  expect(textDirection('')).toBe('auto')
})
