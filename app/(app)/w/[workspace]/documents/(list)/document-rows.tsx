'use client'

import { FileText, SquarePen, TriangleAlert } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { ButtonLink } from '#app/_ui/button.tsx'
import { useNow } from '#app/_ui/clock.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import type { DocumentSummary } from '#lib/documents/shapes.ts'
import { DocumentStatusBadge } from '../document-status.tsx'
import { factsOf, warningsOf } from '../words.ts'

type Props = {
  hrefOf: (id: string) => string
  /** Null for whoever may not submit tasks. */
  newTaskHrefOf: ((document: DocumentSummary) => string) | null
  workersHref: string
}

/** Nobody has begun to read it for so long: there is probably no worker. */
const LONG_WAIT_MS = 15_000

/** A row each; on phones its parts stand below each other. */
export function DocumentRows({ documents, ...rest }: { documents: readonly DocumentSummary[] } & Props) {
  return (
    <ul>
      {documents.map((document) => (
        <DocumentRow key={document.id} document={document} {...rest} />
      ))}
    </ul>
  )
}

function DocumentRow({ document, hrefOf, newTaskHrefOf, workersHref }: { document: DocumentSummary } & Props) {
  const { id, name, status, rejection, uploadedBy, createdAt } = document
  const warnings = status === 'ready' ? warningsOf(document) : []
  return (
    <li className="grid gap-x-4 gap-y-1.5 px-3.5 py-3 md:py-2.5 border-b border-line last:border-b-0 md:items-center md:min-h-14 md:grid-cols-[minmax(0,1fr)_108px_128px_112px] hover:bg-hover">
      <div className="flex gap-2.5 min-w-0">
        <FileText className="i text-faint mt-0.5" aria-hidden />
        <div className="min-w-0">
          <Link className="row-a [overflow-wrap:anywhere]" href={hrefOf(id) as Route}>
            {name}
          </Link>
          <p className="text-12 text-soft num">{factsOf(document)}</p>
          {rejection ? (
            <p className="text-12 mt-0.5">
              <span className="text-failed-fg">{rejection.message}</span> {rejection.advice}
            </p>
          ) : null}
          {status === 'uploaded' ? <LongWait since={createdAt} workersHref={workersHref} /> : null}
          {warnings.length > 0 ? (
            <p className="text-12 text-blocked-fg mt-0.5 flex items-center gap-1">
              <TriangleAlert className="i-sm" aria-hidden />
              {warnings.join(', ')}
            </p>
          ) : null}
        </div>
      </div>
      <div className="max-md:pl-6.5">
        <DocumentStatusBadge status={status} look="plain" />
      </div>
      <div className="text-12 text-soft max-md:pl-6.5 min-w-0">
        <RelativeTime at={createdAt} />
        <span className="md:block truncate max-md:before:content-['_by_']">
          {uploadedBy?.name ?? 'someone who has left'}
        </span>
      </div>
      <div className="max-md:pl-6.5 md:text-right">
        {status === 'ready' && newTaskHrefOf ? (
          <ButtonLink
            size="sm"
            icon={<SquarePen aria-hidden />}
            href={newTaskHrefOf(document)}
            aria-label={`Use ${name} in a new task`}
          >
            New task
          </ButtonLink>
        ) : null}
      </div>
    </li>
  )
}

function LongWait({ since, workersHref }: { since: string; workersHref: string }) {
  const now = useNow()
  if (now - new Date(since).getTime() < LONG_WAIT_MS) return null
  return (
    <p className="text-12 text-blocked-fg mt-0.5">
      No worker process has begun to read it.{' '}
      <Link className="link" href={workersHref as Route}>
        See whether one is running
      </Link>
      .
    </p>
  )
}
