// Shows that the checker sees: each planted bug's traces are put into a clean history, and must turn it red.
import type pg from 'pg'
import { check, type Evidence } from './checker.ts'

type Bug = { name: string; caughtBy: string; plant: (evidence: Evidence) => Promise<Evidence> }

const BUGS: Bug[] = [
  { name: 'an accepted task is lost', caughtBy: 'I1', plant: sql(`delete from tasks where id = $1`) },
  {
    name: 'a submission is acknowledged before its commit',
    caughtBy: 'I1',
    plant: async (evidence) => ({ ...evidence, history: [...evidence.history, unwritten(evidence)] }),
  },
  {
    name: 'a key makes a second task',
    caughtBy: 'I1',
    plant:
      sql(`insert into tasks (id, workspace_id, worker, title, options, text_sha256, preview, status, external_id, result)
      select gen_random_uuid(), workspace_id, worker, title, options, text_sha256, preview, 'completed', external_id, '{}'
        from tasks where id = $1`),
  },
  {
    name: 'a task appears that nobody asked for',
    caughtBy: 'I2',
    plant: sql(`update tasks set external_id = 'nobody' where id = $1`),
  },
  {
    name: 'a task ends twice',
    caughtBy: 'I3',
    plant: sql(`insert into events (workspace_id, task_id, seq, type)
      select workspace_id, id, seq + 1, 'completed' from tasks where id = $1`),
  },
  {
    name: 'two attempts completed one task',
    caughtBy: 'I4',
    plant: sql(`insert into attempts (workspace_id, task_id, epoch, outcome)
      select workspace_id, id, epoch + 1, 'completed' from tasks where id = $1`),
  },
  {
    name: 'there is no fence: a stale attempt writes after a newer one',
    caughtBy: 'I5',
    plant: sql(`update events set data = data || '{"epoch": 0}' where task_id = $1 and type = 'completed'`),
  },
  {
    name: 'there is no fence: the attempt that completed was not the newest',
    caughtBy: 'I5',
    plant: sql(`insert into attempts (workspace_id, task_id, epoch, started_at)
      select workspace_id, id, epoch + 1, started_at from tasks where id = $1`),
  },
  {
    name: 'a repeated key is answered with another task',
    caughtBy: 'I6',
    plant: async (evidence) => ({
      ...evidence,
      history: evidence.history.map((operation, index) =>
        index > 0
          ? operation
          : { ...operation, replies: [...operation.replies, { status: 201, taskId: 'another', at: 0 }] },
      ),
    }),
  },
  {
    name: 'a call is missing in the ledger',
    caughtBy: 'I7',
    plant: async (evidence) => {
      await evidence.pool.query('delete from calls where id = $1', [evidence.journal.find((c) => c.callId)?.callId])
      return evidence
    },
  },
  {
    name: 'a call is settled with the wrong tokens',
    caughtBy: 'I7',
    plant: async (evidence) => {
      await evidence.pool.query(`update calls set input_tokens = input_tokens + 1 where state = 'settled'`)
      return evidence
    },
  },
  {
    name: 'an answer that arrived is not in the ledger',
    caughtBy: 'I7',
    plant: async (evidence) => {
      await evidence.pool.query(`update calls set state = 'unknown' where state = 'settled'`)
      return evidence
    },
  },
  {
    name: 'an event is lost',
    caughtBy: 'I9',
    plant: sql(`delete from events where task_id = $1 and seq = 1`),
  },
  {
    name: 'the reconciler is off and a ticket was lost',
    caughtBy: 'I10',
    plant: sql(`update tasks set status = 'pending', finished_at = null where id = $1`),
  },
  {
    name: 'an event lands in another workspace',
    caughtBy: 'I12',
    plant: async (evidence) => {
      await evidence.pool.query(
        `update events set workspace_id = (select id from workspaces where id <> $1 limit 1)
          where task_id = (select id from tasks where workspace_id = $1 limit 1) and seq = 1`,
        [evidence.workspaceId],
      )
      return evidence
    },
  },
  {
    name: 'attempts beyond the limit',
    caughtBy: 'I14',
    plant: sql(`update tasks set attempts_used = 9 where id = $1`),
  },
]

/** Plants each bug in a transaction that is rolled back. Returns a line per bug: caught, or what was missed. */
export async function selfTest(evidence: Evidence): Promise<{ name: string; missed: string | null }[]> {
  const reports: { name: string; missed: string | null }[] = []
  const clean = (await check(evidence)).filter(({ offenders }) => offenders.length > 0)
  reports.push({
    name: 'a good history stays green',
    missed: clean.length > 0 ? clean.map((f) => f.invariant).join() : null,
  })
  for (const bug of BUGS) {
    const client = await evidence.pool.connect()
    try {
      await client.query(`begin; set local session_replication_role = replica`)
      const planted = await bug.plant({ ...evidence, pool: client as unknown as pg.Pool })
      const red = (await check(planted)).filter(({ offenders }) => offenders.length > 0).map((f) => f.invariant)
      reports.push({ name: bug.name, missed: red.includes(bug.caughtBy) ? null : `${bug.caughtBy} stayed green` })
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  return reports
}

function sql(statement: string): Bug['plant'] {
  return async (evidence) => {
    const { rows } = await evidence.pool.query<{ id: string }>(
      `select id from tasks where workspace_id = $1 and status = 'completed' order by id limit 1`,
      [evidence.workspaceId],
    )
    await evidence.pool.query(statement, [rows[0]?.id])
    return evidence
  }
}

function unwritten({ history }: Evidence): Evidence['history'][number] {
  const [first] = history
  if (!first) throw new Error('The history is empty.')
  return { ...first, key: 'never-written', outcome: 'ok', replies: [{ status: 201, taskId: 'never-written', at: 0 }] }
}
