'use client'

import { FileText, Table2 } from 'lucide-react'
import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { formatQuantity } from '#app/_ui/format.ts'
import { Note } from '#app/_ui/note.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import type { DocumentSummary } from '#lib/documents/shapes.ts'
import { DocumentRows } from './document-rows.tsx'
import { DropZone } from './drop-zone.tsx'
import { UploadRows } from './upload-rows.tsx'
import type { Upload } from './uploads.ts'

export type DocumentsViewProps = {
  documents: readonly DocumentSummary[]
  uploads: readonly Upload[]
  /** Why this person may not add documents; null = they may. */
  refusal: string | null
  /** The list could not be brought up to date. */
  staleReason: string | null
  /** Older ones; null when all are shown. */
  onMore: (() => void) | null
  loadingMore: boolean
  hrefOf: (id: string) => string
  newTaskHrefOf: ((document: DocumentSummary) => string) | null
  workersHref: string
  batchesHref: string
  onFiles: (files: File[]) => void
  onRetry: (key: string) => void
  onDismiss: (key: string) => void
}

export function DocumentsView(props: DocumentsViewProps) {
  const { documents, uploads, refusal, staleReason, onMore } = props
  const reading = documents.filter(({ finishedAt }) => finishedAt === null).length
  const sending = uploads.filter(({ state }) => state === 'waiting' || state === 'sending').length
  return (
    <div className="page flex flex-col gap-4 min-w-0">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="text-20">Documents</h1>
          <p className="text-soft mt-0.5">Files whose text your tasks can use. Each is read once and kept here.</p>
        </div>
        <ButtonLink icon={<Table2 aria-hidden />} href={props.batchesHref}>
          Batches
        </ButtonLink>
      </div>
      <DropZone onFiles={props.onFiles} refusal={refusal} />
      <output className="sr">
        {[said(sending, 'being uploaded'), said(reading, 'being read')].filter(Boolean).join(', ')}
      </output>
      {staleReason === null ? null : (
        <Note tone="blocked" title="This list may be out of date">
          {staleReason}
        </Note>
      )}
      <UploadRows uploads={uploads} hrefOf={props.hrefOf} onRetry={props.onRetry} onDismiss={props.onDismiss} />
      {documents.length === 0 ? (
        <div className="max-w-2xl">
          <EmptyState icon={<FileText aria-hidden />} title="No documents yet">
            A document that you upload is turned into text, page by page. You see what came out of it before you run
            anything on it, and a file that cannot be read says why.
          </EmptyState>
        </div>
      ) : (
        <Panel title="All documents" className="overflow-hidden" note={onMore ? 'newest first' : undefined}>
          <DocumentRows
            documents={documents}
            hrefOf={props.hrefOf}
            newTaskHrefOf={props.newTaskHrefOf}
            workersHref={props.workersHref}
          />
          {onMore ? (
            <div className="p-3 border-t border-line">
              <Button busy={props.loadingMore} onClick={onMore}>
                Show older documents
              </Button>
            </div>
          ) : null}
        </Panel>
      )}
    </div>
  )
}

function said(count: number, what: string): string {
  return count === 0 ? '' : `${formatQuantity(count, 'file')} ${what}`
}
