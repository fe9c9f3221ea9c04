'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import type { Role } from '#lib/access/actor.ts'
import type { Check } from '#lib/setup/self-check.ts'
import type { Sample as SampleDocument } from '#lib/workspaces/samples.ts'
import { Panel } from '#app/_ui/panel.tsx'
import { ChecksPanel } from './checks-panel.tsx'
import { DocumentPanel } from './document-panel.tsx'
import { headingOf } from './heading.ts'
import { type Sample, SamplesPanel } from './samples-panel.tsx'

const WHILE_RUNNING_MS = 1_500

export type SetupProps = {
  checks: Check[]
  samples: Sample[]
  document: SampleDocument
  person: { name: string; email: string }
  workspace: { slug: string; name: string; role: Role }
  /** Where texts go when a task uses the model; null while the built-in engine does everything. */
  modelHost: string | null
  mayRun: boolean
}

export function SetupView({ checks, samples, document, person, workspace, modelHost, mayRun }: SetupProps) {
  const router = useRouter()
  const running = samples.some(({ task }) => task?.status === 'pending' || task?.status === 'in_progress')
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => router.refresh(), WHILE_RUNNING_MS)
    return () => clearInterval(timer)
  }, [running, router])
  return (
    <div className="flex-1 w-full max-w-[1120px] mx-auto px-4 md:px-6 pt-2 md:pt-6 pb-6 flex flex-col gap-5">
      <div>
        <h1 className="text-20">{headingOf(checks, samples)}</h1>
        <p className="text-soft mt-0.5">
          {modelHost
            ? `Texts go to ${modelHost} when a task uses the model; the samples below never do.`
            : 'No key, no account elsewhere, and nothing leaves this server.'}
        </p>
      </div>
      <div className="grid gap-4 lg:grid-cols-[360px_minmax(0,1fr)] items-start">
        <div className="flex flex-col gap-4 min-w-0">
          <ChecksPanel checks={checks} />
          <Panel title="You">
            <div className="p-3.5">
              <p className="font-medium break-words">{person.name}</p>
              <p className="text-12 text-soft break-words">{person.email}</p>
              <dl className="grid gap-2 mt-3">
                <Row term="Workspace">{workspace.name}</Row>
                <Row term="Role">{capital(workspace.role)}</Row>
              </dl>
            </div>
          </Panel>
        </div>
        <div className="flex flex-col gap-4 min-w-0">
          <DocumentPanel document={document} />
          <SamplesPanel samples={samples} workspace={workspace.slug} mayRun={mayRun} />
        </div>
      </div>
    </div>
  )
}

function Row({ term, children }: { term: string; children: string }) {
  return (
    <div className="flex justify-between gap-3">
      <dt className="text-soft">{term}</dt>
      <dd className="font-medium min-w-0 break-words text-right">{children}</dd>
    </div>
  )
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
