import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import * as authSchema from './auth-schema.ts'
import * as batchesSchema from './batches-schema.ts'
import * as budgetsSchema from './budgets-schema.ts'
import { asWorkspace, openDatabase } from './client.ts'
import * as deliveriesSchema from './deliveries-schema.ts'
import * as dispatchSchema from './dispatch-schema.ts'
import * as documentsSchema from './documents-schema.ts'
import * as pricesSchema from './prices-schema.ts'
import { refuseUnsafeRole } from './roles.ts'
import * as schema from './schema.ts'
import * as searchSchema from './search-schema.ts'
import { testDatabase, type TestDatabase } from './test-database.ts'
import * as triggersSchema from './triggers-schema.ts'
import * as workflowSchema from './workflow-schema.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

async function names(query: string): Promise<string[]> {
  const { rows } = await database.admin.query<{ name: string }>(query)
  return rows.map((row) => row.name).sort()
}

const OWN = `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace
  and c.relkind in ('r', 'p') and not c.relispartition`

test('every table holds a workspace by its id or is listed as instance-wide', async () => {
  const withWorkspace = await names(
    `${OWN} and exists (select from pg_attribute a where a.attrelid = c.oid and attname = 'workspace_id')`,
  )
  const instance = new Set<string>(schema.INSTANCE_TABLES)
  const others = (await names(OWN)).filter((name) => !instance.has(name))
  expect(others).toEqual(withWorkspace.filter((name) => !instance.has(name)))
  const schemas = {
    ...authSchema,
    ...schema,
    ...deliveriesSchema,
    ...dispatchSchema,
    ...documentsSchema,
    ...searchSchema,
    ...triggersSchema,
    ...workflowSchema,
    ...batchesSchema,
    ...budgetsSchema,
    ...pricesSchema,
  }
  const declared = Object.values(schemas).filter((value) => is(value, PgTable))
  expect(declared.map((table) => getTableName(table)).sort()).toEqual(await names(OWN))
  expect(declared.filter((t) => 'workspaceId' in getTableColumns(t)).length).toBeGreaterThan(8)
})

test('every table of a workspace has forced row-level security with a policy for reading and writing', async () => {
  const walled = await names(`${OWN} and c.relrowsecurity and c.relforcerowsecurity and exists (
    select from pg_policy p where p.polrelid = c.oid and p.polcmd = '*' and p.polwithcheck is not null
    and pg_get_expr(p.polqual, p.polrelid) like '%app.workspace%')`)
  const instance = new Set<string>(schema.INSTANCE_TABLES)
  expect(walled).toEqual((await names(OWN)).filter((name) => !instance.has(name)))
})

test('every reference between tables of a workspace carries the workspace', async () => {
  const wrong = await names(`select conname as name from pg_constraint f
    where contype = 'f' and conparentid = 0
    and exists (select from pg_attribute where attrelid = conrelid and attname = 'workspace_id')
    and exists (select from pg_attribute where attrelid = confrelid and attname = 'workspace_id')
    and not exists (select from pg_attribute where attrelid = conrelid and attname = 'workspace_id' and attnum = any(conkey))`)
  expect(wrong).toEqual([])
  const unbound = await names(`${OWN} and relforcerowsecurity and not exists (
    select from pg_constraint f, pg_attribute a where f.conrelid = c.oid and contype = 'f'
    and a.attrelid = c.oid and attname = 'workspace_id' and attnum = any(conkey))`)
  expect(unbound).toEqual([])
})

test('no role of ours may reach a partition past its table', async () => {
  const reachable =
    await names(`select c.relname as name from pg_class c, unnest(array['baton_app', 'baton_worker', 'baton_search']) role
    where c.relispartition and relnamespace = 'public'::regnamespace and has_table_privilege(role, c.oid, 'select, insert, update, delete')`)
  expect(reachable).toEqual([])
})

test('without a workspace, or with another one, a query sees no rows and a write is refused', async () => {
  const [a, b] = [await database.workspace('A'), await database.workspace('B')]
  const row = { workspaceId: a.id, sha256: Buffer.alloc(32, 1), body: 'a text of A' }
  await asWorkspace(database.app.db, a.id, (tx) => tx.insert(schema.texts).values(row))
  expect(await database.app.db.select().from(schema.texts)).toEqual([])
  expect(await asWorkspace(database.app.db, b.id, (tx) => tx.select().from(schema.texts))).toEqual([])
  expect(await asWorkspace(database.app.db, a.id, (tx) => tx.select().from(schema.texts))).toHaveLength(1)
  const foreign = asWorkspace(database.app.db, b.id, (tx) =>
    tx.insert(schema.texts).values({ ...row, sha256: Buffer.alloc(32, 2) }),
  )
  await expect(causeOf(foreign)).resolves.toMatch('row-level security')
  const homeless = database.app.db.insert(schema.texts).values({ ...row, sha256: Buffer.alloc(32, 3) })
  await expect(causeOf(homeless)).resolves.toMatch('row-level security')
})

test('a connection used again knows nothing of the workspace before', async () => {
  const workspace = await database.workspace()
  const client = await database.app.pool.connect()
  try {
    await client.query(`begin; select set_config('app.workspace', '${workspace.id}', true); commit`)
    expect((await client.query(`select current_setting('app.workspace', true) as left`)).rows).toEqual([{ left: '' }])
    expect((await client.query('select * from texts')).rows).toEqual([])
  } finally {
    client.release()
  }
})

test('the worker serves all workspaces, but does not see their keys without the workspace', async () => {
  const workspace = await database.workspace()
  const row = { workspaceId: workspace.id, sha256: Buffer.alloc(32, 9), body: 'text' }
  await asWorkspace(database.app.db, workspace.id, (tx) => tx.insert(schema.texts).values(row))
  expect((await database.worker.db.select().from(schema.texts)).length).toBeGreaterThan(0)
  await expect(causeOf(database.worker.db.select().from(schema.apiKeys))).resolves.toMatch('permission denied')
  await expect(causeOf(database.worker.db.select().from(authSchema.accounts))).resolves.toMatch('permission denied')
})

test('a role that stands above row-level security is refused at start', async () => {
  await expect(refuseUnsafeRole(database.admin)).rejects.toThrow('is a superuser')
  await refuseUnsafeRole(database.app.pool)
  const unsafe = openDatabase(`${inject('server').superuserUrl}?options=-c%20role%3Dnone`, 'postgres' as 'baton_app')
  await expect(causeOf(unsafe.db.execute('select 1'))).resolves.toMatch('Refusing to serve')
  await unsafe.close()
  await refuseUnsafeRole(database.worker.pool)
})

async function causeOf(work: PromiseLike<unknown>): Promise<string> {
  try {
    await work
    return 'it worked'
  } catch (error) {
    return String(error instanceof Error ? error.cause : error)
  }
}
