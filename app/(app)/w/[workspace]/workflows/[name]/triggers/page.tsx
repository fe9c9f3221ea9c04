import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { may } from '#lib/access/policy.ts'
import { listTriggers } from '#lib/triggers/queries.ts'
import { WORKERS } from '#lib/workers/registry.ts'
import { findWorkflow, workflowNamed } from '#lib/workflows/stored/find.ts'
import { TriggersPage } from './triggers-page.tsx'

type Props = PageProps<'/w/[workspace]/workflows/[name]/triggers'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspace, name } = await params
  const found = await inWorkspace(workspace, (ctx) => findWorkflow(ctx, name))
  return { title: found ? `Triggers of ${found.definition.title}` : 'Not found' }
}

export default async function Page({ params }: Props) {
  const { workspace, name } = await params
  const { workflow, triggers, maySeeSecret } = await inWorkspace(workspace, async (ctx) => ({
    workflow: (await workflowNamed(ctx, name)).definition,
    triggers: await listTriggers(ctx, name),
    maySeeSecret: may(ctx.access, 'secret.read'),
  }))
  return (
    <TriggersPage
      workflow={{
        name: workflow.name,
        title: workflow.title,
        calls: workflow.steps.some(({ kind }) => kind === 'webhook'),
      }}
      start={triggers}
      workers={WORKERS.map(({ name: value, title }) => ({ value, label: title }))}
      maySeeSecret={maySeeSecret}
    />
  )
}
