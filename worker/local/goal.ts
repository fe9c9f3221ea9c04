// What a goal in words asks for, and what kind of text it is about: word lists in four languages, all looked for at once,
// because a goal is too short to tell its language and is often not in that of the text.
import { LANGUAGES } from '#lib/workers/languages.ts'
import { CUE_LANGUAGES, pattern, readCues } from './cues.ts'
import type { Document } from './document.ts'

export const WANTS = [
  'summarise',
  'translate',
  'risks',
  'questions',
  'decide',
  'numbers',
  'proof',
  'tone',
  'sort',
  'actions',
  'facts',
  /** Only to look at it: nothing in particular. */
  'review',
  'pages',
  'foureyes',
  'everything',
] as const
export type Want = (typeof WANTS)[number]
export const KINDS = [
  'appeal',
  'contract',
  'fraud',
  'medical',
  'finance',
  'feedback',
  'support',
  'minutes',
  'research',
] as const
export type Kind = (typeof KINDS)[number]
export type KindOfText = {
  kind: Kind
  title: string
  /** With its article. */
  noun: string
}

export type Goal = {
  wants: ReadonlySet<Want>
  /** Said to be left out. */
  refused: ReadonlySet<Want>
  /** The language it is wanted in; null when none is named. */
  language: string | null
}

type Raw = {
  wants: Record<Want, Record<(typeof CUE_LANGUAGES)[number], string>>
  refusals: { before: string; after: string }
  kinds: { kind: Kind; title: string; noun: string; goal: string; strong: string; text: string }[]
  sorts: Partial<Record<Kind, { name: string; description: string }[]>>
}

let compiled: ReturnType<typeof compile> | undefined

function cues() {
  return (compiled ??= compile(readCues('plans') as Raw))
}

function compile(raw: Raw) {
  return {
    wants: WANTS.map((want) => ({
      want,
      patterns: CUE_LANGUAGES.map((tag) => ({
        tag,
        find: pattern(String.raw`\b(?:${raw.wants[want][tag]})\b`, 'giu'),
      })),
    })),
    before: pattern(raw.refusals.before),
    after: pattern(raw.refusals.after),
    kinds: raw.kinds.map(({ goal, strong, text, ...kind }) => ({
      ...kind,
      goal: pattern(String.raw`\b(?:${goal})\b`, 'iu'),
      strong: apart(strong),
      text: apart(text),
    })),
    sorts: raw.sorts,
    languages: languageNames(),
  }
}

/** Unlike `\b`, it also stands beside marks such as `§` and `:`. */
function apart(words: string): RegExp {
  return pattern(String.raw`(?<![\p{L}\p{N}])(?:${words})(?![\p{L}\p{N}])`, 'giu')
}

/** `language` is that of the text. */
export function readGoal(goal: string, language: string | null): Goal {
  const { wants: all, before, after } = cues()
  const wants = new Set<Want>()
  const refused = new Set<Want>()
  for (const { want, patterns } of all)
    for (const { find } of patterns)
      for (const { index, 0: found } of goal.matchAll(find)) {
        const no = before.test(goal.slice(0, index)) || after.test(goal.slice(index + found.length))
        ;(no ? refused : wants).add(want)
      }
  for (const want of refused) wants.delete(want)
  return { wants, refused, language: wantedLanguage(goal, wants.has('translate'), language) }
}

/** How much a word counts that hardly stands in other kinds of texts, and a goal that names the kind. */
const STRONG = 2
const NAMED = 6
const LEAST = 5
const SHORT_WORDS = 80

export function kindOf(document: Document, goal: string): KindOfText | null {
  const searched = document.text.slice(0, 40_000)
  const least = document.words < SHORT_WORDS ? LEAST / 2 : LEAST
  const [best] = cues()
    .kinds.map(({ goal: inGoal, strong, text, ...kind }) => {
      const named = inGoal.test(goal) ? NAMED : 0
      return { ...kind, weight: distinct(searched, text) + STRONG * distinct(searched, strong) + named }
    })
    .filter(({ weight }) => weight >= least)
    .toSorted((left, right) => right.weight - left.weight)
  return best ? { kind: best.kind, title: best.title, noun: best.noun } : null
}

function distinct(text: string, words: RegExp): number {
  return new Set((text.match(words) ?? []).map((word) => word.toLowerCase())).size
}

export function sortsOf(kind: Kind | null): { name: string; description: string }[] | null {
  return (kind && cues().sorts[kind]) ?? null
}

/** Before a language that is wanted; the first are sure, the others also stand before the language of the text. */
const INTO = /(?:^|[\s,])(?:to|into|nach|ins|zu|vers|al|au)\s+(?:the\s+)?$/iu
const IN = /(?:^|[\s,])(?:in|auf|en|a)\s+$/iu
const FROM = /(?:^|[\s,])(?:from|aus dem|vom|du|de|de l['’]|del|desde el)\s*$/iu

function wantedLanguage(goal: string, translate: boolean, language: string | null): string | null {
  const found = cues().languages.flatMap(({ tag, find }) =>
    [...goal.matchAll(find)].flatMap(({ index }) => {
      const before = goal.slice(0, index)
      if (FROM.test(before)) return []
      const rank = INTO.test(before) ? 2 : IN.test(before) ? 1 : 0
      return rank === 0 && !translate ? [] : [{ tag, rank, index }]
    }),
  )
  const [best] = found.toSorted((left, right) => right.rank - left.rank || right.index - left.index)
  if (best || !translate) return best?.tag ?? null
  const own = cues()
    .wants.find(({ want }) => want === 'translate')
    ?.patterns.find(({ find }) => goal.search(find) >= 0)?.tag
  return own && own !== language ? own : null
}

/** Every language by its name in each of the four: `German`, `Deutsch(e)`, `allemand`, `alemán`. */
function languageNames(): { tag: string; find: RegExp }[] {
  const plain: Record<string, string> = { 'zh-Hans': 'zh', nb: 'no' }
  return LANGUAGES.filter((tag) => tag !== 'zh-Hant').map((tag) => {
    const names = CUE_LANGUAGES.flatMap((inLanguage) => {
      const name = new Intl.DisplayNames(inLanguage, { type: 'language' }).of(plain[tag] ?? tag)
      return name && name !== tag ? [inLanguage === 'de' ? `${name}(?:en?)?` : name] : []
    })
    return { tag, find: pattern(String.raw`\b(?:${names.join('|')})\b`, 'giu') }
  })
}
