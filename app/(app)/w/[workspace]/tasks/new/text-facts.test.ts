import { expect, test } from 'vitest'
import { tokensAbout } from '#lib/workers/tokens.ts'
import { textFacts } from './text-facts.ts'

test('counts words and characters and shows what it found', () => {
  const facts = textFacts("Claim 5180-03-4416: the plumber's invoice of $2,340 is due on 2 November. $2,340!")
  expect(facts.words).toBe(13)
  expect(facts.characters).toBe(81)
  expect(facts.found).toContain('$2,340')
  expect(facts.found.filter((value) => value === '$2,340')).toHaveLength(1)
})

test('an empty text has nothing', () => {
  expect(textFacts('')).toEqual({ words: 0, characters: 0, tokens: 0, language: null, found: [] })
})

test('scripts without spaces count about one token a character', () => {
  expect(tokensAbout('abcdefgh')).toBe(2)
  expect(tokensAbout('你好世界')).toBe(4)
})
