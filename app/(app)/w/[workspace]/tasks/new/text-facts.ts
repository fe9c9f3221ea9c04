// What the form counts in a text while it is typed. Pure.
import { tokensAbout } from '#lib/workers/tokens.ts'
import { factsOf } from '#lib/workers/facts.ts'
import { languageName } from '#lib/workers/languages.ts'
import { textLanguage } from './text-language.ts'

export type TextFacts = {
  words: number
  characters: number
  tokens: number
  /** Its English name; null when it cannot be told. */
  language: string | null
  found: string[]
}

const MOST_FOUND = 5
/** Enough to fill the list; the rest of a long text would only cost time. */
const SEARCHED_CHARACTERS = 20_000

export function textFacts(text: string): TextFacts {
  const tag = textLanguage(text)
  const found = factsOf(text.slice(0, SEARCHED_CHARACTERS), 50).map((fact) => fact.value)
  return {
    words: text.match(/[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu)?.length ?? 0,
    characters: text.length,
    tokens: tokensAbout(text),
    language: tag === null ? null : languageName(tag),
    found: [...new Set(found)].slice(0, MOST_FOUND),
  }
}
