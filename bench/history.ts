// The History page's query over a million tasks, as a multiple of the same over ten thousand: what must not grow. Beside
// it, in milliseconds, what the page and a task's page ask about the million.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asWorkspace, openDatabase, type OpenDatabase } from '#lib/db/client.ts'
import type { Ctx } from '#lib/context.ts'
import type { Queue } from '#lib/queue.ts'
import { taskFacets } from '#lib/tasks/facets.ts'
import { countTasks, listTasks, taskNeighbours } from '#lib/tasks/queries.ts'
import type { TaskQuery } from '#lib/tasks/requests.ts'
import { now } from './contender.ts'
import { type Figure, median, percentile, rounded } from './figures.ts'
import { QUERIES } from './history-queries.ts'
import { type History, seedHistory } from './seed.ts'
import { FOLDER, type Stage } from './stage.ts'

const SMALL = 10_000
const LARGE = 1_000_000
const GOAL = 1.5
const LEAST_BLOCKS = 5
const MOST_BLOCKS = 21
const RUNS = 40
const WARM = 5

type Side = { history: History; open: OpenDatabase }
type Verb = (ctx: Ctx, query: TaskQuery, history: History) => Promise<unknown>

export async function historyPage(stage: Stage): Promise<Figure[]> {
  const small = await side(stage, 'history_small', SMALL)
  const large = await side(stage, 'history_large', LARGE)
  try {
    const rows: ({ query: string } & Compared)[] = []
    for (const [query, of] of Object.entries(QUERIES))
      rows.push({ query, ...(await compare([small, of(small.history)], [large, of(large.history)])) })
    console.table(rows)
    console.log('Counts, filter menus and neighbours at a million tasks, p95 in ms:')
    console.table(await beside(large))
    const worst = rows.toSorted((a, b) => b.times - a.times)[0]
    const ours = worst?.times ?? Number.NaN
    console.log(`history_page_p95: the worst is ${worst?.query}.`)
    const met = rows.every(({ times }) => times <= GOAL)
    return [{ name: 'history_page_p95', unit: '× the same at 10,000', ours, peers: {}, goal: `at most ${GOAL}`, met }]
  } finally {
    await Promise.all([small.open.close(), large.open.close()])
  }
}

type Asked = [Side, TaskQuery]

/** `typical` compares the medians: where the p95 is the machine's and not the query's, it still tells. */
type Compared = { small: number; large: number; times: number; typical: number; blocks: number }

/**
 * The median of several blocks in each of which the two alternate: a busy moment of the machine meets both, and one block.
 * There are as many blocks as it takes until the median's 95 % interval is on one side of the goal.
 */
async function compare(small: Asked, large: Asked): Promise<Compared> {
  const blocks: { small: number; large: number; typical: number }[] = []
  const ratios = () => blocks.map((block) => block.large / block.small)
  while (blocks.length < LEAST_BLOCKS || (blocks.length < MOST_BLOCKS && isOpen(ratios()))) {
    const times = { small: [] as number[], large: [] as number[] }
    for (let run = -WARM; run < RUNS; run += 1) {
      const largeFirst = run % 2 === 0 ? await timed(listTasks, ...large) : null
      const ofSmall = await timed(listTasks, ...small)
      const ofLarge = largeFirst ?? (await timed(listTasks, ...large))
      if (run < 0) continue
      times.small.push(ofSmall)
      times.large.push(ofLarge)
    }
    blocks.push({
      small: percentile(times.small, 0.95),
      large: percentile(times.large, 0.95),
      typical: median(times.large) / median(times.small),
    })
  }
  return {
    small: rounded(median(blocks.map((block) => block.small))),
    large: rounded(median(blocks.map((block) => block.large))),
    times: rounded(median(ratios())),
    typical: rounded(median(blocks.map((block) => block.typical))),
    blocks: blocks.length,
  }
}

/** By order statistics, which ask nothing of the distribution. */
function isOpen(ratios: number[]): boolean {
  const sorted = ratios.toSorted((a, b) => a - b)
  const cut = Math.max(0, Math.floor((sorted.length - 1.96 * Math.sqrt(sorted.length)) / 2))
  return (sorted[cut] ?? 0) <= GOAL && (sorted.at(-1 - cut) ?? 0) > GOAL
}

async function beside(large: Side) {
  const verbs: Record<string, Verb> = {
    count: (ctx, query) => countTasks(ctx, query),
    facets: (ctx, query) => taskFacets(ctx, query),
    neighbours: (ctx, query, { middleId }) => taskNeighbours(ctx, middleId, query),
  }
  const rows: Record<string, string | number>[] = []
  for (const [query, of] of Object.entries(QUERIES)) {
    const { cursor: _, ...filter } = of(large.history)
    const row: Record<string, string | number> = { query }
    for (const [name, verb] of Object.entries(verbs)) {
      const times: number[] = []
      for (let run = 0; run < 20; run += 1) times.push(await timed(verb, large, filter))
      row[name] = rounded(percentile(times, 0.95))
    }
    rows.push(row)
  }
  return rows
}

async function timed(verb: Verb, { history, open }: Side, query: TaskQuery): Promise<number> {
  const started = now()
  await asWorkspace(open.db, history.workspaceId, (tx) => verb(context(tx, history), query, history))
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
