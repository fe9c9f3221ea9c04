// What an empty database gets: an owner who can sign in, a workspace, and one task for each worker on a sample text.
import { randomInt } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { createUser, type User } from '#lib/access/users.ts'
import { users } from '#lib/db/auth-schema.ts'
import type { Ctx } from '#lib/context.ts'
import { type Database, enterWorkspace, type Tx } from '#lib/db/client.ts'
import type { Queue } from '#lib/queue.ts'
import { listTasks } from '#lib/tasks/queries.ts'
import type { TaskSummary } from '#lib/tasks/shapes.ts'
import { submitTask } from '#lib/tasks/submit.ts'
import { WORKERS } from '#lib/workers/registry.ts'
import { createWorkspace } from './create.ts'
import { rememberWorkspace, type WorkspaceSummary } from './queries.ts'
import { FIRST_SAMPLE } from './samples.ts'

export const DEFAULT_OWNER_EMAIL = 'owner@baton.local'

export type FirstRun = {
  ownerEmail: string
  /** Only when it was made here: shown once and kept nowhere. */
  password?: string
  workspace: WorkspaceSummary
  taskIds: string[]
}

/**
 * Makes all of it in one transaction, or nothing and returns null when there is an account already. Of several
 * processes that start at once, one does it. The sample tasks always use the built-in engine, which costs nothing.
 * @throws InvalidInput when the password given is refused.
 */
export function ensureFirstRun(
  { db, queue }: { db: Database; queue: Queue },
  owner: { email?: string; password?: string } = {},
): Promise<FirstRun | null> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('baton_first_run'))`)
    if ((await tx.$count(users)) > 0) return null
    const password = owner.password ?? generatedPassword()
    const email = owner.email ?? DEFAULT_OWNER_EMAIL
    const user = await createUser(tx, { name: nameFrom(email), email, password, operator: true })
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const workspace = await createWorkspace(tx, { name: 'My workspace', ownerId: user.id, timeZone })
    await rememberWorkspace(tx, user.id, workspace.id)
    await enterWorkspace(tx, workspace.id)
    const taskIds = await submitSamples(ownerContext(tx, queue, user, workspace))
    return { ownerEmail: user.email, password: owner.password ? undefined : password, workspace, taskIds }
  })
}

/** One task for each worker on the first sample, by the built-in engine. @throws Forbidden */
export async function submitSamples(ctx: Ctx): Promise<string[]> {
  const ids: string[] = []
  for (const worker of WORKERS) {
    const input = { text: FIRST_SAMPLE.text }
    const { task } = await submitTask(ctx, { worker: worker.name, input, title: FIRST_SAMPLE.title, engine: 'rules' })
    ids.push(task.id)
  }
  return ids
}

/** The latest of these tasks of each worker, or null where there is none among the newest hundred tasks. */
export async function latestSamples(ctx: Ctx): Promise<{ worker: string; task: TaskSummary | null }[]> {
  const { items } = await listTasks(ctx, { limit: 100 })
  const latest = (worker: string) => items.find((task) => task.worker === worker && task.title === FIRST_SAMPLE.title)
  return WORKERS.map(({ name }) => ({ worker: name, task: latest(name) ?? null }))
}

function ownerContext(tx: Tx, queue: Queue, user: User, workspace: WorkspaceSummary): Ctx {
  return {
    tx,
    queue,
    workspaceId: workspace.id,
    actor: { kind: 'user', id: user.id, name: user.name },
    access: { role: 'owner', operator: true },
    requestId: 'first-run',
  }
}

/** Five groups of four, without letters that are mistaken for each other: about 99 bits. */
function generatedPassword(): string {
  const letters = '23456789abcdefghjkmnpqrstuvwxyz'
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  return Array.from({ length: 5 }, group).join('-')
}

/** "maya.lindqvist@…" → "Maya Lindqvist". */
function nameFrom(email: string): string {
  const words = (email.split('@')[0] ?? '').split(/[._+-]+/).filter(Boolean)
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ') || 'Owner'
}
