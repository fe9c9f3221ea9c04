// A workspace with a real queue, for tests of the verbs.
import type { Access } from '#lib/access/actor.ts'
import type { Ctx } from '#lib/context.ts'
import { asWorkspace } from '#lib/db/client.ts'
import { testDatabase, type TestDatabase, type TestWorkspace } from '#lib/db/test-database.ts'
import { openQueue, type Queue } from '#lib/queue.ts'
import type { SubmitRequest } from './requests.ts'
import type { TaskDetail } from './shapes.ts'
import { submitTask } from './submit.ts'

export type Tested = {
  database: TestDatabase
  queue: Queue
  workspace: TestWorkspace
  /** One transaction as the workspace's owner, or with `access`, or in another workspace. */
  act: <Result>(
    work: (ctx: Ctx) => Promise<Result>,
    options?: { access?: Access; workspace?: TestWorkspace },
  ) => Promise<Result>
  submit: (request?: Partial<SubmitRequest>, workspace?: TestWorkspace) => Promise<TaskDetail>
  /** Events of a task, as `1 submitted`. */
  history: (id: string) => Promise<string[]>
  /** State of its ticket in any queue, null without one. */
  ticket: (id: string) => Promise<string | null>
  drop: () => Promise<void>
}

export async function testWorkspace(): Promise<Tested> {
  const database = await testDatabase()
  const queue = await openQueue(database.app)
  const workspace = await database.workspace()
  const act: Tested['act'] = (work, options = {}) => {
    const where = options.workspace ?? workspace
    return asWorkspace(database.app.db, where.id, (tx) => work(database.ctx(tx, where, queue, options.access)))
  }
  return {
    database,
    queue,
    workspace,
    act,
    submit: async (request = {}, where) => {
      const full = { worker: 'summarizer', input: { text: 'A short text.' }, ...request }
      return (await act((ctx) => submitTask(ctx, full), { workspace: where })).task
    },
    history: async (id) => {
      const { rows } = await database.admin.query('select seq, type from events where task_id = $1 order by seq', [id])
      return rows.map((row) => `${row.seq} ${row.type}`)
    },
    ticket: async (id) => {
      const { rows } = await database.admin.query('select state from pgboss.job where id = $1', [id])
      return rows[0]?.state ?? null
    },
    drop: async () => {
      await queue.close()
      await database.drop()
    },
  }
}
