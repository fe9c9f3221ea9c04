// What people ask of a long history: the plain list, each filter, searches, and pages far down.
import { cursorOf } from '#lib/tasks/filters.ts'
import type { TaskQuery } from '#lib/tasks/requests.ts'
import { type History, WORDS } from './seed.ts'

const at = (daysAgo: number): string => new Date(Date.now() - daysAgo * 86_400_000).toISOString()
const halfWay = ({ middleId }: History) => ({ cursor: cursorOf(middleId) })

export const QUERIES: Record<string, (history: History) => TaskQuery> = {
  'plain list': () => ({}),
  'status failed': () => ({ status: ['failed'] }),
  'status blocked or pending': () => ({ status: ['blocked', 'pending'] }),
  'without cancelled': () => ({ notStatus: ['cancelled'] }),
  'one worker': () => ({ worker: ['summarizer'] }),
  'one worker, failed': () => ({ worker: ['summarizer'], status: ['failed'] }),
  'frequent tag': () => ({ tag: ['monthly'] }),
  'rare tag': () => ({ tag: ['batch-3'] }),
  'external id': () => ({ externalId: 'order-9' }),
  mine: () => ({ submitter: 'me' }),
  'of an API key': ({ keyId }) => ({ submitter: keyId }),
  urgent: () => ({ priority: ['urgent'] }),
  'a week of last month': () => ({ from: at(40), to: at(33) }),
  'far back': () => ({ to: at(190) }),
  'half-way down': halfWay,
  'frequent tag, half-way down': (history) => ({ tag: ['monthly'], ...halfWay(history) }),
  'search: frequent word': () => ({ search: WORDS.frequent }),
  'search: middling word': () => ({ search: WORDS.middling }),
  'search: rare word': () => ({ search: WORDS.rare }),
  'search: rare word, everything': () => ({ search: WORDS.rare, older: true }),
  'search: only-old word': () => ({ search: WORDS.old }),
  'search: only-old word, everything': () => ({ search: WORDS.old, older: true }),
  'search: word that is nowhere': () => ({ search: WORDS.nowhere }),
  'search: word that is nowhere, everything': () => ({ search: WORDS.nowhere, older: true }),
  'search: prefix of three letters': () => ({ search: WORDS.prefix }),
  'search: prefix of 4,000 words': () => ({ search: 'wor' }),
  'search: two words': () => ({ search: `${WORDS.frequent} ${WORDS.middling}` }),
  'search: frequent word, half-way down': (history) => ({ search: WORDS.frequent, ...halfWay(history) }),
  'search: middling word, half-way down': (history) => ({ search: WORDS.middling, ...halfWay(history) }),
  'search: frequent word, failed': () => ({ search: WORDS.frequent, status: ['failed'] }),
  'search: middling word, rare tag': () => ({ search: WORDS.middling, tag: ['batch-3'] }),
}
