// Names and phrases of an English text, from its parts of speech; other languages by capital letters and stop words.
import nlp from 'compromise'
import type { Document, Line } from './document.ts'
import { isStopWord, stemOf } from './words.ts'

/** Parsing takes about 0.1 ms a word; longer texts are parsed up to here. */
export const PARSED_CHARACTERS = 40_000

export type Name = {
  name: string
  kind: 'person' | 'organization' | 'place' | null
  start: number
  end: number
  mentions: number
}
type Term = { text: string; tags: Set<string>; start: number; end: number; stops: boolean }

const parsed = new WeakMap<Document, Term[][]>()

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

/** Names found, most mentioned first. */
export function namesOf(document: Document, limit: number): Name[] {
  const found = new Map<string, Name>()
  for (const { text, start, kind } of [...titledNames(document), ...taggedNames(document), ...capitalRuns(document)]) {
    const name = text.replace(/\s+/g, ' ')
    if (name.length < 3 || name.length > 80) continue
    const taken = [...found.values()].find((other) => other.start <= start && start < other.end)
    if (taken || found.has(name)) continue
    found.set(name, { name, kind, start, end: start + text.length, mentions: occurrences(document.text, text) })
  }
  const names = [...found.values()]
  return names
    .filter(
      (one) =>
        !names.some(
          (other) =>
            other !== one && other.name.length > one.name.length && ` ${other.name} `.includes(` ${one.name} `),
        ),
    )
    .toSorted((left, right) => right.mentions - left.mentions || left.start - right.start)
    .slice(0, limit)
}

type Run = { words: string[]; start: number; end: number }

function runsOf(document: Document): Run[] {
  const lines = document.lines.filter((line) => !line.boilerplate && line.end <= PARSED_CHARACTERS)
  const runs =
    document.language === 'en'
      ? lines.flatMap((line) => nounRuns(termsOf(document)[line.index] ?? []))
      : lines.flatMap((line) => wordRuns(document, line))
  return runs.filter(({ words, start, end }) => words.length <= 4 && end - start <= 60 && words.join('').length >= 4)
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
const WEAK =
  /^(please|thank|thanks|dear|sincerely|hi|hello|subject|honestly|thing|things|way|lot|time|times|day|days|week|weeks|month|months|year|years|today|yesterday|tomorrow|one|anything|something|nothing|everything|person|people|other|such|same|own|many|more|most|first|second|third|last|next|new|able|good|bad|only|right|end|half|part|kind|bit|number|amount|pt|q|hx|mg|pm|am|gonna)$/i

function isPhraseTerm({ text, tags }: Term): boolean {
  if (!/^\p{L}[\p{L}\p{N}'’-]*$/u.test(text) || isStopWord(text, 'en')) return false
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
      /^\p{L}{3,}/u.test(word) && !isStopWord(word, language) && (language !== 'de' || /^\p{Lu}/u.test(word))
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
      (stems.length > 1 ? 1.25 : 1) *
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

type Found = { text: string; start: number; kind: Name['kind'] }

const TITLED =
  /(?<![\p{L}\d])(?:Dr|Mr|Mrs|Ms|Mx|Prof|Frau|Herrn?|Sra?|Mme|M|Sir|Judge|Chief Executive|President|Professor|Doctor|Agent|agent)\.?\s(\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+){0,2})/gu

function titledNames({ text }: Document): Found[] {
  return [...text.slice(0, PARSED_CHARACTERS).matchAll(TITLED)].map((match) => ({
    text: match[0].replace(/^(?:Chief Executive|President|[Aa]gent)\s/, ''),
    start: match.index + match[0].length - match[0].replace(/^(?:Chief Executive|President|[Aa]gent)\s/, '').length,
    kind: 'person',
  }))
}

function taggedNames(document: Document): Found[] {
  if (document.language !== 'en') return []
  const found: Found[] = []
  for (const terms of termsOf(document)) {
    let run: Term[] = []
    const close = (): void => {
      const first = run[0]
      const last = run.at(-1)
      if (first && last)
        found.push({ text: document.text.slice(first.start, last.end), start: first.start, kind: 'person' })
      run = []
    }
    for (const term of terms) {
      const person =
        term.tags.has('Person') && /^\p{Lu}\p{Ll}/u.test(term.text) && !/^(I|Dear|Hi|Hello)$/.test(term.text)
      if (person) run.push(term)
      if (!person || term.stops) close()
    }
    close()
  }
  return found.filter(({ text }) => /\s/.test(text) || !isStopWord(text, 'en'))
}

const CAPITAL_RUN =
  /(?<![\p{L}\d.])\p{Lu}[\p{L}\p{N}&'’-]*(?:\s(?:of|the|and|de|du|la|von|&)\s\p{Lu}[\p{L}\p{N}&'’-]*|\s\p{Lu}[\p{L}\p{N}&'’-]*)+/gu
const ORGANIZATION =
  /\b(Inc|Ltd|LLC|GmbH|AG|Corp|Company|Group|Bank|University|Institute|Hospital|Center|Centre|Committee|Department|Ministry|Agency|Association|Foundation|Mutual|Insurance|Energy|Systems|HVAC)\b/

/** Two or more capitalised words in a row; a sentence's first word alone says nothing. */
function capitalRuns(document: Document): Found[] {
  if (document.language === 'de') return []
  return document.lines
    .filter((line) => line.end <= PARSED_CHARACTERS && !line.boilerplate)
    .flatMap((line) =>
      [...line.text.matchAll(CAPITAL_RUN)].flatMap((match): Found[] => {
        const lead =
          /^(?:The|An?|In|On|At|Our|Your|My|We|This|That|For|If|By|From|Please|Under|After|Since|When|While|And|But|I|Order|Start|Hold|Continue|Consult|Follow|Even|Right)\s/.exec(
            match[0],
          )?.[0] ?? ''
        const text = match[0].slice(lead.length).split('\n')[0] ?? ''
        if (
          !/\s/.test(text) ||
          /^\p{Lu}+(\s\p{Lu}+)*$/u.test(text) ||
          /\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b/.test(
            text,
          )
        )
          return []
        return [
          {
            text,
            start: line.start + match.index + lead.length,
            kind: ORGANIZATION.test(text) ? 'organization' : null,
          },
        ]
      }),
    )
}

function occurrences(text: string, part: string): number {
  return Math.min(100_000, text.split(part).length - 1)
}

/** Terms of each sentence with places in the text; parsed once per document. */
function termsOf(document: Document): Term[][] {
  const known = parsed.get(document)
  if (known) return known
  const terms = document.lines.map((line) => (line.end <= PARSED_CHARACTERS ? parse(line) : []))
  parsed.set(document, terms)
  return terms
}

function parse(line: Line): Term[] {
  type Json = { terms: { text: string; post: string; tags: string[] }[] }
  const json = nlp(line.text).json({ offset: false }) as Json[]
  let at = 0
  return json
    .flatMap(({ terms }) => terms)
    .flatMap((term) => {
      const index = term.text === '' ? -1 : line.text.indexOf(term.text, at)
      if (index < 0) return []
      at = index + term.text.length
      const own = term.text.replace(/['’]s$/, '')
      const start = line.start + index
      return [
        {
          text: own,
          tags: new Set(term.tags),
          start,
          end: start + own.length,
          stops: /[,.;:!?"”)\n]/.test(term.post) || own !== term.text,
        },
      ]
    })
}
