// The step all built-in workers share: language, sentences with places, and what kind of text it is.
import { type Sentence, sentencesOf } from '#lib/workers/sentences.ts'
import { type Cues, cuesFor, type Domain, englishDomains } from './cues.ts'
import { languageOf } from './language.ts'
import { stemsOf, wordsOf } from './words.ts'

export type Line = Sentence & {
  index: number
  /** The sentence for reading: one line, no list mark, no invisible marks. */
  reading: string
  stems: string[]
  /** Greeting, subject line or sign-off. */
  boilerplate: boolean
  /** Has enough words and an end mark, or is an item of a list. */
  complete: boolean
  listItem: boolean
  /** A line of a chat or log, which begins with its time. */
  stamped: boolean
}

export type Document = {
  text: string
  language: string | null
  lines: Line[]
  words: number
  cues: Cues | null
  domain: Domain | null
}

export function readDocument(text: string): Document {
  const language = languageOf(text)
  const cues = cuesFor(language)
  const lines = sentencesOf(text, language ?? 'en').map((sentence, index) => lineOf(sentence, index, language, cues))
  const words = lines.reduce((sum, line) => sum + wordsOf(line.text, language).length, 0)
  return { text, language, lines, words, cues, domain: language === 'en' ? domainOf(text, words) : null }
}

export function evidenceFor(line: { start: number; end: number; text: string }) {
  return { quote: line.text, start: line.start, end: line.end }
}

/** A claim that is a sentence of the text. */
export function claimFor(line: Line) {
  return { text: line.reading, evidence: [evidenceFor(line)] }
}

const LIST_MARK = /^\s*(?:\d{1,3}[.)]|[-*•–—·])\s+/
/** The time before a line of a chat or a log. */
const TIME_MARK = /^\s*\[?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?\]?\s+(?:-\s)?(?=\S)/i
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu

function lineOf(sentence: Sentence, index: number, language: string | null, cues: Cues | null): Line {
  const listItem = LIST_MARK.test(sentence.text)
  const stamped = TIME_MARK.test(sentence.text)
  const reading = sentence.text
    .replace(LIST_MARK, '')
    .replace(TIME_MARK, '')
    .replace(INVISIBLE, '')
    .replace(/\s+/g, ' ')
    .trim()
  const stems = stemsOf(reading, language)
  const boilerplate = cues !== null && cues.boilerplate.test(reading) && reading.length < 160
  return {
    ...sentence,
    index,
    reading: reading === '' ? sentence.text : reading,
    stems,
    boilerplate,
    listItem,
    stamped,
    complete: stems.length >= 3 && (listItem || stamped || /[.!?:;…。！？؟।]["'”’»)\]]*$/u.test(reading)),
  }
}

function domainOf(text: string, words: number): Domain | null {
  const ranked = englishDomains()
    .map((domain) => {
      const hits = text.slice(0, 40_000).match(domain.triggers) ?? []
      const distinct = new Set(hits.map((hit) => hit.toLowerCase())).size
      const density = hits.length / Math.max(1, Math.min(words, 7000))
      return { domain, weight: distinct >= 3 || words < 40 ? density / domain.density : 0 }
    })
    .filter(({ weight }) => weight >= 1)
    .toSorted((left, right) => right.weight - left.weight)
  return ranked[0]?.domain ?? null
}
