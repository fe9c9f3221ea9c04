import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getDocument } from '#lib/documents/queries.ts'
import { uploadDocument } from '#lib/documents/upload.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { until } from '../test-worker.ts'

let tested: Tested
const started: ChildProcess[] = []
beforeAll(async () => {
  tested = await testWorkspace()
})
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL')
  await tested.drop()
})

const ROOT = join(import.meta.dirname, '../..')

/** A worker process with short leases. */
function launch(): ChildProcess {
  const child = spawn(join(ROOT, 'node_modules/.bin/node'), ['worker/main.ts'], {
    cwd: ROOT,
    env: { NODE_ENV: 'test', PATH: process.env['PATH'], DATABASE_URL: tested.database.url, BATON_TIME_SCALE: '20' },
    stdio: 'ignore',
  })
  started.push(child)
  return child
}

async function* words() {
  for (let part = 0; part < 45; part += 1) yield Buffer.from('word '.repeat(20_000))
}

function parsers(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => commandOf(pid).includes(`${ROOT}/worker/documents/child.ts`))
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

test('a worker killed in the middle of a document leaves it to the next one, which reads it once, and no process behind', async () => {
  const first = launch()
  const { id } = await uploadDocument((work) => tested.act(work), { name: 'long.txt', bytes: words(), length: null })
  const get = () => tested.act((ctx) => getDocument(ctx, id))
  await until(async () => (await get()).status === 'parsing', 20_000)
  first.kill('SIGKILL')
  expect((await get()).finishedAt).toBeNull()
  const second = launch()
  await until(async () => (await get()).finishedAt, 20_000)
  expect(await get()).toMatchObject({ status: 'ready', paged: false })
  const { rows } = await tested.database.admin.query(
    `select parse_attempts, pages, (select count(*)::int from document_pages) as rows from documents`,
  )
  expect(rows).toEqual([{ parse_attempts: 2, pages: expect.any(Number), rows: rows[0].pages }])
  await until(() => parsers().length === 0, 5_000)
  const ended = new Promise<number | null>((resolve) => second.once('exit', resolve))
  second.kill('SIGTERM')
  expect(await ended).toBe(0)
})
