// `npm run prove`: breaks a real stack at random and by name, and checks that nothing was lost or done twice.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build, isBuilt } from '../../worker/launch/build.ts'
import { startStack, until } from '../stack.ts'
import { type Profile, runCampaign } from './campaign.ts'
import { checkRows } from './checker.ts'
import { BATCH_SCENARIOS } from './scenarios/batches.ts'
import { BROWSER_SCENARIOS } from './scenarios/browser.ts'
import { BULK_SCENARIOS } from './scenarios/bulk.ts'
import { DATABASE_SCENARIOS } from './scenarios/database.ts'
import { DISK_SCENARIOS } from './scenarios/disk.ts'
import { HANDLER_SCENARIOS } from './scenarios/handlers.ts'
import { MIGRATION_SCENARIOS } from './scenarios/migrations.ts'
import { REQUEST_SCENARIOS } from './scenarios/requests.ts'
import { RUN_SCENARIOS } from './scenarios/runs.ts'
import { STREAM_SCENARIOS } from './scenarios/streams.ts'
import { TRIGGER_SCENARIOS } from './scenarios/triggers.ts'
import { WORKER_SCENARIOS } from './scenarios/workers.ts'
import { selfTest } from './self-test.ts'
import { count, type OwnScenario, type Scenario, Skipped, type World } from './world.ts'

const ON_ONE_STACK = [
  ...REQUEST_SCENARIOS,
  ...BULK_SCENARIOS,
  ...DATABASE_SCENARIOS,
  ...STREAM_SCENARIOS,
  ...WORKER_SCENARIOS,
  ...HANDLER_SCENARIOS,
  ...RUN_SCENARIOS,
  ...BATCH_SCENARIOS,
  ...TRIGGER_SCENARIOS,
]
const ON_THEIR_OWN = [...MIGRATION_SCENARIOS, ...DISK_SCENARIOS, ...BROWSER_SCENARIOS]
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
const counted = { passed: 0, failed: 0, skipped: 0 }

if (values.help) console.log(HELP)
else process.exitCode = await prove()

async function prove(): Promise<number> {
  const known = new Set(['campaign', ...[...ON_ONE_STACK, ...ON_THEIR_OWN].map(({ id }) => id)])
  const unknown = positionals.filter((name) => !known.has(name))
  if (unknown.length > 0) {
    console.error(`There is no scenario ${unknown.join(', ')}. Known: ${[...known].join(', ')}.`)
    return 2
  }
  if (!isBuilt()) {
    console.log('Building the web app …')
    await build()
  }
  const folder = await mkdtemp(join(tmpdir(), 'baton-prove-'))
  await chmod(folder, 0o711)
  const profile = values.full ? FULL : QUICK
  const wanted = ({ id }: { id: string }): boolean =>
    values['self-test'] ? id === 'campaign' : positionals.length === 0 || positionals.includes(id)
  const shared = ON_ONE_STACK.filter(wanted)
  // Two cores: beside the scenarios that share a stack, the campaign and then one stack after the other.
  await Promise.all([
    shared.length > 0 ? guarded('scenarios', () => onOneStack(join(folder, 'named'), shared, profile.scale)) : null,
    (async () => {
      if (wanted({ id: 'campaign' })) await guarded('campaign', () => campaign(join(folder, 'campaign'), profile))
      for (const scenario of ON_THEIR_OWN.filter(wanted)) await onItsOwn(folder, scenario, profile.scale)
    })(),
  ])
  const { passed, failed, skipped } = counted
  if (failed === 0 && !values.keep) await rm(folder, { recursive: true, force: true })
  else console.log(`Logs are in ${folder}.`)
  console.log(`${passed} checks passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
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

async function onOneStack(folder: string, scenarios: Scenario[], scale: number): Promise<void> {
  // Calls go to servers of the scenarios.
  const settings = { BATON_TIME_SCALE: String(Math.min(scale, 5)), BATON_OUTBOUND_ALLOW: '127.0.0.1' }
  const stack = await startStack({ folder, workers: 2, modelDelayMs: 20, settings })
  try {
    for (const scenario of scenarios) {
      await recorded(scenario, async () => {
        stack.model.reset()
        const world = { stack, scale, client: await stack.client(scenario.id) }
        await scenario.run(world)
        await leavesGoodRows(world)
      })
      stack.proxy.resume()
      await stack.startPostgres()
      await stack.ready(60_000)
    }
  } finally {
    await stack.close()
  }
}

/** Whatever a scenario looked at: in the end its tasks have ended, and the checker finds nothing in its workspace. */
async function leavesGoodRows(world: World): Promise<void> {
  const { workspaceId } = world.client
  const open = `select count(*) as n from tasks where workspace_id = $1 and status not in ('completed', 'failed', 'cancelled')`
  await until(async () => (await count(world, open, [workspaceId])) === 0, 60_000, 'every task to end')
  const found = (await checkRows(world.stack.admin(), workspaceId)).filter(({ offenders }) => offenders.length > 0)
  if (found.length > 0)
    throw new Error(
      found.map(({ invariant, title, offenders }) => `${invariant} (${title}): ${offenders.join()}`).join('; '),
    )
}

async function onItsOwn(folder: string, scenario: OwnScenario, scale: number): Promise<void> {
  await recorded(scenario, () => scenario.run({ folder: join(folder, scenario.id), scale }))
}

async function recorded({ id, title }: { id: string; title: string }, run: () => Promise<void>): Promise<void> {
  const started = Date.now()
  let reason: string | null = null
  try {
    await run()
  } catch (error) {
    if (error instanceof Skipped) return skip(`${id} ${title}`, error.message)
    reason = error instanceof Error ? error.message : String(error)
  }
  record(`${id} ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`, reason)
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
  if (reason === null) counted.passed += 1
  else counted.failed += 1
  console.log(`${reason === null ? '  ok  ' : 'FAILED'}  ${title}${reason === null ? '' : `\n        ${reason}`}`)
}

function skip(title: string, why: string): void {
  counted.skipped += 1
  console.log(`  --    ${title}\n        skipped: ${why}`)
}
