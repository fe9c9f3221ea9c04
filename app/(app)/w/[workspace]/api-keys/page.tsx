import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { listApiKeys } from '#lib/access/keys.ts'
import { may } from '#lib/access/policy.ts'
import { adminNames } from '#lib/workspaces/admins.ts'
import { KeysPage } from './keys-page.tsx'
import { NoPermission } from './no-permission.tsx'

export const metadata: Metadata = { title: 'API keys' }

export default async function Page({ params }: PageProps<'/w/[workspace]/api-keys'>) {
  const { workspace } = await params
  const found = await inWorkspace(workspace, async (ctx) =>
    may(ctx.access, 'key.read')
      ? { keys: await listApiKeys(ctx) }
      : {
          role: ctx.access !== 'system' && 'role' in ctx.access ? ctx.access.role : 'member',
          admins: await adminNames(ctx),
        },
  )
  return 'keys' in found ? <KeysPage start={found.keys ?? []} /> : <NoPermission {...found} />
}
