// Sets off the triggers whose time or cause has come. A worker's chore calls it; any number of processes may, at once:
// a trigger's row is the lock, and what a firing started commits with the trigger's new state or not at all.
import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import { asWorkspace, type Database } from '#lib/db/client.ts'
import { causeWords, databaseFault } from '#lib/db/faults.ts'
import { firings, triggers } from '#lib/db/triggers-schema.ts'
import type { Tx } from '#lib/db/client.ts'
import type { Queue } from '#lib/queue.ts'
import { nextTimes } from './cron.ts'
import { type Cause, fire, type TriggerRow } from './fire.ts'

type Powers = { db: Database; queue: Queue }
type Found = { id: string; workspace_id: string }

const AT_ONCE = 100
/** Longer than a transaction may last: what ended before it is seen by now, whenever it was committed. */
const OVERLAP = sql`interval '15 seconds'`
const KEPT = sql`interval '90 days'`

/** `now` is the database's, unless a test says otherwise. @returns how many fired */
export async function watchTriggers(powers: Powers, now?: Date): Promise<number> {
  const due = sql`coalesce(${now?.toISOString() ?? null}::timestamptz, now())`
  const { rows } = await powers.db.execute<Found>(sql`
    (select id, workspace_id from triggers where paused_at is null and next_at <= ${due} order by next_at limit ${AT_ONCE})
    union all
    select id, workspace_id from triggers where paused_at is null and seen_at is not null`)
  let fired = 0
  for (const found of rows)
    try {
      fired += await asWorkspace(powers.db, found.workspace_id, (tx) => watchOne(tx, powers.queue, found, due))
    } catch (error) {
      // One that fails holds up no other.
      if (databaseFault(error) === 'unavailable') throw error
      console.warn(`worker: trigger ${found.id} failed (${causeWords(error)})`)
    }
  return fired
}

/** After so long a cause may set the same trigger off again; none comes back so late. */
export async function forgetOldFirings(tx: Tx): Promise<void> {
  await tx.delete(firings).where(sql`${firings.at} < now() - ${KEPT}`)
}

async function watchOne(tx: Tx, queue: Queue, { id, workspace_id: workspaceId }: Found, due: ReturnType<typeof sql>) {
  const [trigger] = await tx
    .select()
    .from(triggers)
    .where(and(eq(triggers.id, id), isNull(triggers.pausedAt)))
    .for('update', { skipLocked: true })
  if (!trigger) return 0
  const ctx = { tx, queue, workspaceId, requestId: newId() }
  const causes = await causesOf(tx, trigger, due)
  let fired = 0
  for (const cause of causes) if (!(await fire(ctx, trigger, cause)).replayed) fired += 1
  return fired
}

function causesOf(tx: Tx, trigger: TriggerRow, due: ReturnType<typeof sql>): Promise<Cause[]> {
  const { config } = trigger
  if (config.kind === 'schedule') return slotOf(tx, trigger, config, due)
  if (config.kind === 'document') return documentsSince(tx, trigger, config)
  if (config.kind === 'task') return tasksSince(tx, trigger, config)
  return Promise.resolve([])
}

type ConfigOf<Kind> = Extract<TriggerRow['config'], { kind: Kind }>

/** However many slots were missed, the oldest of them fires, once, and the next is in the future. */
async function slotOf(
  tx: Tx,
  trigger: TriggerRow,
  config: ConfigOf<'schedule'>,
  due: ReturnType<typeof sql>,
): Promise<Cause[]> {
  const { rows } = await tx.execute<{ now: string }>(sql`
    select to_char(${due} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`)
  const now = new Date(rows[0]?.now ?? '')
  const slot = trigger.nextAt
  if (slot === null || slot > now) return []
  const [next] = nextTimes(config, now, 1)
  // One whose last time has come rests until somebody changes it.
  const rests = next === undefined ? { pausedAt: sql`now()` } : { nextAt: next }
  await tx.update(triggers).set(rests).where(eq(triggers.id, trigger.id))
  return [{ key: slot.toISOString(), words: slot.toISOString(), text: config.text, title: trigger.title }]
}

async function documentsSince(tx: Tx, trigger: TriggerRow, { named }: ConfigOf<'document'>): Promise<Cause[]> {
  const { rows } = await tx.execute<{ id: string; name: string }>(sql`
    select d.id, d.name from documents d
    where d.workspace_id = ${trigger.workspaceId} and d.status = 'ready' and d.finished_at > ${since(trigger)}
      and (${named}::text is null or strpos(lower(d.name), lower(${named}::text)) > 0)
      and ${notFired(trigger, sql`d.id::text`)}
    order by d.finished_at, d.id limit ${AT_ONCE}`)
  await look(tx, trigger, rows)
  return rows.map(({ id, name }) => ({ key: id, words: name, text: { document: id } }))
}

/** Steps of workflows do not count: a workflow would start itself. Nor do tests of steps. */
async function tasksSince(tx: Tx, trigger: TriggerRow, { worker, event }: ConfigOf<'task'>): Promise<Cause[]> {
  const { rows } = await tx.execute<{ id: string; title: string; text: string | null }>(sql`
    select t.id, t.title, x.body as text from events e
    join tasks t on t.id = e.task_id and t.workspace_id = e.workspace_id
    left join texts x on x.workspace_id = t.workspace_id and x.sha256 = t.text_sha256
    where e.workspace_id = ${trigger.workspaceId} and e.type = ${event} and e.at > ${since(trigger)}
      and t.worker = ${worker} and t.run_id is null
      and not exists (select from step_tests s where s.task_id = t.id) and ${notFired(trigger, sql`t.id::text`)}
    order by e.at, t.id limit ${AT_ONCE}`)
  await look(tx, trigger, rows)
  return rows.map(({ id, title, text }) => ({
    key: id,
    words: title,
    title,
    text: text ?? { refusal: 'The text of the task is not kept any more.' },
  }))
}

function since({ seenAt, fromAt }: TriggerRow) {
  return sql`greatest(${seenAt?.toISOString() ?? null}::timestamptz - ${OVERLAP}, ${fromAt.toISOString()}::timestamptz)`
}

function notFired(trigger: TriggerRow, key: ReturnType<typeof sql>) {
  return sql`not exists (select from firings f where f.trigger_id = ${trigger.id} and f.key = ${key})`
}

/** As far as was looked, not each second anew; with more than can be taken at once the rest is found at the next look. */
async function look(tx: Tx, trigger: TriggerRow, found: readonly unknown[]): Promise<void> {
  if (found.length === AT_ONCE) return
  const seen = and(eq(triggers.id, trigger.id), lt(triggers.seenAt, sql`now() - interval '5 seconds'`))
  await tx
    .update(triggers)
    .set({ seenAt: sql`now()` })
    .where(seen)
}
