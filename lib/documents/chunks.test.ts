import { expect, test } from 'vitest'
import { chunksOf } from './chunks.ts'

const SEEDS = Array.from({ length: 300 }, (_, index) => index + 1)

const partsOf = (text: string, maxCharacters: number) =>
  chunksOf(text, { maxCharacters }).map(({ start, end }) => text.slice(start, end))

test('every text is covered exactly, by chunks that are neither longer than asked for nor blank', () => {
  const wrong = SEEDS.flatMap((seed) => {
    const random = randomOf(seed)
    const text = writtenBy(random)
    const maxCharacters = 2 + Math.floor(random() ** 2 * 400)
    const pageStarts = Array.from({ length: 5 }, () => Math.floor(random() * text.length))
    const chunks = chunksOf(text, { maxCharacters, pageStarts })
    const parts = chunks.map(({ start, end }) => text.slice(start, end))
    const follow = chunks.every(({ start }, index) => start === (chunks[index - 1]?.end ?? 0))
    const again = chunksOf(text, { maxCharacters, pageStarts })
    return [
      ...(follow && parts.join('') === text ? [] : [`seed ${seed}: not the text`]),
      ...(parts.every((part) => part.trim().length <= maxCharacters) ? [] : [`seed ${seed}: too long`]),
      ...(parts.some((part) => part.trim() === '') && text.trim() !== '' ? [`seed ${seed}: blank`] : []),
      ...(parts.every((part) => part.isWellFormed()) ? [] : [`seed ${seed}: half a surrogate pair`]),
      ...(JSON.stringify(again) === JSON.stringify(chunks) ? [] : [`seed ${seed}: not the same again`]),
    ]
  })
  expect(wrong).toEqual([])
})

test('words are cut only where one fills a chunk alone', () => {
  const wrong = SEEDS.flatMap((seed) => {
    const text = writtenBy(randomOf(seed))
    return chunksOf(text, { maxCharacters: 80 })
      .slice(0, -1)
      .filter(({ end }) => /\S/.test(text.charAt(end - 1)) && /\S/.test(text.charAt(end)))
      .filter(({ start, end }) => !/\S{54}$/.test(text.slice(start, end)) && !text.slice(0, end).endsWith('。'))
      .map(({ end }) => `seed ${seed} at ${end}`)
  })
  expect(wrong).toEqual([])
})

test('a heading stays with what it is above, and is told of all that follows', () => {
  const body = (word: string) => `${word} is what this part is about, and it is said at some length. `.repeat(2)
  const text = `${body('Preface')}\n\n# Costs\n\n${body('Money')}\n\n# Risks\n\n${body('Danger')}\n\n${body('Fear')}`
  const chunks = chunksOf(text, { maxCharacters: 170 })
  expect(chunks.map(({ heading }) => heading)).toEqual([null, 'Costs', 'Risks', 'Risks'])
  expect(chunks.slice(1).map(({ start, end }) => text.slice(start, end).slice(0, 7))).toEqual([
    '# Costs',
    '# Risks',
    'Fear is',
  ])
})

test.each([
  ['a page', `${'One two. '.repeat(9)}\f${'Three four. '.repeat(6)}\n\nFive.`, '\f', 1],
  ['a paragraph', `${'One two. '.repeat(9)}\n\n${'Three four. '.repeat(6)}`, '\n\n', 2],
  ['a sentence', `${'one two '.repeat(9)}as Dr. May said. ${'Three four '.repeat(6)}`, 'said. ', 6],
  ['a line', `${'one,two '.repeat(9)}\n${'three,four '.repeat(6)}`, '\n', 1],
  ['a word', `${'one,two,'.repeat(9)} ${'three,four,'.repeat(6)}`, ' ', 1],
])('the cut is behind %s where nothing better is near', (_, text, border, length) => {
  expect(chunksOf(text, { maxCharacters: 120 })[0]?.end).toBe(text.indexOf(border) + length)
})

test('a page that is known only by its place is a border too', () => {
  const pages = ['One two. '.repeat(9), 'Three four. '.repeat(6)]
  const text = pages.join('\n\n')
  const start = (pages[0]?.length ?? 0) + 2
  expect(chunksOf(`${text}\n\nFive.`, { maxCharacters: 150, pageStarts: [0, start] })[0]?.end).toBe(start)
})

test('the last chunk is no crumb', () => {
  const parts = partsOf('word '.repeat(205), 1000)
  expect(parts.map((part) => part.length)).toEqual([690, 335])
})

test('a text without a letter is one chunk, an empty one none', () => {
  expect(chunksOf(' \n\n '.repeat(50), { maxCharacters: 10 })).toEqual([{ start: 0, end: 200, heading: null }])
  expect(chunksOf('', { maxCharacters: 10 })).toEqual([])
  expect(() => chunksOf('x', { maxCharacters: 1 })).toThrow(RangeError)
})

test.each([
  ['one word', 'x'.repeat(5_000_000)],
  ['pictures only', '👩‍💻'.repeat(900_000)],
  ['blank lines', `a${'\n'.repeat(4_000_000)}b`],
  ['spaces', `a${' '.repeat(4_000_000)}b`],
  ['short lines', 'Title\n'.repeat(800_000)],
  ['quotes', `${'."'.repeat(900_000)} x`],
  ['prose', 'It was calm, and Dr. May said so. Nobody came to the shore.\n'.repeat(60_000)],
])('five million characters of %s take seconds at most', { timeout: 20_000 }, (_, text) => {
  const begun = performance.now()
  const chunks = chunksOf(text, { maxCharacters: 8_000 })
  expect(performance.now() - begun).toBeLessThan(15_000)
  expect(chunks.at(-1)?.end).toBe(text.length)
})

function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

const PIECES = [
  '# Costs\n',
  '\n\n',
  '\n',
  '\f',
  ' ',
  '   ',
  '\t',
  '. ',
  '! ',
  '\r\n\r\n',
  'Title of it\n\n',
  '- item\n',
  '3. ',
  'Dr. ',
  '👩‍💻',
  '😀😀😀',
  '第一章',
  '。',
  'a',
  'word ',
  'Some longer sentence, with a comma. ',
  'x'.repeat(70),
  '```\n',
  '===\n',
  'NAMES\n',
  '1.2 Why\n',
  '\u2028',
  '̈',
]

function writtenBy(random: () => number): string {
  return Array.from({ length: Math.floor(random() * 120) }, () => PIECES[Math.floor(random() * PIECES.length)]).join('')
}
