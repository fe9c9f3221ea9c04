'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { useMounted } from '#app/_ui/clock.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { CatalogueWorker } from './catalogue.ts'
import { EarlierTasks } from './earlier-tasks.tsx'

/** The task that is repeated, or the document whose text this is. */
export type TextSource = { key: string; path: string; title: string } & (
  | { kind: 'task' }
  | { kind: 'document'; pages: string | null }
)

export function NewTaskHeading({
  source,
  changed,
  savedAt,
  workers,
}: {
  source: TextSource | null
  /** The document's text was edited here. */
  changed: boolean
  savedAt: number | null
  workers: readonly CatalogueWorker[]
}) {
  const workspace = useWorkspace()
  const mounted = useMounted()
  return (
    <div className="flex flex-wrap items-end gap-x-3 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-20">{source?.kind === 'task' ? 'Edit and replay' : 'New task'}</h1>
        <p className="text-soft mt-0.5">
          {source ? (
            <>
              From{' '}
              <Link className="link" href={workspace.path(source.path) as Route}>
                {source.title}
              </Link>
              {source.kind === 'document' ? (source.pages ? `, ${source.pages}` : '') : ''}.{' '}
              {changed
                ? 'The text was changed here, so the task will have its own.'
                : `That ${source.kind} stays as it is.`}
            </>
          ) : (
            <>
              One text, one worker, one typed result. For all six at once,{' '}
              <Link className="link" href={workspace.path('/workflows/complete-analysis') as Route}>
                run the complete analysis
              </Link>
              ; for many texts,{' '}
              <Link className="link" href={workspace.path('/batches/new') as Route}>
                start a batch
              </Link>
              .
            </>
          )}
        </p>
      </div>
      <div className="ml-auto flex flex-wrap items-center gap-2 max-md:ml-0">
        {savedAt !== null && mounted ? (
          <span className="text-12 text-soft mr-1">
            Draft saved <DateTime at={new Date(savedAt).toISOString()} />
          </span>
        ) : null}
        <EarlierTasks workers={workers} />
      </div>
    </div>
  )
}
