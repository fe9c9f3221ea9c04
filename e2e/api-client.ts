// A workspace of its own with an owner and an API key, for whoever speaks to a stack over HTTP.
import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { createApiKey } from '#lib/access/keys.ts'
import { users } from '#lib/db/auth-schema.ts'
import { asWorkspace, openDatabase } from '#lib/db/client.ts'
import { openQueue } from '#lib/queue.ts'
import { createWorkspace } from '#lib/workspaces/create.ts'

export type ApiClient = { baseUrl: string; workspace: string; workspaceId: string; apiKey: string }

export async function newClient(ownerUrl: string, baseUrl: string, name: string): Promise<ApiClient> {
  const opened = openDatabase(ownerUrl, 'baton_app', { max: 2 })
  try {
    const owner = { id: uuidv7(), name: 'Prover', email: `prover-${randomBytes(6).toString('hex')}@example.com` }
    await opened.db.insert(users).values(owner)
    const workspace = await createWorkspace(opened.db, { name, ownerId: owner.id })
    const queue = await openQueue(opened)
    const { secret } = await asWorkspace(opened.db, workspace.id, (tx) =>
      createApiKey(
        {
          tx,
          queue,
          workspaceId: workspace.id,
          actor: { kind: 'user', id: owner.id, name: owner.name },
          access: { role: 'owner', operator: false },
          requestId: 'prove',
        },
        { name: 'prove', scopes: ['run', 'read'] },
      ),
    )
    await queue.close()
    return { baseUrl, workspace: workspace.slug, workspaceId: workspace.id, apiKey: secret }
  } finally {
    await opened.close()
  }
}
