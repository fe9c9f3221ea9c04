// Which sentences carry the text: TextRank over shared words, with place, numbers and decision words as tie breakers.
import type { Document, Line } from './document.ts'
import { stemsOf } from './words.ts'

export type Ranked = Line & { score: number }

const SECTION_SENTENCES = 200
const ROUNDS = 30
const DAMPING = 0.85

/** Candidate sentences, best first. Long texts are ranked by section and then among the sections' best. */
export function rankLines(document: Document, focus = ''): Ranked[] {
  let candidates = candidatesOf(document)
  while (candidates.length > 2 * SECTION_SENTENCES) candidates = bestOfSections(document, candidates, focus)
  return rankSection(document, candidates, focus)
}

/** The best `count`, each new one as unlike those before it as possible, in the order of the text. */
export function pickLines(ranked: readonly Ranked[], count: number): Ranked[] {
  const vectors = weightedVectors(ranked)
  const picked: number[] = []
  const left = new Set(ranked.keys())
  while (picked.length < count && left.size > 0) {
    let best = -1
    let bestValue = -Infinity
    for (const index of left) {
      const redundancy = Math.max(0, ...picked.map((other) => cosine(vectors[index], vectors[other])))
      const value = 0.75 * (ranked[index]?.score ?? 0) - 0.35 * redundancy
      if (value > bestValue) {
        best = index
        bestValue = value
      }
    }
    picked.push(best)
    left.delete(best)
  }
  return picked.flatMap((index) => ranked[index] ?? []).toSorted((left_, right) => left_.start - right.start)
}

/** Whole sentences, each wording once; of a text without any, lines with words. */
function candidatesOf({ lines }: Document): Line[] {
  const distinct = [...new Map(lines.toReversed().map((line) => [line.reading, line])).values()].toReversed()
  const good = distinct.filter((line) => line.complete && !line.boilerplate)
  if (good.length > 0) return good
  const words = distinct.filter((line) => line.stems.length > 0 && !line.boilerplate)
  return (words.length > 0 ? words : distinct).slice(0, 10 * SECTION_SENTENCES)
}

function bestOfSections(document: Document, candidates: readonly Line[], focus: string): Line[] {
  const sections = Math.ceil(candidates.length / SECTION_SENTENCES)
  const keep = Math.max(4, Math.floor((2 * SECTION_SENTENCES) / sections / 2))
  return Array.from({ length: sections }, (_, section) => {
    const lines = candidates.slice(section * SECTION_SENTENCES, (section + 1) * SECTION_SENTENCES)
    return rankSection(document, lines, focus).slice(0, keep)
  })
    .flat()
    .toSorted((left, right) => left.start - right.start)
}

function rankSection(document: Document, lines: readonly Line[], focus: string): Ranked[] {
  const ranks = textRank(weightedVectors(lines))
  const wanted = new Set(stemsOf(focus, document.language))
  return lines
    .map((line, index) => ({ ...line, score: score(document, line, ranks[index] ?? 0, index / lines.length, wanted) }))
    .toSorted((left, right) => right.score - left.score || left.start - right.start)
}

function score({ cues }: Document, line: Line, rank: number, place: number, wanted: ReadonlySet<string>): number {
  const numbers = /[$€£¥%]|\d{2,}/.test(line.reading) ? 0.15 : 0
  const important = cues?.important.test(line.reading) ? 0.25 : 0
  const key = cues?.key.test(line.reading) ? 0.4 : 0
  const item = line.listItem ? 0.1 : 0
  const focus = line.stems.some((stem) => wanted.has(stem)) ? 0.5 : 0
  const long = line.reading.length > 280 ? 0.08 : 0
  const fragment = line.stems.length < 5 ? 0.2 : 0
  const dangling = DANGLING.test(line.reading) ? 0.15 : 0
  const question = line.reading.endsWith('?') ? 0.1 : 0
  return (
    0.55 * rank + 0.15 * (1 - place) + numbers + important + key + focus - item - long - fragment - dangling - question
  )
}

/** A sentence that begins so needs the one before it. */
const DANGLING =
  /^(it|this|that|these|those|they|he|she|even so|but|and|so|also|in addition|then|es|dies|das|sie|er|aber|und|cela|ceci|il|elle|esto|eso)\b/i

type Vector = Map<string, number>

function weightedVectors(lines: readonly { stems: string[] }[]): Vector[] {
  const frequency = new Map<string, number>()
  for (const { stems } of lines) for (const stem of new Set(stems)) frequency.set(stem, (frequency.get(stem) ?? 0) + 1)
  return lines.map(({ stems }) => {
    const vector: Vector = new Map()
    for (const stem of stems)
      vector.set(stem, (vector.get(stem) ?? 0) + Math.log(1 + lines.length / (frequency.get(stem) ?? 1)))
    const length = Math.sqrt([...vector.values()].reduce((sum, value) => sum + value * value, 0)) || 1
    for (const [stem, value] of vector) vector.set(stem, value / length)
    return vector
  })
}

function cosine(left: Vector | undefined, right: Vector | undefined): number {
  if (!left || !right) return 0
  const [small, large] = left.size < right.size ? [left, right] : [right, left]
  let sum = 0
  for (const [stem, value] of small) sum += value * (large.get(stem) ?? 0)
  return sum
}

/** Ranks from 0 to 1. */
function textRank(vectors: readonly Vector[]): number[] {
  const size = vectors.length
  const similarity = vectors.map((vector, row) =>
    vectors.map((other, column) => (row === column ? 0 : cosine(vector, other))),
  )
  const totals = similarity.map((row) => row.reduce((sum, value) => sum + value, 0))
  let ranks = Array.from({ length: size }, () => 1 / size)
  for (let round = 0; round < ROUNDS; round += 1) {
    const idle = ranks.reduce((sum, rank, index) => sum + (totals[index] ? 0 : rank), 0) / size
    const shares = ranks.map((rank, index) => (totals[index] ? rank / totals[index] : 0))
    ranks = similarity.map(
      (row) =>
        (1 - DAMPING) / size +
        DAMPING * (idle + row.reduce((sum, value, index) => sum + value * (shares[index] ?? 0), 0)),
    )
  }
  const top = Math.max(...ranks, 1e-9)
  return ranks.map((rank) => rank / top)
}
