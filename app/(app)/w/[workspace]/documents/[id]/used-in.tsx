import { Quote, Workflow } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { formatQuantity } from '#app/_ui/format.ts'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { WorkerIcon } from '#app/_ui/shell/navigation.tsx'
import { StatusBadge } from '#app/_ui/status-badge.tsx'
import type { DocumentSummary, DocumentUse, DocumentUses } from '#lib/documents/shapes.ts'
import { formatMoney } from '#lib/money.ts'
import { rangeWords } from '../words.ts'
import type { Results } from './use-results.ts'

type Props = {
  document: DocumentSummary
  uses: DocumentUses
  results: Results
  titleOf: (worker: string) => string
  path: (rest: string) => string
}

/** The tasks and runs that were given this text; each leads to its own page. */
export function UsedIn({ document, uses, results, titleOf, path }: Props) {
  const { items, total } = uses
  return (
    <section className="min-w-0 border-b border-line max-md:order-2" aria-labelledby="used-in">
      <h2 id="used-in" tabIndex={-1} className="text-13 outline-none scroll-mt-16 px-4 md:px-5 xl:px-6 py-3">
        {total === 0 ? 'Not used yet' : `Used in ${total === 1 ? '1 task or run' : `${total} tasks and runs`}`}
      </h2>
      {total === 0 ? (
        <p className="text-12 text-soft px-4 md:px-5 xl:px-6 pb-3.5 -mt-1.5">
          What a worker or a workflow makes of this text will be listed here.
        </p>
      ) : (
        <ul>
          {items.map((use) => (
            <Use key={use.id} document={document} use={use} results={results} titleOf={titleOf} path={path} />
          ))}
        </ul>
      )}
      {total > items.length ? (
        <p className="text-12 text-soft px-4 md:px-5 xl:px-6 py-3 border-t border-line">
          These are the newest {formatQuantity(items.length, 'use')}.
        </p>
      ) : null}
    </section>
  )
}

function Use({ document, use, results, titleOf, path }: { use: DocumentUse } & Omit<Props, 'uses'>) {
  const run = use.kind === 'run'
  const shown = results.use?.id === use.id
  return (
    <li
      className={`relative border-t border-line px-4 md:px-5 xl:px-6 py-2.5 flex gap-2 ${shown ? 'bg-accent-soft shadow-[inset_3px_0_var(--accent)]' : 'hover:bg-hover'}`}
    >
      {run ? (
        <Workflow className="i text-faint mt-0.5" aria-hidden />
      ) : (
        <WorkerIcon worker={use.worker} className="i text-faint mt-0.5" />
      )}
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <Link
            className="row-a min-w-0 truncate after:absolute after:inset-0"
            href={path(run ? `/workflows/runs/${use.id}` : `/tasks/${use.id}`) as Route}
          >
            {run ? use.workflow : titleOf(use.worker)}
          </Link>
          <span className="ml-auto text-12 text-soft whitespace-nowrap">
            <DateTime at={use.createdAt} />
          </span>
        </p>
        <p className="text-12 text-soft truncate">
          {[
            run ? 'Workflow' : 'Task',
            ...(use.pages ? [rangeWords(document, use.pages)] : []),
            ...(use.submittedBy ? [`by ${use.submittedBy.name}`] : []),
          ].join(', ')}
        </p>
        <div className="flex flex-wrap items-center gap-x-2 mt-0.5">
          <StatusBadge status={use.status} reason={run ? null : use.reason} look="plain" />
          {use.tokens === null ? null : <span className="text-12 num text-soft">{formatMoney(use.costMicros)}</span>}
          {shown ? (
            <span className="ml-auto text-12 inline-flex items-center gap-1">
              <Quote className="i-sm" aria-hidden />
              shown
            </span>
          ) : (
            <button
              type="button"
              className="link relative ml-auto text-12 max-md:min-h-9"
              onClick={() => results.choose(use.id)}
            >
              Show<span className="sr"> the result of {run ? use.workflow : titleOf(use.worker)}</span> in the text
            </button>
          )}
        </div>
      </div>
    </li>
  )
}
