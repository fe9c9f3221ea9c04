// The order of a start and of a stop. Worker first, web next, Postgres last, so that nobody loses what they stand on.
import { join } from 'node:path'
import { secretIn } from '#lib/db/embedded-host.ts'
import { migrate } from '#lib/db/migrate.ts'
import { modelSettings } from '#lib/env.ts'
import { holdPort, shownAddress, untilAnswering } from './address.ts'
import { build, isBuilt, NEXT } from './build.ts'
import { type FirstSteps, firstSteps } from './first-steps.ts'
import { claimFolder, dataFolder, describeStart, leaveFolder } from './place.ts'
import { keepPostgres } from './postgres.ts'
import { childEnvironment, readSettings } from './settings.ts'
import { supervise, type Supervised } from './supervise.ts'

/** The worker's own 30 s for running tasks, and what it needs to hand back those that did not end. */
const WORKER_STOP_MS = 45_000
/** npm passes Ctrl-C on to us a second time. */
const SAME_KEY_MS = 700

type Stop = () => Promise<void>

export async function launch({ dev }: { dev: boolean }): Promise<void> {
  const stops: Stop[] = []
  const ending = new AbortController()
  const hurried: Supervised[] = []
  let signalledAt = 0

  const onSignal = () => {
    const again = ending.signal.aborted && Date.now() - signalledAt > SAME_KEY_MS
    if (again) for (const process of hurried) process.hurry()
    if (ending.signal.aborted) return
    signalledAt = Date.now()
    say('\nStopping. Tasks that run may end first (up to 30 s); Ctrl-C again to hurry.')
    ending.abort()
  }
  // Nobody reads our lines any more (a closed terminal, a pipe's end): that is no reason to drop everything.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)

  try {
    await start({ dev, stops, hurried, signal: ending.signal })
    if (!ending.signal.aborted && stops.length > 0)
      await new Promise((resolve) => ending.signal.addEventListener('abort', resolve, { once: true }))
  } catch (error) {
    if (!ending.signal.aborted) {
      say(`\n${error instanceof Error ? error.message : String(error)}`)
      process.exitCode = 1
    }
  }
  ending.abort()
  for (const stop of stops.toReversed()) await stop().catch((error: unknown) => say(String(error)))
  if (stops.length > 0) say('Stopped. Everything is kept; npm start goes on from here.')
  process.exit()
}

type Start = { dev: boolean; stops: Stop[]; hurried: Supervised[]; signal: AbortSignal }

async function start({ dev, stops, hurried, signal }: Start): Promise<void> {
  const settings = readSettings()
  const model = modelSettings(settings)
  const data = await dataFolder(settings.BATON_DATA_DIR, !settings.DATABASE_URL)
  const running = await claimFolder(data)
  if (running) {
    say(`Baton runs here already${running.address ? `, at ${running.address}` : ''} (process ${running.pid}).`)
    say('Stop it with Ctrl-C in its terminal, or set BATON_DATA_DIR and PORT to run another one beside it.')
    process.exitCode = 1
    return
  }
  stops.push(async () => leaveFolder(data))

  const postgres = settings.DATABASE_URL ? null : await keepPostgres({ folder: data, say, ending: signal })
  if (postgres) stops.push(postgres.stop)
  signal.throwIfAborted()
  const databaseUrl = settings.DATABASE_URL ?? postgres?.url ?? ''
  await migrate(settings.DATABASE_DIRECT_URL ?? databaseUrl)
  say(
    postgres
      ? `Database  Postgres ${postgres.port}, data in ${data}`
      : `Database  ${withoutPassword(databaseUrl)} (DATABASE_URL)`,
  )

  const held = await holdPort(settings)
  stops.push(held.release)
  const { port } = held
  const address = shownAddress(settings, port)
  const secret = settings.BATON_SECRET ?? (await secretIn(join(data, 'secret')))
  const children: number[] = []
  const onStart = (pid: number) => {
    children.push(pid)
    describeStart(data, { address, databaseUrl, children: children.slice(-20) })
  }
  describeStart(data, { address, databaseUrl })
  const shared = { DATABASE_URL: databaseUrl, BATON_SECRET: secret, PORT: String(port), HOST: settings.HOST }
  const env = childEnvironment({ ...shared, NODE_ENV: dev ? 'development' : 'production' })

  const worker = supervise(
    {
      title: 'Worker',
      args: [...(dev ? ['--watch', '--watch-preserve-output'] : []), 'worker/main.ts'],
      env,
      showOutput: true,
      onStart,
    },
    say,
  )
  hurried.push(worker)
  stops.push(() => worker.stop(WORKER_STOP_MS))
  say(`Engine    ${model ? `${model.model} at ${model.endpointHost}` : 'built-in (no model is connected)'}`)

  const steps: FirstSteps = await firstSteps({ databaseUrl, settings, address, say })
  stops.push(steps.stop)
  const building = dev || isBuilt() ? null : buildSaying(signal, secret)
  await building
  signal.throwIfAborted()

  await held.release()
  const args = dev ? [NEXT, 'dev'] : [NEXT, 'start']
  const web = supervise(
    {
      title: 'Web',
      args: [...args, '--port', String(port), '--hostname', settings.HOST],
      env,
      showOutput: dev,
      onStart,
    },
    say,
  )
  // Web stops after the worker: the list is walked from its end.
  stops.splice(stops.length - 2, 0, () => web.stop(5_000))
  await untilAnswering(settings, port, signal)
  if (!signal.aborted) say(`\nBaton is ready at ${address}\n${steps.howToSignIn}\nCtrl-C stops it.`)
}

async function buildSaying(signal: AbortSignal, secret: string): Promise<void> {
  say('Building  the web app: on a first start and after changes, up to a minute …')
  const startedAt = Date.now()
  await build({ signal, secret })
  say(`Built     in ${Math.round((Date.now() - startedAt) / 1000)} s`)
}

function withoutPassword(address: string): string {
  const url = new URL(address)
  url.password = ''
  return url.href
}

function say(line: string): void {
  console.log(line)
}
