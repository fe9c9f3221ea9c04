// Playwright's global setup: the production build with web, worker, Postgres and a scripted model server as processes
// of their own, as after a first start: an owner, a workspace and its six sample tasks.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '#lib/db/client.ts'
import { openQueue } from '#lib/queue.ts'
import { ensureFirstRun } from '#lib/workspaces/first-run.ts'
import { OWNER } from './fixtures.ts'
import { startStack } from './stack.ts'

export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-e2e-'))
  await chmod(folder, 0o711)
  const stack = await startStack({ folder })
  const opened = openDatabase(stack.databaseUrl, 'baton_app', { max: 2 })
  const queue = await openQueue(opened)
  const first = await ensureFirstRun({ db: opened.db, queue }, OWNER)
  await queue.close()
  await opened.close()
  // Playwright hands its environment on to the processes that run the stories.
  process.env['BATON_E2E'] = JSON.stringify({
    baseUrl: stack.baseUrl,
    databaseUrl: stack.databaseUrl,
    modelUrl: stack.model.url,
    ownerWorkspace: first?.workspace,
  })
  return async () => {
    await stack.close()
    await rm(folder, { recursive: true, force: true })
  }
}
