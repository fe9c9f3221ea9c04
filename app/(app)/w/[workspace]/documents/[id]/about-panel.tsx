import type { ReactNode } from 'react'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import type { DocumentSummary } from '#lib/documents/shapes.ts'

/** What the file says about itself, and how to tell it from others. */
export function AboutPanel({ document, className = '' }: { document: DocumentSummary; className?: string }) {
  const { sha256, id, mediaType, metadata, finishedAt, status } = document
  const rows: [string, ReactNode][] = [
    ['Title', metadata.title],
    ['Author', metadata.author],
    ['Subject', metadata.subject],
    ['Date', metadata.date],
    ['Content', mediaType ? <span className="mono">{mediaType}</span> : null],
    [status === 'rejected' ? 'Given up' : 'Read', finishedAt ? <DateTime at={finishedAt} /> : null],
    ['sha256', <Machine key="sha256" value={sha256} label="Copy the sha256" />],
    ['Id', <Machine key="id" value={id} label="Copy the document id" />],
  ]
  return (
    <section className={`min-w-0 ${className}`} aria-labelledby="about-document">
      <h2 id="about-document" className="text-13">
        About this document
      </h2>
      <dl className="mt-2.5 grid items-baseline gap-y-2 gap-x-4 grid-cols-[72px_minmax(0,1fr)]">
        {rows.map(([name, value]) =>
          value ? (
            <div key={name} className="contents">
              <dt className="text-soft">{name}</dt>
              <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </section>
  )
}

function Machine({ value, label }: { value: string; label: string }) {
  return (
    <span className="inline-flex items-center gap-1">
      <span className="mono whitespace-nowrap" title={value}>
        {value.slice(0, 8)}…{value.slice(-6)}
      </span>
      <CopyButton text={value} label={label} />
    </span>
  )
}
