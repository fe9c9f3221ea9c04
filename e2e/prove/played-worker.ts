// A worker process with the product's dispatcher, engine and time limits, whose handler does what the text of a task
// says: "exit", "hang" and "grow" take the process down, "devour" its engine's thread; "deaf" ignores its signal.
import { env } from '#lib/env.ts'
import type { ClaimedTask } from '#lib/queue/claim.ts'
import { openLedger } from '#lib/tasks/ledger.ts'
import type { Outcome, ResultInfo } from '#lib/workers/define.ts'
import { workerNamed } from '#lib/workers/registry.ts'
import { openLocalEngine } from '../../worker/local/engine.ts'
import { startWorker } from '../../worker/process.ts'
import { type Powers, runTask } from '../../worker/run-task.ts'
import { scaledTiming } from '../../worker/timing.ts'
import { startWatchdog } from '../../worker/watchdog.ts'

/** Of a summary, in place of the two minutes that a model may take. */
const TIME_LIMIT_MS = 3_000
const HUNG_MS = 2_000

const INFO: ResultInfo = {
  engine: { kind: 'rules', name: 'played', version: '1' },
  method: 'Played.',
  language: null,
  limits: [],
  confidence: null,
  confidenceBasis: null,
  evidence: { found: 0, missing: 0 },
  replacedCharacters: 0,
}

const settings = env()
const timing = scaledTiming(settings.BATON_TIME_SCALE)
const definition = workerNamed('summarizer')
definition.timeoutMs = TIME_LIMIT_MS
startWatchdog({ hungMs: HUNG_MS })
const engine = openLocalEngine({ threadFile: new URL('./played-thread.ts', import.meta.url), memoryMb: 256 })

const worker = await startWorker({
  url: settings.DATABASE_URL ?? '',
  timing,
  describe: { version: 'played', modelOn: false, model: null, endpointHost: null },
  handle:
    ({ db }) =>
    (task, signal) =>
      runTask(task, signal, { model: null, local: play(task), backoff: timing, ledger: (of) => openLedger(db, of) }),
})
console.log(`Played worker process ${worker.processId()} is ready.`)
process.on('SIGTERM', () => void worker.stop().then(() => process.exit(0)))

function play(task: ClaimedTask): Powers['local'] {
  const [word] = task.text.split(' ')
  return async (name, input, signal, begin): Promise<Outcome> => {
    if (word === 'exit') process.exit(3)
    if (word === 'hang') for (;;);
    if (word === 'grow') for (const held: string[] = []; ;) held.push('x'.repeat(100) + Math.random())
    if (word !== 'deaf') return engine.run(name, input, signal, begin)
    begin()
    // The first attempt answers while the second one runs, the second one in time.
    await new Promise((resolve) => setTimeout(resolve, task.epoch === 1 ? TIME_LIMIT_MS + 1_000 : 1_200))
    console.log(`task ${task.id} epoch ${task.epoch} answers`)
    return { result: { ...(definition.example.output as object), headline: `Attempt ${task.epoch}` }, info: INFO }
  }
}
