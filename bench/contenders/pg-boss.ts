// pg-boss as its manual shows it: `work()` with a handler, polling at its minimum or woken by NOTIFY.
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import type { Caller, Contender, ServeOptions } from '../contender.ts'

const QUEUE = 'bench'
type Job = { id: string }

function contender(
  notify: boolean,
  work: (boss: PgBoss, options: ServeOptions, started: (id: string) => void) => Promise<unknown>,
): Contender {
  return {
    install: async (url) => {
      const boss = await open(url, { notify })
      await boss.createQueue(QUEUE, { notify })
      await boss.stop({ graceful: false })
    },
    call: (url) => call(url),
    serve: async (options, started) => {
      const boss = await open(options.url, { notify, max: 10 })
      await work(boss, options, started)
    },
  }
}

export const pgBossPolling = contender(false, (boss, { slots }, started) =>
  boss.work(QUEUE, { localConcurrency: slots, pollingIntervalSeconds: 0.5 }, report(started)),
)

export const pgBossNotified = contender(true, (boss, { slots }, started) =>
  boss.work(
    QUEUE,
    { localConcurrency: slots, pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5 },
    report(started),
  ),
)

/** Its workers rest after each job; for a backlog they are told to fetch again at once. */
export const pgBossOneByOne = contender(true, async (boss, { slots }, started) => {
  const settings = { localConcurrency: slots, pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5 }
  const work = await boss.work(QUEUE, settings, async (jobs: Job[]) => {
    for (const job of jobs) started(job.id)
    setImmediate(() => boss.notifyWorker(work))
  })
})

export const pgBossBatched = contender(true, (boss, { batch }, started) =>
  boss.work(
    QUEUE,
    {
      localConcurrency: 2,
      batchSize: batch,
      burstWhenBatchFull: true,
      pollingIntervalSeconds: 0.5,
      notifyPollingIntervalSeconds: 0.5,
    },
    report(started),
  ),
)

/** One job, then all but two side by side, then one. The resolver that frees the next runs in the worker, as it comes. */
export const pgBossFlow: Contender = {
  install: pgBossNotified.install,
  call: async (url) => {
    const boss = await open(url, { notify: true })
    const caller = await call(url)
    return {
      ...caller,
      fill: async (count) => {
        const middle = Array.from({ length: count - 2 }, (_, index) => `middle-${index}`)
        await boss.flow([
          { ref: 'first', name: QUEUE },
          ...middle.map((ref) => ({ ref, name: QUEUE, dependsOn: ['first'] })),
          { ref: 'last', name: QUEUE, dependsOn: middle },
        ])
      },
      close: async () => {
        await boss.stop({ graceful: false })
        await caller.close()
      },
    }
  },
  serve: async ({ url, slots }, started) => {
    const boss = new PgBoss({ connectionString: url, max: 10, useListenNotify: true, schedule: false })
    boss.on('error', () => {})
    await boss.start()
    const settings = { localConcurrency: slots, pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5 }
    const work = await boss.work(QUEUE, settings, async (jobs: Job[]) => {
      for (const job of jobs) started(job.id)
      setImmediate(() => boss.notifyWorker(work))
    })
  },
}

/** Heartbeats at their minimum, watched every second; the handler holds its job until it is killed. */
export const pgBossHeartbeat: Contender = {
  install: async (url) => {
    const boss = await open(url, { notify: true })
    await boss.createQueue(QUEUE, { notify: true, heartbeatSeconds: 10 })
    await boss.stop({ graceful: false })
  },
  call,
  serve: async ({ url }, started) => {
    const boss = new PgBoss({
      connectionString: url,
      useListenNotify: true,
      schedule: false,
      monitorIntervalSeconds: 1,
      superviseIntervalSeconds: 1,
    })
    boss.on('error', () => {})
    await boss.start()
    await boss.work(QUEUE, { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5 }, async (jobs: Job[]) => {
      for (const job of jobs) started(job.id)
      await new Promise(() => {})
    })
  },
}

function report(started: (id: string) => void) {
  return async (jobs: Job[]): Promise<void> => {
    for (const job of jobs) started(job.id)
  }
}

async function open(url: string, { notify, max = 3 }: { notify: boolean; max?: number }): Promise<PgBoss> {
  const boss = new PgBoss({ connectionString: url, max, useListenNotify: notify, supervise: false, schedule: false })
  boss.on('error', () => {})
  return boss.start()
}

async function call(url: string): Promise<Caller> {
  const boss = await open(url, { notify: false })
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  pool.on('error', () => {})
  return {
    submit: async () => (await boss.send(QUEUE, {})) ?? '',
    fill: async (count) => {
      for (let done = 0; done < count; done += 2_000) {
        const some = Array.from({ length: Math.min(2_000, count - done) }, () => ({ data: {} }))
        await boss.insert(QUEUE, some)
      }
    },
    left: async () => {
      const { rows } = await pool.query<{ left: number }>(
        `select count(*)::int as left from pgboss.job where name = $1 and state < 'completed'`,
        [QUEUE],
      )
      return rows[0]?.left ?? 0
    },
    close: async () => {
      await boss.stop({ graceful: false })
      await pool.end()
    },
  }
}
