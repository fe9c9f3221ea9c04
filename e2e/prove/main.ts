// `npm run prove`: breaks a real stack at random and by name, and checks that nothing was lost or done twice.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startStack } from '../stack.ts'
import { type Profile, runCampaign } from './campaign.ts'
import { DATABASE_SCENARIOS } from './scenarios/database.ts'
import { REQUEST_SCENARIOS } from './scenarios/requests.ts'
import { WORKER_SCENARIOS } from './scenarios/workers.ts'
import { selfTest } from './self-test.ts'
import type { Scenario } from './world.ts'

const SCENARIOS = [...REQUEST_SCENARIOS, ...DATABASE_SCENARIOS, ...WORKER_SCENARIOS]
const QUICK: Profile = { tasks: 150, calmMs: 4_000, faultsMs: 45_000, drainMs: 120_000, scale: 10 }
const FULL: Profile = { tasks: 400, calmMs: 20_000, faultsMs: 90_000, drainMs: 120_000, scale: 1 }

const HELP = `npm run prove                  random faults and every named scenario
npm run prove -- F5            one scenario by its id (or several)
npm run prove -- campaign      the random faults alone
npm run prove -- --self-test   plants bugs in a good history: each must be caught
npm run prove -- --full        durations as the fault battery writes them
npm run prove -- --seed 7      the same random faults again`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    full: { type: 'boolean', default: false },
    'self-test': { type: 'boolean', default: false },
    seed: { type: 'string' },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
let passed = 0
let failed = 0

if (values.help) console.log(HELP)
else process.exitCode = await prove()

async function prove(): Promise<number> {
  const known = new Set(['campaign', ...SCENARIOS.map(({ id }) => id)])
  const unknown = positionals.filter((name) => !known.has(name))
  if (unknown.length > 0) {
    console.error(`There is no scenario ${unknown.join(', ')}. Known: ${[...known].join(', ')}.`)
    return 2
  }
  const folder = await mkdtemp(join(tmpdir(), 'baton-prove-'))
  await chmod(folder, 0o711)
  const profile = values.full ? FULL : QUICK
  const wanted = (id: string): boolean =>
    values['self-test'] ? id === 'campaign' : positionals.length === 0 || positionals.includes(id)
  const scenarios = SCENARIOS.filter(({ id }) => wanted(id))
  await Promise.all([
    wanted('campaign') ? guarded('campaign', () => campaign(join(folder, 'campaign'), profile)) : null,
    scenarios.length > 0 ? guarded('scenarios', () => named(join(folder, 'named'), scenarios, profile.scale)) : null,
  ])
  if (failed === 0 && !values.keep) await rm(folder, { recursive: true, force: true })
  else console.log(`Logs are in ${folder}.`)
  console.log(`${passed} checks passed, ${failed} failed`)
  return failed === 0 && passed > 0 ? 0 : 1
}

async function campaign(folder: string, profile: Profile): Promise<void> {
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed)
  const report = await runCampaign(folder, seed, profile, (line) => console.log(`  campaign: ${line}`))
  try {
    const struck = [...report.struck].map(([kind, times]) => `${kind} ${times}`).join(', ')
    console.log(
      `Campaign, seed ${seed}: ${report.accepted} accepted, ${report.repeated} ran more than once, ${report.kills} kills (${struck})`,
    )
    for (const { invariant, title, offenders } of report.findings)
      record(
        `${invariant} ${title}`,
        offenders.length === 0 ? null : `${offenders.length}: ${offenders.slice(0, 5).join('; ')}`,
      )
    record('I15 work resumes within 30 s of healing', recovery(report.recoveredMs))
    record(
      'I17 the run was not too gentle to say anything',
      report.vacuous.length === 0 ? null : report.vacuous.join('; '),
    )
    if (values['self-test'])
      for (const { name, missed } of await report.inspect(selfTest)) record(`self-test: ${name}`, missed)
  } finally {
    await report.close()
  }
}

/** Nothing was left to end after healing: everything had ended before. */
function recovery(recoveredMs: number | null): string | null {
  return recoveredMs === null || recoveredMs <= 30_000 ? null : `it took ${Math.round(recoveredMs / 1000)} s`
}

async function named(folder: string, scenarios: Scenario[], scale: number): Promise<void> {
  const settings = { BATON_TIME_SCALE: String(Math.min(scale, 5)) }
  const stack = await startStack({ folder, workers: 2, modelDelayMs: 20, settings })
  try {
    for (const { id, title, run } of scenarios) {
      const started = Date.now()
      let reason: string | null = null
      try {
        stack.model.reset()
        await run({ stack, scale, client: await stack.client(id) })
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error)
      }
      record(`${id} ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`, reason)
      stack.proxy.resume()
      await stack.startPostgres()
      await stack.ready(60_000)
    }
  } finally {
    await stack.close()
  }
}

/** A part that cannot even run counts as failed. */
async function guarded(name: string, part: () => Promise<void>): Promise<void> {
  try {
    await part()
  } catch (error) {
    record(`${name} ran to its end`, error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
}

function record(title: string, reason: string | null): void {
  if (reason === null) passed += 1
  else failed += 1
  console.log(`${reason === null ? '  ok  ' : 'FAILED'}  ${title}${reason === null ? '' : `\n        ${reason}`}`)
}
