// Checks of a translation that need no model: they hold for people's and models' work alike.
import { digitsOf, factsOf } from './facts.ts'

export const TRANSLATION_CHECKS = ['complete', 'untranslated', 'numbers', 'links', 'glossary', 'length'] as const

export type TranslationCheck = {
  check: (typeof TRANSLATION_CHECKS)[number]
  passed: boolean
  message: string
  /** Index of the segment, null for the whole text. */
  segment: number | null
}

type Pair = { source: string; target: string | null }
type Material = {
  segments: readonly Pair[]
  glossary: readonly { source: string; target: string }[]
  sameLanguage: boolean
}

/** One row per failure (at most 30 of a kind), or one row for a check that passed and had something to check. */
export function checkTranslation({ segments, glossary, sameLanguage }: Material): TranslationCheck[] {
  const checks = [
    complete(segments),
    ...(sameLanguage ? [] : [untranslated(segments)]),
    numbers(segments),
    links(segments),
  ]
  if (glossary.length > 0) checks.push(glossaryKept(segments, glossary))
  checks.push(lengths(segments))
  return checks.flat()
}

const MAX_FAILURES = 30

function rows(
  check: TranslationCheck['check'],
  failures: { message: string; segment: number }[],
  passed: string | null,
): TranslationCheck[] {
  if (failures.length > 0)
    return failures.slice(0, MAX_FAILURES).map((failure) => ({ check, passed: false, ...failure }))
  return passed === null ? [] : [{ check, passed: true, message: passed, segment: null }]
}

function complete(segments: readonly Pair[]): TranslationCheck[] {
  const failures = failuresOf(
    segments,
    ({ target }) => (target === null ? 'This segment has no translation.' : null),
    true,
  )
  return rows(
    'complete',
    failures,
    segments.length === 1 ? 'The text is translated.' : `All ${segments.length} segments are translated.`,
  )
}

function untranslated(segments: readonly Pair[]): TranslationCheck[] {
  const failures = failuresOf(segments, ({ source, target }) =>
    source === target && wordsOf(source).filter((word) => word === word.toLowerCase()).length >= 4
      ? 'The translation is the same as the text.'
      : null,
  )
  return rows('untranslated', failures, null)
}

function numbers(segments: readonly Pair[]): TranslationCheck[] {
  let total = 0
  const failures = failuresOf(segments, ({ source, target }) => {
    const wanted = digitsOf(source)
    total += wanted.length
    const missing = without(wanted, digitsOf(target ?? ''))
    if (missing.length === 0) return null
    return `${missing.length === 1 ? 'A number is' : 'Numbers are'} missing or changed: ${missing.slice(0, 5).join(', ')}.`
  })
  if (total === 0) return []
  return rows('numbers', failures, total === 1 ? 'The number is kept.' : `All ${total} numbers are kept.`)
}

/** Numbers of one text that another lacks, as often as it does. */
export function numbersMissing(from: string, of: string): string[] {
  return without(digitsOf(from), digitsOf(of))
}

function links(segments: readonly Pair[]): TranslationCheck[] {
  let total = 0
  const failures = failuresOf(segments, ({ source, target }) => {
    const wanted = factsOf(source, 200).filter(({ kind }) => kind === 'link' || kind === 'email')
    total += wanted.length
    const missing = wanted.filter(({ value }) => !(target ?? '').includes(value))
    return missing.length === 0
      ? null
      : `Missing: ${missing
          .map(({ value }) => value)
          .slice(0, 3)
          .join(', ')
          .slice(0, 300)}.`
  })
  return rows('links', failures, total === 0 ? null : 'Web and e-mail addresses are kept.')
}

function glossaryKept(segments: readonly Pair[], glossary: Material['glossary']): TranslationCheck[] {
  const failures = failuresOf(segments, ({ source, target }) => {
    const broken = glossary.filter(
      (entry) =>
        containsWord(source, entry.source) && !(target ?? '').toLowerCase().includes(entry.target.toLowerCase()),
    )
    return broken.length === 0
      ? null
      : `The glossary asks for ${broken
          .slice(0, 3)
          .map((entry) => `"${entry.target}"`)
          .join(', ')}.`
  })
  return rows('glossary', failures, 'The glossary is kept.')
}

/** Languages differ in length, but not tenfold; short segments vary too much to tell. */
function lengths(segments: readonly Pair[]): TranslationCheck[] {
  const failures = failuresOf(segments, ({ source, target }) => {
    if (source.length < 40) return null
    const ratio = (target ?? '').length / source.length
    if (ratio < 0.2) return 'The translation is unusually short. Something may be missing.'
    return ratio > 4 ? 'The translation is unusually long. Something may have been added.' : null
  })
  return rows('length', failures, 'No segment is unusually short or long.')
}

function failuresOf(segments: readonly Pair[], fault: (pair: Pair) => string | null, withMissing = false) {
  return segments.flatMap((pair, segment) => {
    if (pair.target === null && !withMissing) return []
    const message = fault(pair)
    return message === null ? [] : [{ message, segment }]
  })
}

function without(wanted: readonly string[], found: readonly string[]): string[] {
  const left = [...found]
  return wanted.filter((digits) => {
    const index = left.indexOf(digits)
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
}

function wordsOf(text: string): string[] {
  return text.match(/\p{L}{2,}/gu) ?? []
}

function containsWord(text: string, word: string): boolean {
  const at = text.toLowerCase().indexOf(word.toLowerCase())
  if (at < 0) return false
  return !/\p{L}/u.test(text.charAt(at - 1)) && !/\p{L}/u.test(text.charAt(at + word.length))
}
