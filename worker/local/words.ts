// Content words as stems, in the languages that have a stop list and a stemmer; elsewhere words as they are.
import snowball from 'snowball-stemmers'
import * as stopword from 'stopword'

type Rules = { stop: ReadonlySet<string>; stem: (word: string) => string }

/** language → name of the stemmer and of the stop list. */
const SUPPORTED: Record<string, [stemmer: string, stopList: string]> = {
  en: ['english', 'eng'],
  de: ['german', 'deu'],
  fr: ['french', 'fra'],
  es: ['spanish', 'spa'],
  it: ['italian', 'ita'],
  pt: ['portuguese', 'por'],
  nl: ['dutch', 'nld'],
  sv: ['swedish', 'swe'],
  da: ['danish', 'dan'],
  nb: ['norwegian', 'nob'],
  fi: ['finnish', 'fin'],
  hu: ['hungarian', 'hun'],
  ro: ['romanian', 'ron'],
  ru: ['russian', 'rus'],
  tr: ['turkish', 'tur'],
}
/** Function words that the English list leaves out. */
const MORE_ENGLISH =
  "not no nor don't doesn't didn't isn't aren't wasn't weren't won't can't cannot i'm i've we're we've it's that's let's".split(
    ' ',
  )
const rules = new Map<string, Rules>()

/** Stems of the words that carry meaning, in order, repeats included. */
export function stemsOf(text: string, language: string | null): string[] {
  const { stop, stem } = rulesFor(language)
  return wordsOf(text, language)
    .filter((word) => word.length > 1 && !stop.has(word))
    .map(stem)
}

export function isStopWord(word: string, language: string | null): boolean {
  return rulesFor(language).stop.has(word.toLowerCase())
}

export function stemOf(word: string, language: string | null): string {
  return rulesFor(language).stem(word.toLowerCase())
}

/** Words in lower case; scripts without spaces are cut by the platform's dictionary. */
export function wordsOf(text: string, language: string | null): string[] {
  if (!/[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF]/u.test(text))
    return (text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*/gu) ?? []).map((word) =>
      word
        .toLowerCase()
        .replace('’', "'")
        .replace(/[.'-]+$|'s$/g, ''),
    )
  return [...new Intl.Segmenter(language ?? 'en', { granularity: 'word' }).segment(text)]
    .filter((part) => part.isWordLike)
    .map((part) => part.segment.toLowerCase())
}

function rulesFor(language: string | null): Rules {
  const key = language ?? ''
  const known = rules.get(key)
  if (known) return known
  const [stemmer, stopList] = SUPPORTED[key] ?? []
  const list = stopList === undefined ? [] : ((stopword as Record<string, unknown>)[stopList] as string[] | undefined)
  const stems = stemmer === undefined ? null : snowball.newStemmer(stemmer)
  const made: Rules = {
    stop: new Set([...(list ?? []), ...(key === 'en' ? MORE_ENGLISH : [])]),
    stem: (word) => (stems ? stems.stem(word) : word),
  }
  rules.set(key, made)
  return made
}
