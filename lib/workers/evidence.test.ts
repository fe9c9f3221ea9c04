import { expect, test } from 'vitest'
import { locateEvidence, withoutPositions } from './evidence.ts'
import { countEvidence, evidenceOf } from './quotes.ts'

const TEXT = 'He said:  “Don’t\nworry”, and left. Total – €5. İstanbul is 20 % larger. 👩‍💻 wrote it.'

function place(quote: string, text = TEXT) {
  const { value, found } = locateEvidence({ evidence: [{ quote }] }, text)
  return { ...evidenceOf(value)[0], found }
}

test('a quote that stands in the text word for word gets its place', () => {
  expect(place('and left.')).toEqual({ quote: 'and left.', start: 25, end: 34, found: 1 })
})

test('a quote that differs in case, white space, quotation marks and dashes takes the wording of the text', () => {
  for (const [quote, wording] of [
    ['"don\'t worry"', '“Don’t\nworry”'],
    ['HE SAID: "DON\'T', 'He said:  “Don’t'],
    ['total - €5', 'Total – €5'],
    ['i̇stanbul is', 'İstanbul is'],
    ['20\u00A0% larger', '20 % larger'],
    ['"and left."', 'and left.'],
    ['and left...', 'and left'],
    ['👩‍💻 wrote', '👩‍💻 wrote'],
  ] as const) {
    const found = place(quote)
    expect(found.quote).toBe(wording)
    expect(TEXT.slice(found.start ?? 0, found.end ?? 0)).toBe(wording)
  }
})

test('a quote that is not in the text has no place and is counted', () => {
  expect(place('nothing of the kind')).toMatchObject({ start: null, end: null, found: 0 })
  expect(place('')).toMatchObject({ start: null, found: 0 })
  expect(place('""')).toMatchObject({ start: null, found: 0 })
  const { found, missing } = locateEvidence([{ quote: 'and left' }, { quote: 'never' }], TEXT)
  expect({ found, missing }).toEqual({ found: 1, missing: 1 })
  expect(
    countEvidence([
      { quote: 'a', start: 0, end: 1 },
      { quote: 'b', start: null, end: null },
    ]),
  ).toEqual({
    found: 1,
    missing: 1,
  })
})

test('positions that a model made up are replaced', () => {
  expect(evidenceOf(locateEvidence([{ quote: 'left', start: 900, end: 2 }], TEXT).value)).toEqual([
    { quote: 'left', start: 29, end: 33 },
  ])
})

test('bidi marks and soft hyphens do not hide a quote', () => {
  const text = 'סכום: \u200F₪120\u200F לתשלום. com\u00ADpany'
  const found = place('סכום: ₪120 לתשלום', text)
  expect(text.slice(found.start ?? 0, found.end ?? 0)).toBe('סכום: \u200F₪120\u200F לתשלום')
  expect(place('company', text).quote).toBe('com\u00ADpany')
})

test('a thousand quotes are looked up in a long text in bounded time', () => {
  const text = 'lorem ipsum dolor '.repeat(11_000)
  const quotes = Array.from({ length: 1000 }, (_, index) => ({ quote: `LOREM  missing ${index}` }))
  const before = process.threadCpuUsage()
  expect(locateEvidence(quotes, text).missing).toBe(1000)
  expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(2000)
}, 30_000)

test('a model is asked for quotes only', () => {
  const schema = {
    type: 'object',
    properties: {
      evidence: {
        type: 'array',
        items: {
          type: 'object',
          properties: { quote: { type: 'string' }, start: {}, end: {} },
          required: ['quote', 'start', 'end'],
        },
      },
      segment: { type: 'object', properties: { start: {}, end: {} }, required: ['start', 'end'] },
    },
  }
  expect(withoutPositions(schema)).toMatchObject({
    properties: {
      evidence: { items: { properties: { quote: { type: 'string' } }, required: ['quote'] } },
      segment: { required: ['start', 'end'] },
    },
  })
})
