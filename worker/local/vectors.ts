// Meaning of English words as vectors of 100 numbers (see data/NOTICE); texts compare by the angle between them.
import { readData } from './cues.ts'
import { isStopWord } from './words.ts'

export type Vectors = {
  /** Unit vector of a text without what all texts share; null if no word is known. */
  embed: (words: readonly string[]) => Float64Array | null
  /** Whether a word is among the 20,000 commonest; most names are not. */
  isCommon: (word: string) => boolean
}

const COMMON_WORDS = 5000
let opened: Vectors | undefined

export function vectors(): Vectors {
  opened ??= open()
  return opened
}

export function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0
  for (let index = 0; index < left.length; index += 1) sum += (left[index] ?? 0) * (right[index] ?? 0)
  return sum
}

/** Words that can carry a topic, in lower case. */
export function topicWords(text: string): string[] {
  return (text.toLowerCase().match(/[a-z][a-z'-]+/g) ?? []).filter((word) => word.length > 2 && !isStopWord(word, 'en'))
}

function open(): Vectors {
  const data = readData('word-vectors-20k.bin')
  const count = data.readUInt32LE(0)
  const size = data.readUInt32LE(4)
  const listLength = data.readUInt32LE(8)
  const ranks = new Map(
    data
      .subarray(12, 12 + listLength)
      .toString('utf8')
      .split('\n')
      .map((word, rank) => [word, rank]),
  )
  const values = new Int8Array(data.buffer, data.byteOffset + 12 + listLength, count * size)
  const scales = Float64Array.from({ length: count }, (_, row) => {
    let sum = 0
    for (let column = 0; column < size; column += 1) sum += (values[row * size + column] ?? 0) ** 2
    return sum === 0 ? 0 : 1 / Math.sqrt(sum)
  })
  const addTo = (target: Float64Array, row: number, weight: number): void => {
    const scale = weight * (scales[row] ?? 0)
    for (let column = 0; column < size; column += 1)
      target[column] = (target[column] ?? 0) + scale * (values[row * size + column] ?? 0)
  }
  const common = new Float64Array(size)
  for (let row = 0; row < Math.min(COMMON_WORDS, count); row += 1) addTo(common, row, 1)
  normalize(common)
  const rankOf = (word: string): number | undefined =>
    ranks.get(word) ?? ranks.get(word.replace(/'s$/, '')) ?? stemRank(word, ranks)
  return {
    isCommon: (word) => rankOf(word.toLowerCase()) !== undefined,
    embed: (words) => {
      const sum = new Float64Array(size)
      let known = 0
      for (const word of words) {
        const rank = rankOf(word)
        if (rank === undefined) continue
        known += 1
        addTo(sum, rank, Math.log(2 + rank / 20))
      }
      if (known === 0) return null
      normalize(sum)
      const shared = dot(sum, common)
      for (let column = 0; column < size; column += 1) sum[column] = (sum[column] ?? 0) - shared * (common[column] ?? 0)
      normalize(sum)
      return sum
    },
  }
}

function stemRank(word: string, ranks: ReadonlyMap<string, number>): number | undefined {
  for (const ending of ['s', 'es', 'ed', 'd', 'ing', 'ly']) {
    if (!word.endsWith(ending)) continue
    const stem = word.slice(0, -ending.length)
    const rank = ranks.get(stem) ?? ranks.get(`${stem}e`)
    if (rank !== undefined) return rank
  }
  return undefined
}

function normalize(vector: Float64Array): void {
  const length = Math.sqrt(dot(vector, vector)) || 1
  for (let index = 0; index < vector.length; index += 1) vector[index] = (vector[index] ?? 0) / length
}
