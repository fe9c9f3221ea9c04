// Group commit: the first item goes at once, whatever arrives while it is being written shares the next write.
// A batch that the database refuses is halved until the culprit stands alone; its neighbours are written.
import { databaseFault } from '#lib/db/faults.ts'

export type Coalesced<Item> = {
  /** Whether the item was kept by the write. Rejects when the database refuses this very item. */
  add: (item: Item) => Promise<boolean>
  /** Items that wait or are being written. */
  readonly size: number
  /** Resolves when nothing waits. */
  idle: () => Promise<void>
  /** Gives up items that cannot be written now. */
  close: () => void
}

type Waiting<Item> = { item: Item; resolve: (kept: boolean) => void; reject: (error: unknown) => void }

export function coalesce<Item>(
  write: (items: Item[]) => Promise<Set<Item>>,
  { max, pauseMs = 100, maxPauseMs = 2_000 }: { max: number; pauseMs?: number; maxPauseMs?: number },
): Coalesced<Item> {
  const waiting: Waiting<Item>[] = []
  const watchers: (() => void)[] = []
  let open = true
  let busy = false
  let inHand = 0

  async function drain(): Promise<void> {
    if (busy) return
    busy = true
    // Whatever finished in this turn of the event loop joins.
    await new Promise(setImmediate)
    while (waiting.length > 0) {
      const batch = waiting.splice(0, max)
      inHand = batch.length
      await settle(batch)
      inHand = 0
    }
    busy = false
    for (const watcher of watchers.splice(0)) watcher()
  }

  async function settle(batch: Waiting<Item>[]): Promise<void> {
    try {
      const kept = await written(batch.map((entry) => entry.item))
      for (const entry of batch) entry.resolve(kept.has(entry.item))
    } catch (error) {
      const [only] = batch
      if (batch.length === 1 && only) return only.reject(error)
      if (!open) return batch.forEach((entry) => entry.reject(error))
      const half = batch.length >> 1
      await settle(batch.slice(0, half))
      await settle(batch.slice(half))
    }
  }

  // An outage is no item's fault: the batch is repeated as it is, which the fence makes safe even after a lost reply.
  async function written(items: Item[]): Promise<Set<Item>> {
    for (let pause = pauseMs; ; pause = Math.min(maxPauseMs, 2 * pause)) {
      try {
        return await write(items)
      } catch (error) {
        if (databaseFault(error) === null || !open) throw error
      }
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        void drain()
      }),
    get size() {
      return waiting.length + inHand
    },
    idle: () => (busy ? new Promise((resolve) => watchers.push(resolve)) : Promise.resolve()),
    close: () => {
      open = false
    },
  }
}
