// A result in a few lines, for the preview beside a list. Pure; what does not have the expected form gives no lines,
// and the preview leads to the task's page, which shows everything.
import type { Evidence } from './evidence.ts'

export type DigestLine = { text: string; evidence: readonly Evidence[] }

export type Digest = {
  headline: string | null
  /** A person's or a machine's prose: shown as a document. */
  prose: string | null
  lines: DigestLine[]
  /** Lines that did not fit. */
  more: number
}

const MOST_LINES = 4
const PROSE_LENGTH = 420

export function digestOf(worker: string, result: unknown): Digest {
  const read = isObject(result) ? READERS[worker] : undefined
  return read && isObject(result) ? read(result) : EMPTY
}

const EMPTY: Digest = { headline: null, prose: null, lines: [], more: 0 }

const READERS: Record<string, (result: Fields) => Digest> = {
  'document-analyzer': (result) => ({
    ...listed([claimOf(result['summary']), ...listOf(result['insights']).map(claimOf)]),
    headline: stringOf(result['documentType']),
  }),
  summarizer: (result) => ({
    ...listed(listOf(result['keyPoints']).map(claimOf)),
    headline: stringOf(result['headline']),
    prose: shortened(stringOf(result['summary'])),
  }),
  translator: (result) => ({ ...EMPTY, prose: shortened(stringOf(result['translation'])) }),
  'sentiment-analyzer': (result) => {
    const score = result['score']
    const label = capital(stringOf(result['label']) ?? 'not told')
    return {
      ...listed(
        listOf(result['emotions']).map((item) =>
          line(`${capital(words(item['emotion']))}, ${words(item['intensity'])}`, item),
        ),
      ),
      headline: typeof score === 'number' ? `${label}, ${score > 0 ? '+' : ''}${score.toFixed(2)}` : label,
      prose: shortened(stringOf(result['explanation'])),
    }
  },
  'category-classifier': (result) => ({
    ...listed(listOf(result['tags']).map((item) => line(words(item['tag']), item))),
    headline: stringOf(result['category']) ?? 'No category fits',
    prose: shortened(stringOf(result['reason'])),
  }),
  planner: (result) => ({
    ...listed(listOf(result['steps']).map((item) => line(words(item['title']), item))),
    headline: stringOf(result['title']),
    prose: shortened(stringOf(result['summary'])),
  }),
  'question-generator': (result) =>
    listed(listOf(result['questions']).map((item) => line(words(item['question']), item))),
}

type Fields = Record<string, unknown>

function listed(lines: readonly (DigestLine | null)[]): Digest {
  const all = lines.filter((item) => item !== null)
  return { ...EMPTY, lines: all.slice(0, MOST_LINES), more: Math.max(0, all.length - MOST_LINES) }
}

function claimOf(value: unknown): DigestLine | null {
  return isObject(value) ? line(words(value['text']), value) : null
}

function line(text: string, fields: Fields): DigestLine | null {
  return text === '' ? null : { text, evidence: listOf(fields['evidence']).filter(isEvidence) }
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function isEvidence(value: Fields): value is Evidence {
  return typeof value['quote'] === 'string'
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function stringOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

function words(value: unknown): string {
  return stringOf(value) ?? ''
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function shortened(text: string | null): string | null {
  return text !== null && text.length > PROSE_LENGTH ? `${text.slice(0, PROSE_LENGTH).replace(/\s+\S*$/, '')} …` : text
}
