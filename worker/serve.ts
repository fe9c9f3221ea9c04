// Puts the process together: settings, engines, lease, signals.
import packageJson from '../package.json' with { type: 'json' }
import { env, modelSettings } from '#lib/env.ts'
import { openLedger } from '#lib/tasks/ledger.ts'
import type { LocalEngine } from './local/engine.ts'
import { startWorker, type WorkerProcess } from './process.ts'
import { reportRejection } from './report.ts'
import { type Powers, runTask } from './run-task.ts'
import { scaledTiming } from './timing.ts'
import { startWatchdog } from './watchdog.ts'
import { unblockProvider } from './unblock-provider.ts'

export async function serve(): Promise<void> {
  const settings = env()
  const url = settings.DATABASE_DIRECT_URL ?? settings.DATABASE_URL
  if (!url) {
    console.error('DATABASE_URL is not set. "npm start" starts a database, web and worker together.')
    process.exit(1)
  }
  process.on('unhandledRejection', reportRejection)
  const timing = scaledTiming(settings.BATON_TIME_SCALE)
  startWatchdog(timing)
  const configured = modelSettings(settings)
  // The model client and the built-in engine are big; a process that does not need one does not load it.
  const model = configured ? (await import('./model/client.ts')).openModel(configured) : null
  let engine: Promise<LocalEngine> | null = null
  const local: Powers['local'] = async (name, input, signal, begin) => {
    engine ??= import('./local/engine.ts').then(({ openLocalEngine }) =>
      openLocalEngine({ idleMs: timing.engineIdleMs }),
    )
    return (await engine).run(name, input, signal, begin)
  }
  const worker = await startWorker({
    url,
    ...(settings.DATABASE_URL ? { pooledUrl: settings.DATABASE_URL } : {}),
    timing,
    describe: {
      version: packageJson.version,
      modelOn: model !== null,
      model: model?.model ?? null,
      endpointHost: model?.endpointHost ?? null,
    },
    ...(model ? { pausedUntil: model.pausedUntil } : {}),
    handle: ({ db, queue }) => {
      if (model) void unblockProvider(db, queue, model)
      const powers: Powers = { model, local, backoff: timing, ledger: (task) => openLedger(db, task) }
      return (task, signal) => runTask(task, signal, powers)
    },
  })
  console.log(`Worker process ${worker.processId()} is ready.`)
  stopOnSignals(worker, async () => (await engine)?.close())
}

function stopOnSignals(worker: WorkerProcess, close: () => Promise<unknown>): void {
  const hurry = new AbortController()
  let stopping = false
  const stop = async (signal: string): Promise<void> => {
    // Asked a second time: no more waiting for running tasks.
    if (stopping) return hurry.abort()
    stopping = true
    const running = worker.running()
    const waiting = running > 0 ? `; waiting for ${running} running ${running === 1 ? 'task' : 'tasks'}` : ''
    console.log(`Worker process ${worker.processId()} stops (${signal})${waiting}.`)
    await worker.stop({ hurry: hurry.signal })
    await close()
    process.exit(0)
  }
  process.on('SIGTERM', (signal) => void stop(signal))
  process.on('SIGINT', (signal) => void stop(signal))
}
