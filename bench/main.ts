// `npm run bench`: ours and the peers side by side on one Postgres. `npm run bench -- NAME` runs one row.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { batchAccept } from './batch-accept.ts'
import { chain } from './chain.ts'
import { dag } from './dag.ts'
import type { Figure } from './figures.ts'
import { fanout } from './fanout.ts'
import { firstResult } from './first-result.ts'
import { historyPage } from './history.ts'
import { idleMemory, memoryGrowth } from './memory.ts'
import { parseCorpus } from './parse-corpus.ts'
import { pickup } from './pickup.ts'
import { runPage } from './run-page.ts'
import { openStage, type Stage } from './stage.ts'
import { takeover } from './takeover.ts'
import { throughput } from './throughput.ts'

type Row = { names: string[]; unit: string; goal: string; measure: (stage: Stage) => Promise<Figure[]> }

const ROWS: Row[] = [
  { names: ['pickup_p50', 'pickup_p95'], unit: 'ms', goal: 'near raw SQL', measure: pickup },
  { names: ['tasks_per_second'], unit: '/s', goal: 'at least 4000', measure: throughput },
  { names: ['fanout_makespan'], unit: '×', goal: 'at most 1.15', measure: fanout },
  { names: ['chain_step_overhead'], unit: 'ms', goal: 'at most 15', measure: chain },
  { names: ['dag_1000'], unit: 's', goal: 'a tenth of pg-boss flow()', measure: dag },
  { names: ['batch_accept_10000'], unit: 's', goal: 'at most 5', measure: batchAccept },
  { names: ['takeover_p95'], unit: 'ms', goal: 'at most 1000', measure: takeover },
  { names: ['worker_rss_idle'], unit: 'MB', goal: 'at most 150', measure: idleMemory },
  { names: ['worker_rss_growth'], unit: '×', goal: 'at most 1.1', measure: memoryGrowth },
  { names: ['history_page_p95'], unit: '×', goal: 'at most 1.5', measure: historyPage },
  { names: ['run_page_1000'], unit: 'ms', goal: 'at most 200', measure: runPage },
  { names: ['parse_corpus'], unit: '%', goal: '100', measure: parseCorpus },
  { names: ['first_result_seconds'], unit: 's', goal: 'at most 60', measure: firstResult },
]
const NAMES = ROWS.flatMap((row) => row.names)
const RESULTS = join(import.meta.dirname, 'results.json')

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !NAMES.includes(name))
if (unknown.length > 0) {
  console.error(`There is no row ${unknown.join(', ')}. The rows are: ${NAMES.join(', ')}.`)
  process.exit(2)
}

const chosen = wanted.length === 0 ? NAMES : wanted
const figures: Figure[] = []
const stage = await openStage()
try {
  for (const row of ROWS.filter(({ names }) => names.some((name) => chosen.includes(name))))
    figures.push(...(await measure(row)).filter(({ name }) => chosen.includes(name)))
} finally {
  await stage.close()
}
const merged = merge(wanted.length === 0 ? [] : earlier(), figures)
writeFileSync(RESULTS, `${JSON.stringify(merged, null, 2)}\n`)
console.log(`\n${table(figures)}\n\nWritten to bench/results.json.`)
if (figures.some(({ met }) => !met)) process.exitCode = 1

async function measure(row: Row): Promise<Figure[]> {
  const started = Date.now()
  console.log(`\n${row.names.join(', ')} …`)
  try {
    return await row.measure(stage)
  } catch (error) {
    console.error(`${row.names.join(', ')} crashed:`, error)
    return row.names.map((name) => ({ name, unit: row.unit, ours: null, peers: {}, goal: row.goal, met: false }))
  } finally {
    console.log(`${row.names.join(', ')}: ${Math.round((Date.now() - started) / 1000)} s`)
  }
}

function earlier(): Figure[] {
  try {
    return JSON.parse(readFileSync(RESULTS, 'utf8')) as Figure[]
  } catch {
    return []
  }
}

/** In the order of the rows; what was measured now replaces what was. */
function merge(before: Figure[], after: Figure[]): Figure[] {
  return NAMES.flatMap((name) => {
    const figure = [...after, ...before].find((candidate) => candidate.name === name)
    return figure ? [figure] : []
  })
}

function table(rows: Figure[]): string {
  const lines = rows.map(({ name, unit, ours, peers, goal, met }) => [
    name,
    ours === null ? 'crashed' : `${ours} ${unit}`,
    goal,
    met ? 'met' : 'NOT MET',
    Object.entries(peers)
      .map(([peer, value]) => `${peer} ${value}`)
      .join(', '),
  ])
  const head = ['', 'Baton', 'goal', '', 'peers']
  const all = [head, ...lines]
  const widths = head.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)))
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
