// Word lists and patterns as data, read once per thread. In patterns `\b` is a word boundary of any script.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type RiskCue = { kind: string; weight: number; pattern: RegExp }
export type QuestionCue = {
  kind: 'review' | 'interview' | 'discussion'
  difficulty: 'medium' | 'hard'
  pattern: RegExp
  question: string
}
export type Cues = {
  boilerplate: RegExp
  heading: RegExp
  important: RegExp
  /** Begins the sentence that a section leads up to. */
  key: RegExp
  request: RegExp
  notRequest: RegExp
  listIntro: RegExp
  imperative: RegExp
  listItem: RegExp
  conditional: RegExp
  negation: RegExp
  due: RegExp
  urgent: RegExp
  optional: RegExp
  /** Who is to do it: the first group that matched, unless `notOwner` does. */
  owner: RegExp
  notOwner: RegExp
  risks: RiskCue[]
  emotions: [emotion: string, pattern: RegExp][]
  tones: [tone: string, pattern: RegExp][]
  documentTypes: { type: string; pattern: RegExp }[]
  questions: QuestionCue[]
}
export type Domain = {
  domain: string
  title: string
  triggers: RegExp
  /** Triggers per word from which on a text counts as one of this domain. */
  density: number
  toneMeaningless: boolean
  risks: RiskCue[]
  drop: string[]
  overlay: Record<string, number>
}

export const CUE_LANGUAGES = ['en', 'de', 'fr', 'es'] as const
const loaded = new Map<string, Cues>()
let domains: Domain[] | undefined

/** null for a language without cues. */
export function cuesFor(language: string | null): Cues | null {
  const tag = CUE_LANGUAGES.find((candidate) => candidate === language)
  if (!tag) return null
  const known = loaded.get(tag)
  if (known) return known
  const cues = compileCues(readCues(tag) as Record<string, unknown>)
  loaded.set(tag, cues)
  return cues
}

export function englishDomains(): Domain[] {
  domains ??= (readCues('domains') as RawDomain[]).map((domain) => ({
    ...domain,
    toneMeaningless: domain.toneMeaningless ?? false,
    triggers: pattern(domain.triggers, 'giu'),
    risks: domain.risks.map(compileRisk),
  }))
  return domains
}

export function readCues(name: string): unknown {
  return JSON.parse(readData(join('cues', `${name}.json`)).toString('utf8'))
}

export function readData(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, 'data', name))
}

type Raw = { kind: string; weight: number; pattern: string }
type RawDomain = Omit<Domain, 'triggers' | 'risks' | 'toneMeaningless'> & {
  triggers: string
  risks: Raw[]
  toneMeaningless?: boolean
}

function compileCues(raw: Record<string, unknown>): Cues {
  const one = (key: string, flags?: string) => pattern(raw[key] as string, flags)
  const pairs = (key: string): [string, RegExp][] =>
    Object.entries(raw[key] as Record<string, string>).map(([name, source]) => [name, pattern(source)])
  return {
    boilerplate: one('boilerplate'),
    heading: one('heading', 'imu'),
    important: one('important'),
    key: one('key'),
    request: one('request'),
    notRequest: one('notRequest'),
    listIntro: one('listIntro'),
    imperative: one('imperative'),
    listItem: one('listItem'),
    conditional: one('conditional'),
    negation: one('negation'),
    due: one('due'),
    urgent: one('urgent'),
    optional: one('optional'),
    owner: one('owner'),
    notOwner: one('notOwner'),
    risks: (raw['risks'] as Raw[]).map(compileRisk),
    emotions: pairs('emotions'),
    tones: pairs('tones'),
    documentTypes: (raw['documentTypes'] as { type: string; pattern: string }[]).map((entry) => ({
      type: entry.type,
      pattern: pattern(entry.pattern, 'imu'),
    })),
    questions: (raw['questions'] as (Omit<QuestionCue, 'pattern'> & { pattern: string })[]).map((entry) => ({
      ...entry,
      pattern: entry.pattern === 'due' ? one('due') : pattern(entry.pattern),
    })),
  }
}

function compileRisk(raw: Raw): RiskCue {
  return { ...raw, pattern: pattern(raw.pattern) }
}

const LETTER = String.raw`[\p{L}\p{N}_]`
const BOUNDARY = `(?:(?<!${LETTER})(?=${LETTER})|(?<=${LETTER})(?!${LETTER}))`

/** `\b` becomes a boundary that knows letters of all scripts. */
export function pattern(source: string, flags = 'iu'): RegExp {
  return new RegExp(source.replaceAll(String.raw`\b`, BOUNDARY), flags)
}
