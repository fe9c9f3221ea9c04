// Installs or upgrades the queue's own schema. Called by the migrator only, under its advisory lock.
import { PgBoss } from 'pg-boss'

export const QUEUE_SCHEMA = 'pgboss'

export async function installQueueSchema(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, schema: QUEUE_SCHEMA, max: 2, supervise: false, schedule: false })
  boss.on('error', () => {})
  try {
    await boss.start()
  } finally {
    await boss.stop({ graceful: false })
  }
}
