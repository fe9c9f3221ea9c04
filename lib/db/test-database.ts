// A database of its own for a test or a test file, copied from the migrated template: locks and notifications are per
// database, so tests run side by side.
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { inject } from 'vitest'
import type { Access } from '#lib/access/actor.ts'
import type { Ctx } from '#lib/context.ts'
import type { Queue } from '#lib/queue.ts'
import { members, users, workspaces } from './auth-schema.ts'
import { openDatabase, type OpenDatabase, type Tx } from './client.ts'
import { databaseUrl } from './test-server.ts'

export type TestWorkspace = {
  id: string
  name: string
  slug: string
  owner: { id: string; name: string; email: string }
}

export type TestDatabase = {
  /** The login that owns the database: for the migrator, and for processes that set their role themselves. */
  url: string
  app: OpenDatabase
  worker: OpenDatabase
  /** A superuser's, past every policy: to look at rows, never to act. */
  admin: pg.Pool
  /** A new workspace with an owner. */
  workspace: (name?: string) => Promise<TestWorkspace>
  /** The context of the workspace's owner, or of `access` when given. */
  ctx: (tx: Tx, workspace: TestWorkspace, queue?: Queue, access?: Access) => Ctx
  drop: () => Promise<void>
}

export async function testDatabase(): Promise<TestDatabase> {
  const server = inject('server')
  const name = `${server.login}_${randomBytes(5).toString('hex')}`
  const maintenance = new pg.Client({ connectionString: server.superuserUrl })
  await maintenance.connect()
  await maintenance.query(`create database ${name} template ${server.template} owner ${server.login}`)
  await maintenance.end()
  const url = databaseUrl(server, name)
  const adminUrl = new URL(server.superuserUrl)
  adminUrl.pathname = `/${name}`
  const admin = new pg.Pool({ connectionString: adminUrl.href, max: 3 })
  admin.on('error', () => {})
  const app = openDatabase(url, 'baton_app')
  const worker = openDatabase(url, 'baton_worker')
  return {
    url,
    app,
    worker,
    admin,
    workspace: (title = 'Test') => createWorkspace(app, title),
    ctx: (tx, workspace, queue, access = { role: 'owner', operator: true }) => ({
      tx,
      queue: queue ?? (undefined as unknown as Queue),
      workspaceId: workspace.id,
      actor: { kind: 'user', id: workspace.owner.id, name: workspace.owner.name },
      access,
      requestId: 'test',
    }),
    drop: async () => {
      await Promise.all([app.close(), worker.close(), admin.end()])
      const client = new pg.Client({ connectionString: server.superuserUrl })
      await client.connect()
      await client.query(`drop database if exists ${name} with (force)`)
      await client.end()
    },
  }
}

async function createWorkspace({ db }: OpenDatabase, name: string): Promise<TestWorkspace> {
  const id = uuidv7()
  const owner = { id: uuidv7(), name: 'Ada', email: `${id}@example.com` }
  const workspace = { id, name, slug: `test-${id.slice(-12)}` }
  await db.transaction(async (tx) => {
    await tx.insert(users).values({ ...owner, operator: true })
    await tx.insert(workspaces).values(workspace)
    await tx.insert(members).values({ id: uuidv7(), organizationId: id, userId: owner.id, role: 'owner' })
  })
  return { ...workspace, owner }
}
