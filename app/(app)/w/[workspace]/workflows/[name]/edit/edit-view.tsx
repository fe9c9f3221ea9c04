'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { useMedia } from '#app/_ui/media.ts'
import { type ActionError, type ActionResult, runAction } from '#app/_ui/run-action.ts'
import { PageTitle } from '#app/_ui/shell/page-title.tsx'
import { notify } from '#app/_ui/toast.tsx'
import { LeaveQuestion } from '#app/_ui/leave-question.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import { nameOf, stepsOf, textOf } from '#lib/workflows/draft/read.ts'
import type { WorkflowDetail, WorkflowVersion } from '#lib/workflows/stored/shapes.ts'
import type { CatalogueWorker, ConnectedModel } from '../../../tasks/new/catalogue.ts'
import { ChecksPanel } from './checks-panel.tsx'
import { download } from './download.ts'
import { type Editor, EditorContext, type NamedWorkflow } from './editor-context.ts'
import { EditorHeader, type EditorView } from './editor-header.tsx'
import { EditorMain, MOST_DRAWN } from './editor-main.tsx'
import { type Finding, findingsOn } from './findings.ts'
import { focusField } from './focus-field.ts'
import { Inspector } from './inspector/inspector.tsx'
import { Palette } from './palette.tsx'
import { StepTest } from './step-test/step-test.tsx'
import { testedSteps } from './step-test/tested-steps.ts'
import { byStep, placedIssues } from './step-issues.ts'
import { useEditorState } from './use-editor-state.ts'
import { type SaveDraft, type UsedOutputs, useSavedDraft } from './use-saved-draft.ts'
import { loadYaml, useYaml } from './use-yaml.ts'
import { VersionsPanel } from './versions-panel.tsx'
import { goToLine } from './yaml-view.tsx'

type Props = {
  workflow: WorkflowDetail
  versions: readonly WorkflowVersion[]
  workers: readonly CatalogueWorker[]
  /** What a step can run. */
  workflows: readonly NamedWorkflow[]
  model: ConnectedModel | null
  outputs: UsedOutputs
  save: SaveDraft
  publish: (
    workspace: string,
    input: { name: string; request: { revision: number; note?: string } },
  ) => Promise<ActionResult<{ version: number }>>
}

/** A workflow as a graph, a list and a text: one state, checked and saved while it is changed. */
export function EditView({ workflow, versions, workers, workflows, model, outputs, save, publish }: Props) {
  const workspace = useWorkspace()
  const router = useRouter()
  const area = useRef<HTMLTextAreaElement>(null)
  const narrow = useMedia('(max-width: 47.99rem)')
  const [chosenView, setView] = useState<EditorView | null>(null)
  const [publishing, setPublishing] = useState(false)
  const [refused, setRefused] = useState<ActionError | null>(null)
  const [wanted, setWanted] = useState<{ path: string; inspect: boolean } | null>(null)
  const { first, state, dispatch } = useEditorState(workflow.draft, { typesText: chosenView === 'yaml' })
  const { draft, text, problem, selected } = state.now
  // A graph needs room, and a large one is no picture.
  const view = chosenView ?? (narrow || stepsOf(first).length > MOST_DRAWN ? 'list' : 'graph')
  const inline = narrow && view === 'list'
  const refusal = workspace.whyNot('workflow.change')
  const { saved, changed, busy, error, saveOver } = useSavedDraft(
    draft,
    { workspace: workspace.slug, name: workflow.name, save, enabled: refusal === null },
    { draft: first, revision: workflow.revision, issues: workflow.issues, outputs },
  )
  const title = textOf(draft, 'title') || workflow.title
  const issues = placedIssues(saved.issues, saved.draft, draft)
  const whole = issues.filter(({ index }) => index === null)

  const go = (index: number | null, path: string) => {
    dispatch({ do: 'select', index })
    setWanted({ path, inspect: true })
  }
  const editor: Editor = {
    draft,
    selected,
    issues: byStep(issues),
    workflowError: (path) => whole.find((issue) => issue.path === path)?.message ?? null,
    locked: refusal ?? (problem === null ? null : 'The YAML has a mistake. Mend it first, or undo.'),
    workers,
    workflows,
    model,
    known: {
      worker: (name) => workers.find((worker) => worker.name === name)?.output ?? null,
      workflow: (name) => saved.outputs[name] ?? null,
    },
    edit: (edit) => dispatch({ do: 'edit', edit }),
    select: (index) => dispatch({ do: 'select', index }),
    settle: () => dispatch({ do: 'settle' }),
    go,
  }
  const yaml = useYaml(view === 'yaml')
  const shown = view === 'yaml' ? (text ?? yaml?.writeDraft(draft) ?? null) : null
  const findings: Finding[] = problem
    ? [{ ...NO_YAML, message: problem.message, line: problem.line ?? 1 }]
    : findingsOn(draft, issues, yaml && shown !== null ? (paths) => yaml.linesOf(shown, paths) : null, {
        known: editor.known,
        workers: workers.map(({ name }) => name),
        workflows: workflows.map(({ name }) => name),
      })

  function goTo(line: number) {
    setView('yaml')
    setWanted({ path: String(line), inspect: false })
  }
  useEffect(() => {
    if (wanted === null) return
    if (wanted.inspect) focusField(wanted.path)
    else goToLine(area.current, Number(wanted.path))
  }, [wanted])

  const whyNot =
    refusal ??
    (problem
      ? 'This is not YAML yet.'
      : error?.code === 'stale_draft'
        ? 'Another person has saved meanwhile.'
        : changed
          ? 'It is being saved.'
          : issues.length > 0
            ? 'Correct what is listed first.'
            : null)

  /** Back to what was opened. */
  function close(index: number | null) {
    dispatch({ do: 'select', index: null })
    document.querySelector<HTMLElement>(`[data-step="${index}"], [data-card="${index}"]`)?.focus()
  }

  async function send() {
    setPublishing(true)
    setRefused(null)
    const request = { revision: saved.revision }
    const answer = await runAction(() => publish(workspace.slug, { name: workflow.name, request }))
    setPublishing(false)
    if (!answer.ok) return setRefused(answer.error)
    const { version } = answer.data
    const changes = { label: 'What changed', run: () => router.push(compare(version - 1, version)) }
    notify(`Version ${version} is published; runs begin with it from now on`, version === 1 ? {} : { action: changes })
    router.refresh()
  }
  const compare = (from: number, to: number | 'draft') =>
    workspace.path(`/workflows/${workflow.name}/compare?from=${from}&to=${to}`) as Route
  const step = (list: typeof state.past, action: 'undo' | 'redo') => {
    const last = list.at(-1)
    return last ? { what: last.what, run: () => dispatch({ do: action }) } : null
  }

  return (
    <EditorContext value={editor}>
      <div className="fit-page flex flex-col min-w-0" data-rail="icons">
        <PageTitle title={title} tab={`Edit ${title} - Baton`} />
        <EditorHeader
          title={title}
          version={workflow.version}
          saved={saved}
          saving={busy ? 'busy' : changed || problem ? 'changed' : 'saved'}
          view={view}
          onView={setView}
          undo={step(state.past, 'undo')}
          redo={step(state.future, 'redo')}
          errors={findings.filter(({ tone }) => tone === 'error').length}
          comparePath={workflow.version === null ? null : compare(workflow.version, 'draft')}
          test={
            <StepTest
              workflow={workflow.name}
              steps={testedSteps(draft)}
              selected={selected === null ? null : nameOf(stepsOf(draft)[selected] ?? {})}
              whyNot={problem ? 'This is not YAML yet.' : changed || error ? 'Only what is saved can be tried.' : null}
            />
          }
          runPath={workflow.version === null ? null : workspace.path(`/workflows/${workflow.name}`)}
          onDownload={() =>
            void loadYaml().then(({ writeDraft }) => download(`${workflow.name}.yaml`, text ?? writeDraft(draft)))
          }
          publishing={publishing}
          whyNot={whyNot}
          onPublish={() => void send()}
        />
        {refused ? <ActionNote error={refused} /> : null}
        {error ? (
          <ActionNote
            error={error}
            actions={
              error.code === 'stale_draft' ? (
                <>
                  <Button size="sm" onClick={() => window.location.reload()}>
                    Load theirs
                  </Button>
                  <Button size="sm" onClick={saveOver}>
                    Save over it
                  </Button>
                </>
              ) : null
            }
          />
        ) : null}
        <div className="flex-1 min-h-0 grid grid-cols-1 lg:grid-cols-[172px_minmax(0,1fr)] xl:grid-cols-[172px_minmax(0,1fr)_344px] fit-grid">
          <div className="min-w-0 border-line lg:border-r max-lg:border-b flex flex-col justify-between fit-pane">
            <Palette />
            <div className="max-lg:hidden">
              <VersionsPanel versions={versions} comparePath={(version) => compare(version, 'draft')} />
            </div>
          </div>
          <div className="min-w-0 flex flex-col min-h-0">
            <EditorMain
              view={view}
              onView={setView}
              text={shown}
              area={area}
              readOnly={refusal !== null}
              invalid={problem !== null || issues.length > 0}
              onText={(typed) => {
                if (yaml) dispatch({ do: 'type', text: typed, read: yaml.readDraft(typed) })
              }}
              inline={inline}
              inspect={() => setWanted({ path: 'title', inspect: true })}
            />
            <ChecksPanel
              findings={findings}
              checking={changed}
              onGo={({ index, path, line }) => (line === null ? go(index, path) : goTo(line))}
            />
          </div>
          {inline && selected !== null ? null : (
            <div className="min-w-0 min-h-0 flex flex-col border-line xl:border-l max-xl:border-t max-xl:col-span-full">
              <Inspector onClose={() => close(selected)} />
            </div>
          )}
          <div className="lg:hidden">
            <VersionsPanel versions={versions} comparePath={(version) => compare(version, 'draft')} />
          </div>
        </div>
      </div>
      <LeaveQuestion
        active={problem !== null || error !== null}
        title="Leave without saving?"
        description="What was typed last is not saved: it cannot be read as YAML, or the server did not take it."
      />
    </EditorContext>
  )
}

const NO_YAML = { tone: 'error', index: null, path: '', about: 'The YAML cannot be read', fix: null } as const
