// graphile-worker with its own LISTEN: one job at a time, and with its local queue and batched completion.
import { Logger, makeWorkerUtils, run, runMigrations } from 'graphile-worker'
import pg from 'pg'
import type { Caller, Contender, ServeOptions } from '../contender.ts'

const TASK = 'bench'
const logger = new Logger(() => () => {})

function contender(settings: (options: ServeOptions) => object): Contender {
  return {
    install: (url) => runMigrations({ connectionString: url, logger }),
    call,
    serve: async (options, started) => {
      await run({
        connectionString: options.url,
        logger,
        noHandleSignals: true,
        crontab: '',
        taskList: { [TASK]: (_, { job }) => started(job.id) },
        ...settings(options),
      })
    },
  }
}

export const graphileOneByOne = contender(({ slots }) => ({ concurrency: slots, maxPoolSize: slots + 2 }))

export const graphileBatched = contender(({ batch }) => ({
  preset: {
    worker: {
      concurrentJobs: 24,
      maxPoolSize: 26,
      localQueue: { size: batch * 5 },
      completeJobBatchDelay: 0,
      failJobBatchDelay: 0,
    },
  },
}))

async function call(url: string): Promise<Caller> {
  const pool = new pg.Pool({ connectionString: url, max: 3 })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const utils = await makeWorkerUtils({ pgPool: pool, logger })
  return {
    submit: async () => (await utils.addJob(TASK, {})).id,
    fill: async (count) => {
      for (let done = 0; done < count; done += 2_000) {
        const some = Array.from({ length: Math.min(2_000, count - done) }, () => ({ identifier: TASK, payload: {} }))
        await utils.addJobs(some)
      }
    },
    left: async () => {
      const { rows } = await pool.query<{ left: number }>(
        'select count(*)::int as left from graphile_worker._private_jobs',
      )
      return rows[0]?.left ?? 0
    },
    close: async () => {
      await utils.release()
      await pool.end()
    },
  }
}
