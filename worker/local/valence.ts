// How positive or negative the wording of one English sentence is: word list, negation, boosters, emphasis.
import { pattern, readCues } from './cues.ts'
import { lexicon } from './lexicon.ts'

export type Valence = {
  /** From -1 to 1. */
  score: number
  /** Words of the list that were counted. */
  hits: number
}

type Words = {
  neutral: string[]
  boosters: Record<string, number>
  negations: string[]
  words: Record<string, number>
  emoji: Record<string, number>
  idioms: [pattern: string, value: number][]
}

const TOKEN = /[A-Za-z][A-Za-z'’-]*|[:;=][-']?[)(DP/|]|<3|\p{Extended_Pictographic}/gu
let tables: { words: Words; neutral: Set<string>; negations: Set<string>; idioms: [RegExp, number][] } | undefined

/** @param overlay Values of the text's domain, which go before the list's. */
export function valenceOf(sentence: string, overlay: Record<string, number>): Valence {
  const idioms = takeIdioms(sentence)
  const raw = idioms.rest.match(TOKEN) ?? []
  const words = raw.map((token) => token.toLowerCase().replace('’', "'"))
  const emphatic = emphaticCapitals(raw)
  const but = words.lastIndexOf('but')
  let { sum, hits } = idioms
  words.forEach((word, index) => {
    const base = valueOf(word, overlay)
    if (base === 0) return
    const capitals = emphatic && isCapitals(raw[index]) ? Math.sign(base) * 0.733 : 0
    const value = inContext(base + capitals, words, index, overlay)
    sum += but < 0 ? value : value * (index < but ? 0.5 : 1.5)
    hits += 1
  })
  const exclamations = Math.min(4, sentence.match(/!/g)?.length ?? 0) * 0.292
  sum += Math.sign(sum) * exclamations
  return { score: sum / Math.sqrt(sum * sum + 15), hits }
}

/** Phrases whose meaning is not that of their words count as a whole. */
function takeIdioms(sentence: string): { rest: string; sum: number; hits: number } {
  let rest = sentence
  let sum = 0
  let hits = 0
  for (const [idiom, value] of tablesOf().idioms) {
    if (!idiom.test(rest)) continue
    rest = rest.replace(idiom, ' ')
    sum += value
    hits += 1
  }
  return { rest, sum, hits }
}

function inContext(base: number, words: readonly string[], index: number, overlay: Record<string, number>): number {
  const { words: lists, negations } = tablesOf()
  let value = base
  if (
    words
      .slice(Math.max(0, index - 4), index)
      .join(' ')
      .includes('used to')
  )
    value *= -0.5
  let negated = false
  for (let distance = 1; distance <= 3; distance += 1) {
    const before = words[index - distance]
    if (before === undefined) break
    const boost = lists.boosters[before] ?? 0
    if (boost !== 0 && valueOf(before, overlay) === 0) value += Math.sign(base) * boost * (1.05 - distance * 0.05)
    if (negations.has(before)) negated = true
  }
  return negated ? value * -0.74 : value
}

function valueOf(word: string, overlay: Record<string, number>): number {
  const { words, neutral } = tablesOf()
  const special = own(overlay, word) ?? own(words.words, word) ?? own(words.emoji, word)
  if (special !== undefined) return special
  return neutral.has(word) ? 0 : (lexicon().get(word) ?? 0)
}

function own(table: Record<string, number>, key: string): number | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

/** Capitals mean emphasis only where not everything is in capitals. */
function emphaticCapitals(raw: readonly string[]): boolean {
  const capitals = raw.filter(isCapitals).length
  return capitals > 0 && capitals < raw.filter((token) => /[A-Za-z]/.test(token)).length
}

function isCapitals(token: string | undefined): boolean {
  return token !== undefined && /^[A-Z]{4,}$/.test(token)
}

function tablesOf() {
  if (tables) return tables
  const words = readCues('sentiment.en') as Words
  tables = {
    words,
    neutral: new Set(words.neutral),
    negations: new Set(words.negations),
    idioms: words.idioms.map(([source, value]) => [pattern(source), value]),
  }
  return tables
}
