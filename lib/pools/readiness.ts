// Whether this instance can accept tasks and will run them.
import type { OpenDatabase } from '#lib/db/client.ts'
import { isMigrated } from '#lib/db/migrate.ts'
import { capacity } from './capacity.ts'

export type Readiness = {
  database: boolean
  /** Every migration of this version has been applied. */
  migrations: boolean
  /** At least one live worker process takes new work. */
  worker: boolean
}

/** Never throws: what cannot be asked is not ready. */
export async function readiness({ db, pool }: OpenDatabase): Promise<Readiness> {
  const yes = (question: Promise<boolean>) => question.catch(() => false)
  const database = await yes(pool.query('select 1').then(() => true))
  if (!database) return { database, migrations: false, worker: false }
  const [migrations, worker] = await Promise.all([
    yes(isMigrated(pool)),
    yes(db.transaction(capacity).then(({ processes }) => processes > 0)),
  ])
  return { database, migrations, worker }
}
