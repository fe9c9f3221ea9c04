// Phrases that carry a text: English by parts of speech, other languages by stop words and, in German, capitals.
import type { Document, Line } from './document.ts'
import { PARSED_CHARACTERS, type Term, termsOf } from './terms.ts'
import { isStopWord, stemOf } from './words.ts'

/** Phrases that carry the text, best first, each with the place of its first mention. */
export function keyPhrases(document: Document, limit: number): { phrase: string; start: number; end: number }[] {
  const found = new Map<string, { phrase: string; start: number; end: number; count: number; stems: string[] }>()
  for (const { words, start, end } of runsOf(document)) {
    const stems = words.map((word) => stemOf(word, document.language))
    const entry = found.get(stems.join(' '))
    if (entry) entry.count += 1
    else found.set(stems.join(' '), { phrase: document.text.slice(start, end), start, end, count: 1, stems })
  }
  return distinct(weighted([...found.values()], document.text.length)).slice(0, limit)
}

type Run = { words: string[]; start: number; end: number }

function runsOf(document: Document): Run[] {
  const lines = document.lines.filter((line) => !line.boilerplate && line.end <= PARSED_CHARACTERS)
  const runs =
    document.language === 'en'
      ? lines.flatMap((line) => nounRuns(withoutCommand(document, line)))
      : lines.flatMap((line) => wordRuns(document, line))
  return runs.filter(({ words, start, end }) => words.length <= 4 && end - start <= 60 && words.join('').length >= 4)
}

/** The verb that begins an item of a plan is easily taken for a noun: "Order echocardiogram". */
function withoutCommand(document: Document, line: Line): Term[] {
  const terms = termsOf(document)[line.index] ?? []
  const first = terms.findIndex(({ text }) => /\p{L}/u.test(text))
  return line.listItem && document.cues?.imperative.test(line.reading) ? terms.slice(first + 1) : terms
}

/** Adjectives and nouns that end with a noun. A run after "no" or "denies" says what is absent and is left out. */
function nounRuns(terms: readonly Term[]): Run[] {
  const runs: Run[] = []
  let run: Term[] = []
  let negated = false
  const close = (): void => {
    while (run.length > 0 && !run.at(-1)?.tags.has('Noun')) run.pop()
    const first = run[0]
    const last = run.at(-1)
    if (first && last && !negated && run.some((term) => !WEAK.test(term.text)))
      runs.push({ words: run.map((term) => term.text), start: first.start, end: last.end })
    run = []
  }
  for (const term of terms) {
    if (NEGATING.test(term.text)) negated = true
    const fits = isPhraseTerm(term) && !(run.length === 0 && WEAK.test(term.text))
    if (fits) run.push(term)
    if (!fits || term.stops) close()
    if (term.stops) negated = false
  }
  close()
  return runs
}

const NEGATING = /^(no|not|denies|denied|without|negative|never)$/i
const OUTSIDE = /^(its|our|your|their|his|her|my|whose|worth|past|per|due|anyone|someone|everyone|nobody)$/i
const WEAK =
  /^(please|thank|thanks|dear|sincerely|hi|hello|subject|honestly|thing|things|way|lot|time|times|day|days|week|weeks|month|months|year|years|today|yesterday|tomorrow|one|anything|something|nothing|everything|person|people|other|such|same|own|many|more|most|first|second|third|last|next|new|able|good|bad|only|right|end|half|part|kind|bit|number|amount|pt|q|hx|mg|pm|am|gonna)$/i

function isPhraseTerm({ text, tags }: Term): boolean {
  if (!/^\p{L}[\p{L}\p{N}'’-]*$/u.test(text) || isStopWord(text, 'en') || OUTSIDE.test(text)) return false
  if (
    [
      'Pronoun',
      'Date',
      'Value',
      'Money',
      'Determiner',
      'Expression',
      'Copula',
      'Modal',
      'Adverb',
      'Month',
      'WeekDay',
    ].some((tag) => tags.has(tag))
  )
    return false
  return tags.has('Noun') || tags.has('Adjective')
}

const MONTH = /^(Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Uhr|Euro)$/

/** Without parts of speech: runs of content words; in German only capitalised ones. */
function wordRuns({ text, language }: Document, line: Line): Run[] {
  const runs: Run[] = []
  let run: { word: string; start: number; end: number }[] = []
  const close = (): void => {
    const first = run[0]
    const last = run.at(-1)
    if (first && last) runs.push({ words: run.map(({ word }) => word), start: first.start, end: last.end })
    run = []
  }
  for (const match of text.slice(line.start, line.end).matchAll(/[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}'’-]*|[^\s]/gu)) {
    const word = match[0]
    const content =
      /^\p{L}{3,}/u.test(word) &&
      !MONTH.test(word) &&
      !isStopWord(word, language) &&
      (language !== 'de' || /^\p{Lu}/u.test(word))
    if (content && !(language === 'de' && match.index === 0))
      run.push({ word, start: line.start + match.index, end: line.start + match.index + word.length })
    else close()
    if (run.length >= 3) close()
  }
  close()
  return runs
}

function weighted<Entry extends { stems: string[]; count: number; start: number }>(
  entries: readonly Entry[],
  length: number,
): Entry[] {
  const frequency = new Map<string, number>()
  const degree = new Map<string, number>()
  for (const { stems, count } of entries)
    for (const stem of stems) {
      frequency.set(stem, (frequency.get(stem) ?? 0) + count)
      degree.set(stem, (degree.get(stem) ?? 0) + stems.length * count)
    }
  const weight = ({ stems, count, start }: Entry): number => {
    const sum = stems.reduce((total, stem) => {
      const times = frequency.get(stem) ?? 1
      return total + Math.log(1 + times) * Math.sqrt((degree.get(stem) ?? 1) / times)
    }, 0)
    return (
      (sum / Math.sqrt(stems.length)) *
      (1 + Math.log(count)) *
      (stems.length > 1 ? 1.5 : 1) *
      (1 - (0.3 * start) / length)
    )
  }
  return entries
    .map((entry) => [weight(entry), entry] as const)
    .toSorted(([left], [right]) => right - left)
    .map(([, entry]) => entry)
}

function distinct<Entry extends { phrase: string; stems: string[] }>(entries: readonly Entry[]): Entry[] {
  const kept: Entry[] = []
  for (const entry of entries.slice(0, 200)) {
    if (
      kept.some(
        (other) =>
          entry.stems.every((stem) => other.stems.includes(stem)) ||
          other.stems.every((stem) => entry.stems.includes(stem)),
      )
    )
      continue
    kept.push(entry)
  }
  return kept
}
