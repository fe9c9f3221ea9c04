import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { may } from '#lib/access/policy.ts'
import { modelSettings } from '#lib/env.ts'
import { selfCheck } from '#lib/setup/self-check.ts'
import { workerNamed } from '#lib/workers/registry.ts'
import { latestSamples } from '#lib/workspaces/first-run.ts'
import { FIRST_SAMPLE } from '#lib/workspaces/samples.ts'
import { currentWorkspace } from '#app/_server/current-workspace.ts'
import { openedDatabase } from '#app/_server/server.ts'
import { inWorkspace, requireUser } from '#app/_server/session.ts'
import { PlainFrame } from '#app/_ui/plain-frame.tsx'
import { AccountMenu } from '#app/_ui/shell/account-menu.tsx'
import { SetupHelp } from './setup-help.tsx'
import { SetupView } from './setup-view.tsx'

export const metadata: Metadata = { title: 'Set-up check' }

export default async function SetupPage() {
  const user = await requireUser()
  const home = await currentWorkspace()
  if (!home) redirect('/account')
  const { checks, samples, mayRun } = await inWorkspace(home.slug, async (ctx) => ({
    checks: await selfCheck(ctx, openedDatabase()),
    samples: await latestSamples(ctx),
    mayRun: may(ctx.access, 'task.submit'),
  }))
  const host = (await headers()).get('host')
  return (
    <PlainFrame
      tools={<SetupHelp />}
      account={<AccountMenu person={{ name: user.name, email: user.email }} />}
      footer={<span>{host}</span>}
    >
      <SetupView
        checks={checks}
        samples={samples.map(({ worker, task }) => ({ worker, ...describe(worker), task }))}
        document={FIRST_SAMPLE}
        person={{ name: user.name, email: user.email }}
        workspace={{ slug: home.slug, name: home.name, role: home.role }}
        modelHost={modelSettings()?.endpointHost ?? null}
        mayRun={mayRun}
      />
    </PlainFrame>
  )
}

function describe(worker: string): { title: string; summary: string } {
  const { title, summary } = workerNamed(worker)
  return { title, summary }
}
