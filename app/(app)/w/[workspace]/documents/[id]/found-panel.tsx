import { Quote } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { formatQuantity } from '#app/_ui/format.ts'
import { Note } from '#app/_ui/note.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { WorkerIcon } from '#app/_ui/shell/navigation.tsx'
import { Skeleton } from '#app/_ui/skeleton.tsx'
import type { DocumentResult, DocumentUse } from '#lib/documents/shapes.ts'
import { numberEvidence, UNNUMBERED } from '#lib/workers/evidence-numbers.ts'
import { ResultOfWorker } from '../../tasks/[id]/results/result-of-worker.tsx'
import type { Results } from './use-results.ts'

type Props = {
  results: Results
  /** How many there are to choose from. */
  total: number
  titleOf: (worker: string) => string
  path: (rest: string) => string
}

/** What a task or a run found in the text; its numbers lead to the places. On phones it opens on demand. */
export function FoundPanel({ results, total, titleOf, path }: Props) {
  const { use, items, result, loading, error, count, missing } = results
  const [open, setOpen] = useState(false)
  if (use === null) return null
  return (
    <section id="found" aria-labelledby="found-heading" className="min-w-0 border-b border-line scroll-mt-16">
      <div className="px-4 md:px-5 xl:px-6 pt-3 pb-2.5">
        <h2 id="found-heading" className="text-13">
          Found in the text
        </h2>
        <p className="text-12 text-soft mt-0.5 flex flex-wrap gap-x-2">
          <span className="min-w-0">
            By{' '}
            <Link
              className="link"
              href={path(use.kind === 'run' ? `/workflows/runs/${use.id}` : `/tasks/${use.id}`) as Route}
            >
              {use.kind === 'run' ? use.workflow : titleOf(use.worker)}
            </Link>
            , <DateTime at={use.createdAt} />
          </span>
          {total > 1 ? (
            <a className="link ml-auto" href="#used-in">
              Choose another
            </a>
          ) : null}
        </p>
      </div>
      {items.length > 1 ? <Choice results={results} titleOf={titleOf} /> : null}
      <div className="px-4 md:px-5 xl:px-6 pb-4 grid gap-3 min-w-0">
        {error ? (
          <Note tone="failed" alert title="The result could not be loaded">
            {error}
          </Note>
        ) : null}
        {loading ? <Loading /> : null}
        {result ? (
          <>
            <div className="flex items-center gap-2 text-12">
              <Quote className={`i-sm ${missing > 0 ? 'text-blocked-fg' : 'text-faint'}`} aria-hidden />
              {count + missing === 0 ? 'It quotes nothing' : quotesWords(count, missing)}
              <Button size="sm" className="md:hidden ml-auto" aria-expanded={open} onClick={() => setOpen(!open)}>
                {open ? 'Hide the result' : 'Show the result'}
              </Button>
            </div>
            <div className={`grid gap-3 min-w-0 ${open ? '' : 'max-md:hidden'}`}>
              <ResultOfWorker worker={result.worker} result={result.result} view={results.view} />
            </div>
          </>
        ) : loading || error ? null : (
          <p className="text-12 text-soft">{emptyWords(use)}</p>
        )}
      </div>
    </section>
  )
}

/** One of several results of a run: its workers, or the parts that one worked through. */
function Choice({ results: { items, result, chooseResult }, titleOf }: Pick<Props, 'results' | 'titleOf'>) {
  return (
    <ul aria-label="Results of this run" className="border-t border-line mb-3 max-h-80 overflow-y-auto">
      {items.map((item) => (
        <li key={item.taskId} className="border-b border-line">
          <button
            type="button"
            aria-pressed={item.taskId === result?.taskId}
            onClick={() => chooseResult(item.taskId)}
            className="w-full flex items-center gap-2 px-4 md:px-5 xl:px-6 min-h-10 py-1.5 text-left hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:shadow-[inset_3px_0_var(--accent)] focus-visible:-outline-offset-2"
          >
            <WorkerIcon worker={item.worker} className="i-sm text-faint shrink-0" />
            <span className="min-w-0 flex-1">
              <span className="block truncate">{item.part?.label ?? item.title ?? titleOf(item.worker)}</span>
              {item.part ? <span className="block text-12 text-soft truncate">{item.title}</span> : null}
            </span>
            <span className="text-12 text-soft num whitespace-nowrap">{quotesOf(item)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function quotesOf({ result }: DocumentResult): string {
  const { length } = numberEvidence(result, UNNUMBERED).marks
  return length === 0 ? 'no quotes' : formatQuantity(length, 'quote')
}

function quotesWords(count: number, missing: number): string {
  const places = formatQuantity(count, 'place')
  return missing === 0
    ? `It points to ${places}`
    : `It points to ${places}; ${formatQuantity(missing, 'quote')} not found`
}

function emptyWords({ kind, status }: DocumentUse): string {
  if (status === 'completed') return 'It has read a text of its own making, so it points to no place here.'
  if (status === 'failed' || status === 'cancelled') return 'It ended without a result.'
  return `The ${kind} is not done yet. What it finds will stand here.`
}

function Loading() {
  return (
    <div className="grid gap-2" aria-hidden>
      <Skeleton className="h-4 w-2/3" />
      <Skeleton className="h-4 w-full" />
      <Skeleton className="h-4 w-4/5" />
    </div>
  )
}
