// Names in a text: after a title, by parts of speech, and by capital letters. Kinds are uncertain.
import type { Document } from './document.ts'
import { PARSED_CHARACTERS, type Term, termsOf } from './terms.ts'
import { vectors } from './vectors.ts'
import { isStopWord } from './words.ts'

export type Name = {
  name: string
  kind: 'person' | 'organization' | 'place' | null
  start: number
  end: number
  mentions: number
}
type Found = { text: string; start: number; kind: Name['kind'] }

const MOST_NAMES = 300

/** Names found, most mentioned first, each with the place of its first mention. */
export function namesOf(document: Document, limit: number): Name[] {
  const found = new Map<string, Name>()
  const sources = [titledNames, taggedNames, capitalRuns, unusualWords]
  for (const { text, start, kind } of sources.flatMap((source) => source(document))) {
    const name = text.replace(/\s+/g, ' ')
    const taken = found.size >= MOST_NAMES || [...found.values()].some((other) => overlaps(other, start, text.length))
    if (taken || found.has(name) || name.length < 3 || name.length > 80) continue
    found.set(name, { name, kind, start, end: start + text.length, mentions: occurrences(document.text, text) })
  }
  return withoutShortForms([...found.values()])
    .toSorted((left, right) => right.mentions - left.mentions || left.start - right.start)
    .slice(0, limit)
}

/** "Dr. Raman" and "Elena" are the same as "Dr. Priya Raman" and "Elena Vasquez". */
function withoutShortForms(names: readonly Name[]): Name[] {
  const words = new Map(names.map((name) => [name, name.name.replace(/^\p{L}+\.\s/u, '').split(' ')]))
  const longerOf = (name: Name): Name | undefined =>
    names.find((other) => {
      const short = words.get(name) ?? []
      const long = words.get(other) ?? []
      return long.length > short.length && short.every((word) => long.includes(word))
    })
  return names
    .filter((name) => !longerOf(name))
    .map((name) => {
      const others = names.filter((other) => longerOf(other) === name)
      return { ...name, mentions: others.reduce((sum, other) => sum + other.mentions, name.mentions) }
    })
}

function overlaps(name: Name, start: number, length: number): boolean {
  return name.start < start + length && start < name.end
}

const TITLED =
  /(?<![\p{L}\d])(?:Dr|Mr|Mrs|Ms|Mx|Prof|Frau|Herrn?|Sra?|Mme|M|Sir|Judge|Chief Executive|President|Professor|Doctor|Agent|agent)\.?\s(?:\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+){0,2})/gu
const ROLE = /^(?:Chief Executive|President|[Aa]gent)\s/

function titledNames({ text }: Document): Found[] {
  return [...text.slice(0, PARSED_CHARACTERS).matchAll(TITLED)].map((match) => {
    const role = ROLE.exec(match[0])?.[0].length ?? 0
    return { text: match[0].slice(role), start: match.index + role, kind: 'person' }
  })
}

function taggedNames(document: Document): Found[] {
  if (document.language !== 'en') return []
  return termsOf(document)
    .flatMap(personRuns)
    .map(([first, last]): Found => {
      return { text: document.text.slice(first.start, last.end), start: first.start, kind: 'person' }
    })
    .filter(({ text }) => /\s/.test(text) || !isStopWord(text, 'en'))
}

const NUMERAL = /^(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve)$/

function personRuns(terms: readonly Term[]): [first: Term, last: Term][] {
  const runs: [Term, Term][] = []
  let run: [Term, Term] | null = null
  for (const term of terms) {
    const person =
      term.tags.has('Person') &&
      !NUMERAL.test(term.text) &&
      /^\p{Lu}\p{Ll}/u.test(term.text) &&
      !/^(I|Dear|Hi|Hello)$/.test(term.text)
    if (person) run = [run?.[0] ?? term, term]
    if (run && (!person || term.stops)) {
      runs.push(run)
      run = null
    }
  }
  return run ? [...runs, run] : runs
}

const CAPITAL_RUN =
  /(?<![\p{L}\d.])(?:St\.|\p{Lu}[\p{L}\p{N}&'’-]*)(?:[^\S\n](?:of|the|and|de|du|la|von|&)[^\S\n]\p{Lu}[\p{L}\p{N}&'’-]*|[^\S\n]\p{Lu}[\p{L}\p{N}&'’-]*)+/gu
const ORGANIZATION =
  /\b(Inc|Ltd|LLC|GmbH|AG|Corp|Company|Group|Bank|University|Institute|Hospital|Center|Centre|Committee|Department|Ministry|Agency|Association|Foundation|Mutual|Insurance|Energy|Systems|HVAC)\b/
const LEAD =
  /^(?:(?:The|An?|In|On|At|Our|Your|My|We|This|That|For|If|By|From|Please|Under|After|Since|When|While|And|But|I|Order|Start|Hold|Continue|Consult|Follow|Even|Right|Dear|Hi|Hello|Thank|Thanks|Subject|Present|Next|First|To|With|As|Is)\s)+/
const CALENDAR =
  /\b(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b/

/** Two or more capitalised words in a row that are not all everyday words. */
function capitalRuns(document: Document): Found[] {
  if (document.language === 'de') return []
  return [...document.text.slice(0, PARSED_CHARACTERS).matchAll(CAPITAL_RUN)].flatMap((match): Found[] => {
    const lead = LEAD.exec(match[0])?.[0].length ?? 0
    const text = match[0].slice(lead)
    const words = text.split(/\s+/)
    if (words.length < 2 || CALENDAR.test(text) || words.every((word) => word === word.toUpperCase())) return []
    const organization = ORGANIZATION.test(text)
    if (
      !organization &&
      document.language === 'en' &&
      words.every((word) => word.includes('-') || vectors().isCommon(word))
    )
      return []
    return [{ text, start: match.index + lead, kind: organization ? 'organization' : null }]
  })
}

/** A single capitalised word inside a sentence that is no everyday word. */
function unusualWords(document: Document): Found[] {
  if (document.language !== 'en') return []
  return [...document.text.slice(0, PARSED_CHARACTERS).matchAll(/(?<=[\p{Ll},;] )\p{Lu}\p{Ll}{2,20}(?![\p{L}\d-])/gu)]
    .filter((match) => !vectors().isCommon(match[0]) && !CALENDAR.test(match[0]))
    .map((match) => ({ text: match[0], start: match.index, kind: null }))
}

function occurrences(text: string, part: string): number {
  return Math.min(100_000, text.split(part).length - 1)
}
