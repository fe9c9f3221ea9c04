'use client'

import { Download, GitCompareArrows, Play, Upload } from 'lucide-react'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useId, useRef, useState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { type ActionError, type ActionResult, runAction } from '#app/_ui/run-action.ts'
import { PageTitle } from '#app/_ui/shell/page-title.tsx'
import { notify } from '#app/_ui/toast.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { FieldIssue } from '#lib/errors.ts'
import type { WorkflowDetail, WorkflowVersion } from '#lib/workflows/stored/shapes.ts'
import { MiniGraph } from '../../mini-graph.tsx'
import { DraftProblems } from './draft-problems.tsx'
import { type SaveDraft, useSavedDraft } from './use-saved-draft.ts'
import { writeDraft } from '#lib/workflows/stored/yaml-draft.ts'

type Props = {
  workflow: WorkflowDetail
  versions: readonly WorkflowVersion[]
  save: SaveDraft
  publish: (
    workspace: string,
    input: { name: string; request: { revision: number; note?: string } },
  ) => Promise<ActionResult<{ version: number }>>
}

/** A workflow as YAML: what is wrong with it beside it, saved while it is typed, published when it is right. */
export function EditView({ workflow, versions, save, publish }: Props) {
  const workspace = useWorkspace()
  const router = useRouter()
  const area = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  const [publishing, setPublishing] = useState(false)
  const [refused, setRefused] = useState<ActionError | null>(null)
  const draft = useSavedDraft(
    { workspace: workspace.slug, name: workflow.name, save },
    { text: writeDraft(workflow.draft), revision: workflow.revision, issues: workflow.issues },
  )
  const title =
    'draft' in draft.read && typeof draft.read.draft['title'] === 'string' ? draft.read.draft['title'] : workflow.title
  const issues: readonly FieldIssue[] = draft.changed ? [] : draft.saved.issues
  const refusal = workspace.whyNot('workflow.change')
  const whyNot =
    refusal ??
    ('problem' in draft.read
      ? 'This is not YAML yet.'
      : draft.changed
        ? 'It is being saved.'
        : issues.length > 0
          ? 'Correct what is listed first.'
          : null)

  async function send() {
    setPublishing(true)
    setRefused(null)
    const request = { revision: draft.saved.revision }
    const answer = await runAction(() => publish(workspace.slug, { name: workflow.name, request }))
    setPublishing(false)
    if (!answer.ok) return setRefused(answer.error)
    const { version } = answer.data
    notify(`Version ${version} is published; runs begin with it from now on`, {
      ...(version === 1
        ? {}
        : { action: { label: 'What changed', run: () => router.push(compare(version - 1, version)) } }),
    })
    router.refresh()
  }

  function compare(from: number, to: number | 'draft') {
    return workspace.path(`/workflows/${workflow.name}/compare?from=${from}&to=${to}`) as Route
  }

  function goTo(line: number) {
    const field = area.current
    if (!field) return
    const before = draft.text
      .split('\n')
      .slice(0, line - 1)
      .join('\n')
    const start = line === 1 ? 0 : before.length + 1
    field.focus()
    field.setSelectionRange(
      start,
      draft.text.indexOf('\n', start) === -1 ? draft.text.length : draft.text.indexOf('\n', start),
    )
    field.scrollTop = Math.max(0, (line - 4) * LINE_PX)
  }

  return (
    <div className="page flex flex-col gap-4">
      <PageTitle title={title} tab={`Edit ${title} - Baton`} />
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="text-20 [overflow-wrap:anywhere]">{title}</h1>
          <p className="text-soft mt-0.5" aria-live="polite">
            {workflow.version === null ? 'Not published yet' : `Version ${workflow.version} runs`}
            {'. '}
            {draft.busy ? 'Saving …' : draft.changed ? 'Not saved yet.' : `Draft ${draft.saved.revision} is saved.`}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button icon={<Download aria-hidden />} onClick={() => download(`${workflow.name}.yaml`, draft.text)}>
            YAML
          </Button>
          {workflow.version === null ? null : (
            <ButtonLink icon={<GitCompareArrows aria-hidden />} href={compare(workflow.version, 'draft')}>
              Changes since {workflow.version}
            </ButtonLink>
          )}
          {workflow.version === null ? null : (
            <ButtonLink icon={<Play aria-hidden />} href={workspace.path(`/workflows/${workflow.name}`)}>
              Run
            </ButtonLink>
          )}
          <Button
            kind="primary"
            icon={<Upload aria-hidden />}
            busy={publishing}
            disabledReason={whyNot}
            onClick={() => void send()}
          >
            Publish
          </Button>
        </div>
      </div>
      {refused ? <ActionNote error={refused} /> : null}
      {draft.error ? (
        <ActionNote
          error={draft.error}
          actions={
            draft.error.code === 'stale_draft' ? (
              <>
                <Button size="sm" onClick={() => window.location.reload()}>
                  Load theirs
                </Button>
                <Button size="sm" onClick={draft.saveOver}>
                  Save over it
                </Button>
              </>
            ) : null
          }
        />
      ) : null}
      <div className="grid grid-cols-1 gap-4 items-start lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="min-w-0">
          <label htmlFor={id} className="label">
            Definition in YAML
          </label>
          <textarea
            ref={area}
            id={id}
            className="area mono w-full h-[70vh] mt-1 whitespace-pre overflow-auto"
            style={{ lineHeight: `${LINE_PX}px` }}
            spellCheck={false}
            readOnly={refusal !== null}
            aria-invalid={'problem' in draft.read || issues.length > 0}
            value={draft.text}
            onChange={(event) => draft.change(event.target.value)}
          />
        </div>
        <div className="flex flex-col gap-4 min-w-0">
          <DraftProblems text={draft.text} read={draft.read} issues={issues} checking={draft.changed} onGo={goTo} />
          <Picture draft={draft.read} />
          <Panel title="Versions" count={versions.length}>
            {versions.length === 0 ? (
              <p className="p-3.5 text-soft">None yet. Publishing makes the first.</p>
            ) : (
              <ol>
                {versions.map(({ version, publishedBy, publishedAt, definition, note }) => (
                  <li key={version} className="flex items-center gap-3 px-3.5 py-2 border-t border-line">
                    <span className="min-w-0 flex-1">
                      <span className="font-medium">Version {version}</span>
                      <span className="block text-12 text-soft truncate">
                        {publishedBy}, <DateTime at={publishedAt} />
                        {note === '' ? '' : `, ${note}`}
                      </span>
                    </span>
                    <ButtonLink
                      size="sm"
                      kind="ghost"
                      href={compare(version, 'draft')}
                      aria-label={`Compare version ${version} with the draft`}
                    >
                      Compare
                    </ButtonLink>
                    <Button size="sm" disabledReason={refusal} onClick={() => draft.change(writeDraft(definition))}>
                      Take back
                    </Button>
                  </li>
                ))}
              </ol>
            )}
          </Panel>
        </div>
      </div>
    </div>
  )
}

const LINE_PX = 20

type Drawn = Parameters<typeof MiniGraph>[0]['steps'][number]

/** As far as its steps can be drawn. */
function Picture({ draft }: { draft: ReturnType<typeof useSavedDraft>['read'] }) {
  const given = 'draft' in draft && Array.isArray(draft.draft['steps']) ? (draft.draft['steps'] as unknown[]) : []
  const steps = given.flatMap((step): Drawn[] => {
    const { name, title, kind, worker, needs } = (step ?? {}) as Record<string, unknown>
    if (typeof name !== 'string' || typeof kind !== 'string') return []
    return [
      {
        name,
        title: typeof title === 'string' ? title : name,
        kind: kind as Drawn['kind'],
        ...(typeof worker === 'string' ? { worker } : {}),
        needs: Array.isArray(needs) ? needs.filter((need) => typeof need === 'string') : [],
      },
    ]
  })
  if (steps.length === 0 || steps.length > 60) return null
  return (
    <Panel title="Picture">
      <div className="bg-well rounded-b-md overflow-hidden">
        <MiniGraph steps={steps} />
      </div>
    </Panel>
  )
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1_000)
}
