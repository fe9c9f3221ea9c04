import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, expect, test, vi } from 'vitest'
import type { ClaimedTask } from '#lib/queue/claim.ts'
import { workerNamed } from '#lib/workers/registry.ts'
import { running as runningWith } from '../test-worker.ts'
import { type LocalEngine, openLocalEngine } from './engine.ts'

vi.setConfig({ testTimeout: 30_000 })

const open: LocalEngine[] = []
const folders: string[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((engine) => engine.close()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function engineWith(
  source: string,
  options: { threads?: number; deadlineMs?: number; idleMs?: number; memoryMb?: number } = {},
): LocalEngine {
  const folder = mkdtempSync(join(tmpdir(), 'baton-engine-'))
  folders.push(folder)
  const file = join(folder, 'thread.mjs')
  writeFileSync(file, `import { parentPort } from 'node:worker_threads'\n${source}`)
  return opened({ ...options, threadFile: pathToFileURL(file) })
}

function opened(options: Parameters<typeof openLocalEngine>[0]): LocalEngine {
  const engine = openLocalEngine(options)
  open.push(engine)
  return engine
}

/** Answers with its input; "hang" never does, "die" ends the thread, "fail" reports a failure. */
const PLAYED = `parentPort.on('message', ({ id, input }) => {
  if (input === 'hang') for (;;) {}
  if (input === 'die') process.exit(3)
  if (input === 'throw') throw new Error('thrown')
  if (input === 'fail') return parentPort.postMessage({ id, failure: 'why' })
  const work = () => parentPort.postMessage({ id, outcome: { result: input } })
  typeof input === 'number' ? setTimeout(work, input) : work()
})`

test('nothing is loaded before the first question; then a real text is answered', async () => {
  const engine = opened({ threads: 1 })
  expect(engine.loaded).toBe(false)
  const outcome = await engine.run('summarizer', { text: 'The bridge is closed. It opens again on May 4, 2027.' })
  expect(engine.loaded).toBe(true)
  expect(outcome).toMatchObject({ info: { engine: { kind: 'rules' }, language: 'en', evidence: { missing: 0 } } })
})

test('a question that never ends is stopped at the deadline, and the next one is answered', async () => {
  const engine = engineWith(PLAYED, { threads: 1, deadlineMs: 300 })
  const hung = engine.run('w', 'hang')
  const after = engine.run('w', 'next')
  await expect(hung).rejects.toMatchObject({ kind: 'permanent', error: { code: 'engine_timeout' } })
  expect(await after).toEqual({ result: 'next' })
})

/** With V8's limit alone the first two aborted the whole process, and the third was never seen. */
const HUNGRY = {
  strings: `held.push('x'.repeat(100) + Math.random())`,
  'a map': `map.set('k' + held.push(0), { held })`,
  buffers: `held.push(Buffer.alloc(1e6, 1))`,
  arrays: `held.push(new Array(1e5).fill(0))`,
}

test.each(Object.entries(HUNGRY))(
  'F21 a question that takes %s without end fails for good, and the process and the next question live',
  async (_, more) => {
    const source = `parentPort.on('message', ({ id, input }) => {
      const held = []
      const map = new Map()
      while (input === 'grow') ${more}
      parentPort.postMessage({ id, outcome: { result: input } })
    })`
    const engine = engineWith(source, { threads: 1, memoryMb: 128 })
    const grown = engine.run('w', 'grow')
    const after = engine.run('w', 'next')
    await expect(grown).rejects.toMatchObject({ kind: 'permanent', error: { code: 'resource_limit' } })
    expect(await after).toEqual({ result: 'next' })
  },
)

test.each(['die', 'throw'])('a thread that ends (%s) fails only its own question', async (how) => {
  const engine = engineWith(PLAYED, { threads: 1 })
  const [dead, after] = await Promise.allSettled([engine.run('w', how), engine.run('w', 'next')])
  expect(dead).toMatchObject({ status: 'rejected', reason: { kind: 'retryable', error: { code: 'engine_lost' } } })
  expect(after).toMatchObject({ status: 'fulfilled', value: { result: 'next' } })
})

test('a failure of the rules is permanent and leaves the thread in use', async () => {
  const engine = engineWith(PLAYED, { threads: 1 })
  await expect(engine.run('w', 'fail')).rejects.toMatchObject({ kind: 'permanent', error: { code: 'engine_failed' } })
  expect(await engine.run('w', 'next')).toEqual({ result: 'next' })
})

const NUMBERED = `import { threadId } from 'node:worker_threads'
parentPort.on('message', ({ id }) => parentPort.postMessage({ id, outcome: { result: threadId } }))`

test('a thread that nobody asks for a while ends, and the next question starts another', async () => {
  const engine = engineWith(NUMBERED, { threads: 2, idleMs: 100 })
  const first = await Promise.all([engine.run('w', 1), engine.run('w', 2)])
  await expect.poll(() => engine.loaded).toBe(false)
  const second = await engine.run('w', 3)
  expect(first).not.toContainEqual(second)
  expect(engine.loaded).toBe(true)
})

test('a thread in use stays, however long a question takes', async () => {
  const engine = engineWith(PLAYED, { threads: 1, idleMs: 60 })
  expect(await engine.run('w', 'short')).toEqual({ result: 'short' })
  expect(await engine.run('w', 300)).toEqual({ result: 300 })
  const same = engineWith(NUMBERED, { threads: 1, idleMs: 20_000 })
  expect(await same.run('w', 1)).toEqual(await same.run('w', 2))
})

test('more questions than threads wait their turn', async () => {
  const engine = engineWith(PLAYED, { threads: 2 })
  const outcomes = await Promise.all(Array.from({ length: 20 }, (_, index) => engine.run('w', `q${index}`)))
  expect(outcomes).toEqual(Array.from({ length: 20 }, (_, index) => ({ result: `q${index}` })))
})

test('the time of an attempt does not run while its question waits for a thread', async () => {
  const definition = workerNamed('summarizer') as { timeoutMs: number }
  const { timeoutMs } = definition
  definition.timeoutMs = 1_000
  try {
    const engine = engineWith(PLAYED, { threads: 1 })
    const handle = runningWith((_worker, input, signal, begin) =>
      engine.run('w', (input as { text: string }).text, signal, begin),
    )
    const attempt = (text: string) =>
      handle(
        { worker: 'summarizer', engine: 'rules', text, options: {}, attemptsUsed: 0 } as unknown as ClaimedTask,
        new AbortController().signal,
      )
    const ahead = engine.run('w', 1_500)
    const waiting = attempt('any text')
    await ahead
    // It came to its turn: the played engine's answer has not the form of a summary.
    expect((await waiting).error).toMatchObject({ code: 'invalid_form' })
    expect((await attempt('hang')).error).toMatchObject({ code: 'timeout' })
  } finally {
    definition.timeoutMs = timeoutMs
  }
})

test('an abort frees the caller at once, running or waiting', async () => {
  const engine = engineWith(PLAYED, { threads: 1, deadlineMs: 2000 })
  const running = new AbortController()
  const waiting = new AbortController()
  const outcomes = [engine.run('w', 150, running.signal), engine.run('w', 'x', waiting.signal), engine.run('w', 'y')]
  running.abort(new Error('stopped'))
  waiting.abort(new Error('stopped'))
  await expect(outcomes[0]).rejects.toThrow('stopped')
  await expect(outcomes[1]).rejects.toThrow('stopped')
  expect(await outcomes[2]).toEqual({ result: 'y' })
  await expect(engine.run('w', 'z', AbortSignal.abort(new Error('early')))).rejects.toThrow('early')
})

test('closing ends running and waiting questions and refuses new ones', async () => {
  const engine = engineWith(PLAYED, { threads: 1 })
  const outcomes = Promise.allSettled([engine.run('w', 'hang'), engine.run('w', 'x')])
  await engine.close()
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await expect(engine.run('w', 'x')).rejects.toMatchObject({ error: { code: 'engine_closed' } })
})
