'use client'

import {
  CircleX,
  CloudCheck,
  CloudUpload,
  Download,
  GitCompareArrows,
  List,
  Play,
  Redo2,
  Rocket,
  SquareCode,
  Undo2,
  Workflow,
  PencilLine,
  Ellipsis,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { formatClock, formatQuantity } from '#app/_ui/format.ts'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { Menu, MenuItem } from '#app/_ui/menu.tsx'
import { Segmented } from '#app/_ui/segmented.tsx'
import type { SavedDraft } from './use-saved-draft.ts'

export type EditorView = 'graph' | 'list' | 'yaml'

type Props = {
  title: string
  /** The one that runs; null before the first. */
  version: number | null
  saved: SavedDraft
  saving: 'busy' | 'changed' | 'saved'
  view: EditorView
  onView: (view: EditorView) => void
  /** What each would take back or bring again; null for nothing. */
  undo: { what: string; run: () => void } | null
  redo: { what: string; run: () => void } | null
  errors: number
  comparePath: string | null
  /** The button that tries a step. */
  test: ReactNode
  runPath: string | null
  onDownload: () => void
  publishing: boolean
  /** Why it cannot be published; null when it can. */
  whyNot: string | null
  onPublish: () => void
}

export function EditorHeader(props: Props) {
  const { title, version, saved, saving, view, onView, errors, comparePath, runPath, onDownload, publishing, whyNot } =
    props
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2.5 px-4 md:px-5 py-3 md:min-h-14 border-b border-line shrink-0">
      <div className="flex items-center gap-2.5 min-w-0 max-md:w-full">
        <h1 className="text-16 truncate">{title}</h1>
        <span className="tag">
          <PencilLine className="i-sm" aria-hidden />
          Draft of version {(version ?? 0) + 1}
        </span>
        <output className="text-12 text-soft inline-flex items-center gap-1 whitespace-nowrap max-md:ml-auto">
          {saving === 'saved' ? (
            <CloudCheck className="i-sm text-completed-fg" aria-hidden />
          ) : (
            <CloudUpload className="i-sm" aria-hidden />
          )}
          {saving === 'busy' ? 'Saving …' : saving === 'changed' ? 'Not saved yet' : savedWords(saved)}
        </output>
      </div>
      <span className="flex">
        <History label="Undo" kbd="Z" icon={<Undo2 aria-hidden />} step={props.undo} />
        <History label="Redo" kbd="Y" icon={<Redo2 aria-hidden />} step={props.redo} />
      </span>
      <span className="max-md:w-full max-md:*:w-full! max-md:*:grid! max-md:*:grid-flow-col max-md:*:auto-cols-fr max-md:*:*:justify-center">
        <Segmented<EditorView>
          label="View"
          value={view}
          onChange={onView}
          segments={[
            { value: 'graph', label: 'Graph', icon: <Workflow aria-hidden /> },
            { value: 'list', label: 'List', icon: <List aria-hidden /> },
            { value: 'yaml', label: 'YAML', icon: <SquareCode aria-hidden /> },
          ]}
        />
      </span>
      <span className="flex items-center gap-2 md:ml-auto max-md:w-full max-md:flex-wrap">
        {comparePath === null ? null : (
          <ButtonLink icon={<GitCompareArrows aria-hidden />} href={comparePath} className="max-md:flex-1">
            Changes since {version}
          </ButtonLink>
        )}
        {props.test}
        <Menu
          label="More"
          trigger={
            <button type="button" className="btn btn-secondary btn-icon">
              <Ellipsis aria-hidden />
            </button>
          }
        >
          {runPath === null ? null : (
            <MenuItem icon={<Play aria-hidden />} href={runPath}>
              Run
            </MenuItem>
          )}
          <MenuItem icon={<Download aria-hidden />} onSelect={onDownload}>
            Download as YAML
          </MenuItem>
        </Menu>
        {errors > 0 ? (
          <a
            href="#checks"
            className="inline-flex items-center gap-1 text-12 text-failed-fg font-medium whitespace-nowrap min-h-6"
          >
            <CircleX className="i-sm" aria-hidden />
            {formatQuantity(errors, 'error')} to fix
          </a>
        ) : null}
        <Button
          kind="primary"
          className="max-md:flex-1"
          icon={<Rocket aria-hidden />}
          busy={publishing}
          disabledReason={whyNot}
          aria-describedby={whyNot === null ? undefined : 'publish-why'}
          onClick={props.onPublish}
        >
          Publish version {(version ?? 0) + 1}
        </Button>
        {whyNot === null ? null : (
          <span id="publish-why" className="sr">
            {whyNot}
          </span>
        )}
      </span>
    </div>
  )
}

function savedWords({ revision, at }: SavedDraft): string {
  return at === null ? `Draft ${revision} is saved` : `Saved ${formatClock(at)}`
}

type HistoryProps = {
  label: string
  kbd: string
  icon: ReactNode
  step: { what: string; run: () => void } | null
}

function History({ label, kbd, icon, step }: HistoryProps) {
  return (
    <IconButton
      label={step === null ? label : `${label}: ${step.what}`}
      kbd={`⌘${kbd}`}
      icon={icon}
      disabledReason={step === null ? `Nothing to ${label.toLowerCase()}` : null}
      onClick={() => step?.run()}
    />
  )
}
