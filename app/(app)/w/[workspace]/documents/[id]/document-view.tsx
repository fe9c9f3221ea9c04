'use client'

import { Download, FileText, SquarePen, Trash2, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button, ButtonLink, buttonClass } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { Note } from '#app/_ui/note.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import type { ActionError } from '#app/_ui/run-action.ts'
import type { DocumentPage, DocumentSummary, DocumentUses } from '#lib/documents/shapes.ts'
import { MAX_TEXT_LENGTH } from '../../tasks/new/limits.ts'
import { DocumentStatusBadge } from '../document-status.tsx'
import { pageWord, warningsOf } from '../words.ts'
import { AboutPanel } from './about-panel.tsx'
import { FactsStrip } from './facts-strip.tsx'
import { FoundPanel } from './found-panel.tsx'
import { RangeForm } from './range-form.tsx'
import { TextPane } from './text-pane.tsx'
import { type Targets, UseButtons } from './use-buttons.tsx'
import type { Results } from './use-results.ts'
import { UsedIn } from './used-in.tsx'

export type DocumentViewProps = {
  document: DocumentSummary
  /** Those loaded so far. */
  pages: readonly DocumentPage[]
  starts: readonly number[]
  onMore: (() => void) | null
  loadingMore: boolean
  moreError: string | null
  originalHref: string
  uses: DocumentUses
  results: Results
  titleOf: (worker: string) => string
  path: (rest: string) => string
  targets: Targets
  deleteRefusal: string | null
  deleting: boolean
  error: ActionError | null
  onDelete: () => void
}

export function DocumentView(props: DocumentViewProps) {
  const { document, pages, uses, results, targets } = props
  const ready = document.status === 'ready'
  const long = (document.characters ?? 0) > MAX_TEXT_LENGTH
  return (
    <>
      <div className="px-4 md:px-5 xl:px-6 pt-4 md:pt-5 pb-4 border-b border-line">
        <Header {...props} />
        {props.error ? (
          <div className="mt-3">
            <ActionNote error={props.error} />
          </div>
        ) : null}
        <FactsStrip document={document} uses={uses} />
      </div>
      {ready ? (
        <div className="flex-1 flex flex-col md:grid md:grid-cols-[280px_minmax(0,1fr)] xl:grid-cols-[340px_minmax(0,1fr)] min-w-0">
          <div className="max-md:contents min-w-0 md:sticky md:top-12 md:self-start md:max-h-[calc(100dvh-4rem)] md:overflow-y-auto">
            {long ? <RangeForm document={document} starts={props.starts} targets={targets} /> : null}
            <FoundPanel results={results} total={uses.total} titleOf={props.titleOf} path={props.path} />
            <UsedIn document={document} uses={uses} results={results} titleOf={props.titleOf} path={props.path} />
            <AboutPanel document={document} className="px-4 md:px-5 xl:px-6 py-3.5 max-md:order-3" />
          </div>
          <TextPane
            document={document}
            pages={pages}
            results={results}
            onMore={props.onMore}
            loadingMore={props.loadingMore}
            moreError={props.moreError}
          />
        </div>
      ) : (
        <div className="page grid gap-4 max-w-2xl">
          <Outcome document={document} />
          <AboutPanel document={document} />
        </div>
      )}
    </>
  )
}

function Header(props: DocumentViewProps) {
  const { document, originalHref, deleteRefusal } = props
  const [asking, setAsking] = useState(false)
  const warnings = document.status === 'ready' ? warningsOf(document) : []
  const long = (document.characters ?? 0) > MAX_TEXT_LENGTH
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
      <div className="min-w-0 flex-1 basis-80">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
          <h1 className="text-20 min-w-0 [overflow-wrap:anywhere]">{document.name}</h1>
          <DocumentStatusBadge status={document.status} />
          {warnings.map((warning) => (
            <span key={warning} className="badge s-blocked">
              <TriangleAlert className="i-sm" aria-hidden />
              {warning}
            </span>
          ))}
        </div>
        <p className="text-soft mt-1 flex flex-wrap items-center gap-x-1.5">
          <FileText className="i-sm text-faint" aria-hidden />
          added {document.uploadedBy ? `by ${document.uploadedBy.name}, ` : ''}
          <DateTime at={document.createdAt} />
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2 max-md:w-full">
        <Button
          kind="danger"
          className="max-md:flex-1"
          icon={<Trash2 aria-hidden />}
          disabledReason={deleteRefusal}
          onClick={() => setAsking(true)}
        >
          Delete
        </Button>
        <a className={buttonClass('secondary', 'md', 'max-md:flex-1')} href={originalHref} download>
          <Download aria-hidden />
          Download
        </a>
        {document.status !== 'ready' ? null : long ? (
          <ButtonLink
            kind="primary"
            className="max-md:basis-full max-md:-order-1"
            icon={<SquarePen aria-hidden />}
            href="#use"
          >
            Use some {pageWord(document)}s
          </ButtonLink>
        ) : (
          <UseButtons
            targets={props.targets}
            pages={null}
            taskLabel="Use in a new task"
            workflowLabel="Use in a workflow"
            wide
          />
        )}
      </div>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete ${document.name}?`}
        description="The file and its text are removed at once, and this cannot be undone. Tasks and runs that used the text keep it, and their results stay."
        footer={
          <>
            <Button kind="ghost" onClick={() => setAsking(false)}>
              Keep it
            </Button>
            <Button
              kind="danger"
              icon={<Trash2 aria-hidden />}
              busy={props.deleting}
              onClick={() => {
                setAsking(false)
                props.onDelete()
              }}
            >
              Delete the document
            </Button>
          </>
        }
      />
    </div>
  )
}

function Outcome({ document: { status, rejection } }: { document: DocumentSummary }) {
  if (rejection)
    return (
      <Note tone="failed" title={rejection.message}>
        {rejection.advice} The original stays here until it is deleted.
      </Note>
    )
  return (
    <output className="block">
      <Note tone="pending" title={status === 'parsing' ? 'The text is being read' : 'Waiting to be read'}>
        This page shows the text as soon as it is there. You can leave; reading goes on.
      </Note>
    </output>
  )
}
