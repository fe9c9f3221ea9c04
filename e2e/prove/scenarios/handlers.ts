// Handlers that misbehave inside real worker processes, and promises that nobody looks at.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type Stack, until } from '../../stack.ts'
import {
  alone,
  becomes,
  call,
  count,
  logOf,
  pause,
  providerCalls,
  type Scenario,
  submit,
  type World,
} from '../world.ts'

export const HANDLER_SCENARIOS: Scenario[] = [
  {
    id: 'F21',
    title: 'a task whose engine takes memory without end fails for good; its process and its neighbours live',
    run: devours,
  },
  {
    id: 'F22',
    title: 'a rejection that nobody looks at is logged with an id, and nothing stops or is lost',
    run: rejects,
  },
  {
    id: 'F29',
    title: 'a task that ends, hangs or fills its process is set aside after four deaths; its neighbours finish',
    run: poison,
  },
  {
    id: 'F30',
    title: 'a handler that ignores its signal is given up at its time limit, and its late answer changes nothing',
    run: deaf,
  },
]

const PLAYED = ['e2e/prove/played-worker.ts']

async function devours(world: World): Promise<void> {
  await played(world, PLAYED, async () => {
    const pids = world.stack.workers.map(({ process }) => process.pid)
    const hungry = await submit(world, { begins: 'devour', engine: 'rules', worker: 'sentiment-analyzer' })
    const neighbours = await Promise.all([1, 2, 3, 4].map(() => submit(world, { engine: 'rules' })))
    const failed = await becomes(world, hungry, 'failed')
    assert.deepEqual([failed.error?.code, failed.attempts_used, failed.epoch], ['resource_limit', 1, 1])
    for (const id of [...neighbours, await submit(world, { engine: 'rules' })]) await becomes(world, id, 'completed')
    assert.deepEqual(
      world.stack.workers.map(({ process }) => process.pid),
      pids,
    )
    for (const { process } of world.stack.workers) assert.equal(process.exitCode ?? process.signalCode, null)
  })
}

async function rejects(world: World): Promise<void> {
  const { stack, client } = world
  const preload = ['--import', new URL('../reject-on-signal.ts', import.meta.url).pathname]
  await alone(world, async (index) => {
    await stack.killWorker(index, 'SIGTERM')
    await stack.startWorker(index, [...preload, 'worker/main.ts'])
    await stack.killWeb('SIGTERM')
    await stack.startWeb({ options: preload })
    const ready = async () => (await fetch(`${client.baseUrl}/api/ready`)).ok
    await until(ready, 30_000, 'web and one worker to be ready')
    try {
      const mark = randomUUID()
      stack.scriptModel({ when: mark, delayMs: 1_000 })
      const id = await submit(world, { mark })
      await until(async () => providerCalls(world, mark) === 1, 10_000, 'the call to begin')
      for (const child of [stack.workers[index], stack.web()]) {
        assert.ok(child)
        child.process.kill('SIGUSR2')
        await until(
          async () => /rejection_not_handled[^\n]*[0-9a-f]{8}-[0-9a-f-]{27}/.test(logOf(child)),
          5_000,
          `a line with an id in ${child.log}`,
        )
        assert.equal(child.process.exitCode ?? child.process.signalCode, null)
      }
      assert.equal((await call(client, 'GET', `/tasks/${id}`)).status, 200)
      const done = await becomes(world, id, 'completed')
      assert.deepEqual([done.epoch, done.attempts_used, providerCalls(world, mark)], [1, 1, 1])
    } finally {
      await stack.killWeb('SIGTERM')
      await stack.startWeb()
      await stack.killWorker(index, 'SIGTERM')
      await stack.startWorker(index)
    }
  })
}

async function poison(world: World): Promise<void> {
  const backoffMs = 2_000 / Math.min(world.scale, 5)
  const program = ['--max-old-space-size=128', ...PLAYED]
  await played(world, program, async () => {
    const stop = restartAlways(world.stack, program)
    try {
      const poisonous = await Promise.all(
        ['exit', 'hang', 'grow'].map((begins) => submit(world, { begins, engine: 'rules' })),
      )
      const neighbours = await Promise.all(Array.from({ length: 6 }, () => submit(world, { engine: 'rules' })))
      for (const id of poisonous) {
        const failed = await becomes(world, id, 'failed', 180_000)
        assert.equal(failed.error?.code, 'worker_died')
        const { rows } = await world.stack.admin().query<{ outcome: string; pause: number | null }>(
          `select outcome, (extract(epoch from lead(started_at) over (order by epoch) - finished_at) * 1000)::int as pause
             from attempts where task_id = $1 order by epoch`,
          [id],
        )
        assert.ok(rows.length <= 4, `${rows.length} processes died with it`)
        assert.deepEqual([...new Set(rows.map(({ outcome }) => outcome))], ['lost'])
        const [second, third] = rows.slice(1).map(({ pause: ms }) => ms ?? 0)
        assert.ok(
          (second ?? 0) >= backoffMs - 20 && (third ?? 0) >= 2 * backoffMs - 20,
          `pauses ${second}, ${third} ms`,
        )
      }
      for (const id of neighbours) await becomes(world, id, 'completed', 60_000)
    } finally {
      await stop()
    }
  })
}

async function deaf(world: World): Promise<void> {
  const { stack } = world
  await played(world, PLAYED, async () => {
    const id = await submit(world, { begins: 'deaf', engine: 'rules' })
    const done = await becomes(world, id, 'completed')
    const answered = (epoch: number) =>
      stack.workers.some((child) => logOf(child).includes(`${id} epoch ${epoch} answers`))
    await until(async () => answered(1) && answered(2), 5_000, 'both attempts to have answered')
    assert.equal((done.result as { headline: string }).headline, 'Attempt 2')
    const { rows } = await stack
      .admin()
      .query(`select epoch, outcome, error->>'code' as code from attempts where task_id = $1 order by epoch`, [id])
    assert.deepEqual(rows, [
      { epoch: 1, outcome: 'failed', code: 'timeout' },
      { epoch: 2, outcome: 'completed', code: null },
    ])
    assert.equal(
      await count(world, `select count(*) as n from events where task_id = $1 and type = 'completed'`, [id]),
      1,
    )
  })
}

/** Runs with worker processes that play what texts say in place of the real ones. */
async function played({ stack }: World, program: string[], work: () => Promise<void>): Promise<void> {
  const indices = [...stack.workers.keys()]
  const replace = async (by?: string[]) => {
    await Promise.all(indices.map((index) => stack.killWorker(index, 'SIGTERM')))
    for (const index of indices) await stack.startWorker(index, by)
    await stack.ready()
  }
  await replace(program)
  try {
    await work()
  } finally {
    await replace()
  }
}

/** As `npm start` does for its worker. */
function restartAlways(stack: Stack, program: string[]): () => Promise<void> {
  let stopping = false
  const watched = [...stack.workers.keys()].map(async (index) => {
    for (;;) {
      await Promise.race([stack.workers[index]?.ended, until(async () => stopping, 600_000, 'the end')])
      if (stopping) return
      await pause(200)
      await stack.startWorker(index, program)
    }
  })
  return async () => {
    stopping = true
    await Promise.all(watched)
  }
}
