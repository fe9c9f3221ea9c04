// The History page's query over a million tasks, as a multiple of the same over ten thousand: what must not grow.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asWorkspace, openDatabase, type OpenDatabase } from '#lib/db/client.ts'
import type { Ctx } from '#lib/context.ts'
import type { Queue } from '#lib/queue.ts'
import { listTasks } from '#lib/tasks/queries.ts'
import type { TaskQuery } from '#lib/tasks/requests.ts'
import { now } from './contender.ts'
import { type Figure, median, percentile, rounded } from './figures.ts'
import { type History, seedHistory, WORDS } from './seed.ts'
import { FOLDER, type Stage } from './stage.ts'

const SMALL = 10_000
const LARGE = 1_000_000
const BLOCKS = 3
const RUNS = 40
const WARM = 5

type Side = { history: History; open: OpenDatabase }

export async function historyPage(stage: Stage): Promise<Figure[]> {
  const small = await side(stage, 'history_small', SMALL)
  const large = await side(stage, 'history_large', LARGE)
  try {
    const rows: { query: string; small: number; large: number; times: number }[] = []
    for (const [query, of] of Object.entries(QUERIES)) {
      rows.push({ query, ...(await compare(small, large, of)) })
    }
    console.table(rows)
    const worst = rows.toSorted((a, b) => b.times - a.times)[0]
    const ours = worst?.times ?? Number.NaN
    console.log(`history_page_p95: the worst is ${worst?.query}.`)
    const met = rows.every(({ times }) => times <= 1.5)
    return [{ name: 'history_page_p95', unit: '× the same at 10,000', ours, peers: {}, goal: 'at most 1.5', met }]
  } finally {
    await Promise.all([small.open.close(), large.open.close()])
  }
}

const at = (daysAgo: number): string => new Date(Date.now() - daysAgo * 86_400_000).toISOString()

const QUERIES: Record<string, (history: History) => TaskQuery> = {
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
  'search: frequent word': () => ({ search: WORDS.frequent }),
  'search: rare word': () => ({ search: WORDS.rare }),
  'search: only-old word': () => ({ search: WORDS.old }),
  'search: frequent word, failed': () => ({ search: WORDS.frequent, status: ['failed'] }),
}

/** Medians of several blocks, in which the pages alternate: a busy moment of the machine meets both, and one block. */
async function compare(small: Side, large: Side, of: (history: History) => TaskQuery) {
  const blocks: { small: number; large: number }[] = []
  for (let block = 0; block < BLOCKS; block += 1) {
    const times = { small: [] as number[], large: [] as number[] }
    for (let run = -WARM; run < RUNS; run += 1) {
      const both = { small: await page(small, of), large: await page(large, of) }
      if (run < 0) continue
      times.small.push(both.small)
      times.large.push(both.large)
    }
    blocks.push({ small: percentile(times.small, 0.95), large: percentile(times.large, 0.95) })
  }
  return {
    small: rounded(median(blocks.map((block) => block.small))),
    large: rounded(median(blocks.map((block) => block.large))),
    times: rounded(median(blocks.map((block) => block.large / block.small))),
  }
}

async function page({ history, open }: Side, of: (history: History) => TaskQuery): Promise<number> {
  const query = of(history)
  const started = now()
  await asWorkspace(open.db, history.workspaceId, (tx) => listTasks(context(tx, history), query))
  return now() - started
}

function context(tx: Ctx['tx'], { workspaceId, userId }: History): Ctx {
  return {
    tx,
    queue: undefined as unknown as Queue,
    workspaceId,
    actor: { kind: 'user', id: userId, name: 'Ada' },
    access: { role: 'owner', operator: false },
    requestId: 'bench',
  }
}

/** Seeded once, and again only when the migrations have changed. */
async function side(stage: Stage, name: string, count: number): Promise<Side> {
  const note = join(FOLDER, `${name}.json`)
  const journal = readFileSync('drizzle/meta/_journal.json', 'utf8')
  const seed = readFileSync(join(import.meta.dirname, 'seed.ts'), 'utf8')
  const key = `${journal}${seed}`
  const earlier = await stage.existing(name)
  const kept = existsSync(note) ? (JSON.parse(readFileSync(note, 'utf8')) as { key: string; history: History }) : null
  if (earlier && kept?.key === key) return { history: kept.history, open: openDatabase(earlier, 'baton_app') }
  console.log(`Writing ${count.toLocaleString('en')} tasks …`)
  const url = await stage.product(name)
  const history = await seedHistory(stage.asSuperuser(name), count)
  writeFileSync(note, JSON.stringify({ key, history }))
  return { history, open: openDatabase(url, 'baton_app') }
}
