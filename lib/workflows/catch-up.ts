// Advances runs apart from the transaction that changed their tasks: after a word that something did, and for words
// that were lost.
import { sql } from 'drizzle-orm'
import type { Database } from '#lib/db/client.ts'
import { causeWords, databaseFault } from '#lib/db/faults.ts'
import type { Queue } from '#lib/queue.ts'
import { advanceRuns, lockRuns } from './advance.ts'

type Powers = { db: Database; queue: Queue }

/** All worker processes hear the word; the first one to get a run's lock moves it. One that fails holds up no other. */
export async function advanceApart({ db, queue }: Powers, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    try {
      await db.transaction(async (tx) => advanceRuns({ tx, queue }, await lockRuns(tx, [id], { eager: true })))
    } catch (error) {
      if (databaseFault(error) === 'unavailable') throw error
      console.warn(`worker: run ${id} could not be advanced (${causeWords(error)})`)
    }
}

const AT_ONCE = 100

/** Finds runs whose steps do not stand as their tasks or their own runs do, as after a lost word. @returns their ids */
export async function catchUpRuns(powers: Powers): Promise<string[]> {
  const { rows } = await powers.db.execute<{ id: string }>(sql`
    select s.run_id as id from steps s join tasks t on t.id = s.task_id
    where s.status = 'in_progress' and t.finished_at is not null
      and s.run_id in (select id from runs where status = 'in_progress')
    union
    select s.run_id from steps s join runs c on c.id = s.child_run_id
    where s.status = 'in_progress' and c.status <> 'in_progress'
    limit ${AT_ONCE}`)
  const ids = rows.map(({ id }) => id)
  await advanceApart(powers, ids)
  return ids
}

/** Moves runs with a step whose time has come (a wait, or a decision that nobody made), and those that may begin now. */
export async function wakeRuns(powers: Powers): Promise<void> {
  const { rows } = await powers.db.execute<{ id: string }>(sql`
    (select distinct run_id as id from steps where status = 'in_progress' and wake_at <= clock_timestamp() limit ${AT_ONCE})
    union
    (select r.id from runs r where r.status = 'in_progress' and r.not_before <= clock_timestamp()
      and not exists (select from steps s where s.run_id = r.id and s.status <> 'waiting' and s.skipped_by is null)
      order by r.not_before limit ${AT_ONCE})`)
  await advanceApart(
    powers,
    rows.map(({ id }) => id),
  )
}
