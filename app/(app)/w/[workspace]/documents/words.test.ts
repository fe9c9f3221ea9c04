import { expect, test } from 'vitest'
import type { DocumentSummary } from '#lib/documents/shapes.ts'
import { factsOf, typeOf, warningsOf } from './words.ts'

const document = {
  name: 'Letter.PDF',
  mediaType: null,
  size: 412_000,
  pages: null,
  characters: null,
  paged: true,
  metadata: {},
} as DocumentSummary

test('a file is called by its content once that is known, else by its name', () => {
  expect(typeOf(document)).toBe('PDF')
  expect(typeOf({ ...document, mediaType: 'text/plain' })).toBe('Text')
  expect(typeOf({ ...document, name: 'letter' })).toBe('File')
})

test('its facts grow with what is known, and a format without pages has parts', () => {
  expect(factsOf(document)).toBe('PDF · 412 kB')
  const ready = { ...document, pages: 4, characters: 2_310 }
  expect(factsOf(ready)).toBe('PDF · 412 kB · 4 pages · 2,310 characters')
  expect(factsOf({ ...ready, mediaType: 'text/markdown', paged: false, pages: 1 })).toMatch(/^Markdown .* 1 part ·/)
})

test('what is missing in a text is said', () => {
  expect(warningsOf(document)).toEqual([])
  const metadata = { pagesWithoutText: [3], cutOff: true, replacedCharacters: 2, attachments: 1 }
  expect(warningsOf({ ...document, metadata })).toEqual([
    '1 page without text',
    'Cut off: its end is missing',
    '2 characters unreadable',
    '1 attachment not read',
  ])
})
