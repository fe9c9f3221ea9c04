import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAuth } from '#lib/access/auth.ts'
import { asWorkspace } from '#lib/db/client.ts'
import { tasks } from '#lib/db/schema.ts'
import { testDatabase, type TestDatabase } from '#lib/db/test-database.ts'
import { parseEnv } from '#lib/env.ts'
import { InvalidInput } from '#lib/errors.ts'
import { openQueue, type Queue } from '#lib/queue.ts'
import { WORKER_NAMES } from '#lib/workers/registry.ts'
import { ensureFirstRun } from './first-run.ts'

let database: TestDatabase
let queue: Queue

beforeAll(async () => {
  database = await testDatabase()
  queue = await openQueue(database.app)
})
afterAll(async () => {
  await queue.close()
  await database.drop()
})

describe('the first start', () => {
  test('a refused password makes nothing, and the next start can do it', async () => {
    const attempt = ensureFirstRun({ db: database.app.db, queue }, { email: 'o@example.com', password: 'password1' })
    await expect(attempt).rejects.toBeInstanceOf(InvalidInput)
    const { rows } = await database.admin.query(
      'select (select count(*) from users) + (select count(*) from workspaces) as n',
    )
    expect(rows[0].n).toBe('0')
  })

  test('of several starts at once one makes the owner, the workspace and one task for each worker', async () => {
    const starts = await Promise.all([1, 2, 3].map(() => ensureFirstRun({ db: database.app.db, queue })))
    const made = starts.filter((start) => start !== null)
    expect(made).toHaveLength(1)
    const first = made[0]
    expect(first).toMatchObject({
      ownerEmail: 'owner@baton.local',
      workspace: { name: 'My workspace', slug: 'my-workspace' },
    })
    expect(first?.password).toMatch(/^([2-9a-z]{4}-){4}[2-9a-z]{4}$/)
    expect(first?.taskIds).toHaveLength(WORKER_NAMES.length)
    const rows = await asWorkspace(database.app.db, first?.workspace.id ?? '', (tx) => tx.select().from(tasks))
    expect(rows.map(({ worker }) => worker).toSorted()).toEqual([...WORKER_NAMES].toSorted())
    for (const row of rows) expect(row).toMatchObject({ engine: 'rules', status: 'pending' })
    const { rows: zones } = await database.admin.query('select time_zone from workspaces')
    expect(zones).toEqual([{ time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone }])
    const { rows: owners } = await database.admin.query('select operator from users')
    expect(owners).toEqual([{ operator: true }])

    const settings = parseEnv({ PORT: '4100' })
    const auth = createAuth({ db: database.app.db, secret: 'a secret of at least 32 characters', settings })
    const body = { email: 'Owner@Baton.local', password: first?.password ?? '' }
    expect(await auth.api.signInEmail({ body })).toMatchObject({ user: { email: 'owner@baton.local', operator: true } })
  })

  test('a later start changes nothing', async () => {
    expect(await ensureFirstRun({ db: database.app.db, queue }, { email: 'second@example.com' })).toBeNull()
  })
})
