// A data directory with no space left.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type Stack, startStack, until } from '../../stack.ts'
import { checkRows } from '../checker.ts'
import { becomes, call, count, type OwnScenario, type Place, Skipped, submit, type World } from '../world.ts'

export const DISK_SCENARIOS: OwnScenario[] = [
  {
    id: 'F12',
    title: 'on a full disk nothing is accepted that is not kept; with space again all goes on',
    run: diskFull,
  },
]

/** Room for a cluster and its log of changes, little enough to be filled in a second. */
const SIZE_MB = 320

async function diskFull({ folder, scale }: Place): Promise<void> {
  const data = join(folder, 'data')
  mkdirSync(data, { recursive: true, mode: 0o711 })
  mountSmall(data)
  try {
    const settings = { BATON_TIME_SCALE: String(Math.min(scale, 5)) }
    const stack = await startStack({ folder, workers: 1, modelDelayMs: 20, settings })
    try {
      await fill({ stack, scale, client: await stack.client('F12') }, join(data, 'ballast'))
    } finally {
      await stack.close()
    }
  } finally {
    execFileSync('umount', ['--lazy', data])
  }
}

async function fill(world: World, ballast: string): Promise<void> {
  const { stack, client } = world
  const accepted = new Map([[randomUUID(), await submit(world)]])
  for (const id of accepted.values()) await becomes(world, id, 'completed')

  takeAllSpace(ballast)
  const refused = new Map<string, { body: unknown; status: number }>()
  for (const end = Date.now() + 60_000; refused.size < 20 && Date.now() < end;) {
    const key = randomUUID()
    const body = { worker: 'summarizer', input: { text: `Note ${key}. ${randomBytes(60_000).toString('base64')}` } }
    const answer = await call(client, 'POST', '/tasks', { body, key })
    if (answer.status === 201) accepted.set(key, String(answer.body['id']))
    else {
      assert.ok([503, 507].includes(answer.status), `${answer.status} ${JSON.stringify(answer.body)}`)
      assert.equal(answer.headers.get('content-type')?.split(';')[0], 'application/problem+json')
      refused.set(key, { body, status: answer.status })
    }
  }
  assert.equal(refused.size, 20, 'the disk was never full')
  assert.equal((await fetch(`${client.baseUrl}/api/health`)).status, 200)

  rmSync(ballast)
  await postgresRuns(stack)
  await stack.ready(60_000)
  for (const id of accepted.values()) await becomes(world, id, 'completed', 60_000)
  // Refused for want of space means that nothing is there; after a 503 nobody can know, but never two.
  const certain = [...refused].filter(([, { status }]) => status === 507).length
  const stored = await tasksOf(world)
  assert.ok(stored >= accepted.size && stored <= accepted.size + refused.size - certain, `${stored} tasks are stored`)
  for (const [key, { body }] of refused) {
    const again = await call(client, 'POST', '/tasks', { body, key })
    assert.equal(again.status, 201, JSON.stringify(again.body))
    await becomes(world, String(again.body['id']), 'completed', 60_000)
  }
  assert.equal(await tasksOf(world), accepted.size + refused.size)
  const found = await checkRows(stack.admin(), client.workspaceId)
  assert.deepEqual(
    found.filter(({ offenders }) => offenders.length > 0),
    [],
  )
}

function mountSmall(at: string): void {
  if (process.getuid?.() !== 0) throw new Skipped('only root may mount a small file system for the data folder')
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m,mode=711`, 'baton-prove', at], { stdio: 'pipe' })
  } catch (error) {
    throw new Skipped(`this machine does not let us mount a small file system (${String(error).trim()})`)
  }
}

function takeAllSpace(file: string): void {
  const output = openSync(file, 'w')
  try {
    for (let size = 1_000_000; size > 1_000;) {
      try {
        writeSync(output, Buffer.alloc(size))
      } catch {
        size /= 10
      }
    }
  } finally {
    closeSync(output)
  }
}

/** A server that could not write its log has ended; whoever watches over it starts it again. */
async function postgresRuns(stack: Stack): Promise<void> {
  await until(
    async () => {
      await stack.startPostgres()
      await stack.admin().query('select 1')
      return true
    },
    60_000,
    'Postgres to run again',
  )
}

function tasksOf(world: World): Promise<number> {
  return count(world, 'select count(*) as n from tasks where workspace_id = $1', [world.client.workspaceId])
}
