// A real worker process for fault tests, played by the text of each task: "die", "hang", "sleep 50" or anything else.
import { env } from '#lib/env.ts'
import { startWorker } from './process.ts'
import { completed, DESCRIPTION, FAST } from './test-worker.ts'

const url = env().DATABASE_URL ?? ''
const played = await startWorker({
  url,
  describe: DESCRIPTION,
  supervise: false,
  timing: { ...FAST, heartbeatMs: 100, silentMs: 1_000 },
  handle: () => async (task) => {
    const { text } = task
    if (text.startsWith('die')) process.kill(process.pid, 'SIGKILL')
    if (text.startsWith('hang')) await new Promise(() => {})
    const sleep = /^sleep (\d+)/.exec(text)
    if (sleep) await new Promise((resolve) => setTimeout(resolve, Number(sleep[1])))
    return completed({ by: process.pid, text })
  },
})
console.log(`ready ${played.processId()}`)
const hurry = new AbortController()
let stopping = false
process.on('SIGTERM', () => {
  if (stopping) return hurry.abort()
  stopping = true
  void played.stop({ hurry: hurry.signal }).then(() => process.exit(0))
})
