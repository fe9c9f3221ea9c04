// A process that starts with a provider that accepts it lets the tasks go on that an earlier refusal had blocked.
import type { Database } from '#lib/db/client.ts'
import type { Queue } from '#lib/queue.ts'
import { unblockTasks } from '#lib/tasks/unblock.ts'

export async function unblockProvider(
  db: Database,
  queue: Queue,
  model: { ping: () => Promise<{ ok: boolean }> },
): Promise<void> {
  try {
    const { ok } = await model.ping()
    if (!ok) return
    const count = await unblockTasks(db, queue, 'provider')
    if (count > 0) console.log(`worker: the provider accepts this key; ${count} blocked tasks go on`)
  } catch (error) {
    console.warn(`worker: the provider could not be asked (${(error as Error).message})`)
  }
}
