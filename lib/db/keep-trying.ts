// Repeats what must not be lost to an outage of the database.
import { databaseFault } from './faults.ts'

export type Persistence = {
  patienceMs: number
  /** Errors beside faults of the database that are worth another try. */
  also?: (error: unknown) => boolean
}

/**
 * Does it again, `again` saying so, until it works or patience ends: a try whose reply was lost may have been kept.
 * @throws whatever the last try threw, at once when the database is not to blame.
 */
export async function keepTrying<Result>(
  work: (again: boolean) => Promise<Result>,
  { patienceMs, also = () => false }: Persistence,
): Promise<Result> {
  const end = performance.now() + patienceMs
  for (let pauseMs = 50, again = false; ; pauseMs = Math.min(2_000, 2 * pauseMs), again = true) {
    try {
      return await work(again)
    } catch (error) {
      const mayPass = databaseFault(error) !== null || also(error)
      if (!mayPass || performance.now() + pauseMs > end) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs).unref())
  }
}
