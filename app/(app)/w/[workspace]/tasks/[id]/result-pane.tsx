'use client'

import { Quote } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { DocumentPane } from '#app/_ui/document-pane.tsx'
import { formatQuantity } from '#app/_ui/format.ts'
import { Segmented } from '#app/_ui/segmented.tsx'
import { Skeleton } from '#app/_ui/skeleton.tsx'
import type { TaskDetail } from '#lib/tasks/shapes.ts'
import { numberEvidence, UNNUMBERED } from '#lib/workers/evidence-numbers.ts'
import { EngineBadge } from './engine-badge.tsx'
import type { EvidenceView, Place } from './results/evidence-view.ts'
import { PartialOfWorker, ResultOfWorker } from './results/result-of-worker.tsx'
import { StateNote, type WorkerFacts } from './state-note.tsx'

/** The number under which a place without a number of its own is marked. */
const SHOWN_PLACE = 0

/** The result beside the text it is about; each points into the other. */
export function ResultPane({ task, worker, mine }: { task: TaskDetail; worker: WorkerFacts; mine: boolean }) {
  const [active, setActive] = useState<number | null>(null)
  const [place, setPlace] = useState<Place | null>(null)
  const [filter, setFilter] = useState<'all' | 'missing'>('all')
  const numbered = numberEvidence(task.result, UNNUMBERED)
  const marks = place ? [...numbered.marks, { number: SHOWN_PLACE, ...place }] : numbered.marks

  function show(number: number) {
    setActive(number)
    setPlace(null)
    scrollTo(document.getElementById(`ev-${number}`))
  }
  function showChip(number: number) {
    if (number === SHOWN_PLACE) return
    setActive(number)
    setPlace(null)
    scrollTo(document.querySelector(`#result [aria-label^="Evidence ${number}"]`))
  }
  function step(by: 1 | -1) {
    const count = numbered.marks.length
    if (count === 0) return
    show(active === null ? (by === 1 ? 1 : count) : ((active - 1 + by + count) % count) + 1)
  }
  function press(event: KeyboardEvent) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    if (numbered.marks.length === 0 || !(event.target as HTMLElement).matches('.evn, #document')) return
    event.preventDefault()
    step(event.key === 'ArrowDown' ? 1 : -1)
  }
  const view: EvidenceView = {
    numberOf: numbered.numberOf,
    active,
    activate: show,
    onlyMissing: filter === 'missing',
    place,
    showPlace: (next) => {
      setActive(null)
      setPlace(next)
      requestAnimationFrame(() => scrollTo(document.getElementById(`ev-${SHOWN_PLACE}`)))
    },
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- one arrow-key handler for the chips inside
    <div
      onKeyDown={press}
      className="fit-grid flex-1 min-h-0 grid md:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_minmax(0,1.06fr)] min-w-0"
    >
      <section id="result" aria-label="Result" className="fit-pane min-w-0 p-4 lg:px-5 flex flex-col gap-4 *:shrink-0">
        <StateNote task={task} worker={worker} mine={mine} />
        {task.info ? <Origin task={task} /> : null}
        {numbered.found + numbered.missing > 0 ? (
          <div className="flex flex-wrap items-center gap-2 text-12">
            <span
              className={`inline-flex items-center gap-1.5 font-medium ${numbered.missing > 0 ? 'text-blocked-fg' : 'text-completed-fg'}`}
            >
              <Quote className="i-sm" aria-hidden />
              {numbered.missing === 0
                ? `All ${formatQuantity(numbered.found, 'quote')} found in the text`
                : `${numbered.found} of ${formatQuantity(numbered.found + numbered.missing, 'quote')} found`}
            </span>
            {numbered.missing > 0 ? (
              <span className="ml-auto">
                <Segmented
                  label="Show claims"
                  value={filter}
                  onChange={setFilter}
                  segments={[
                    { value: 'all', label: 'All' },
                    { value: 'missing', label: `Not found ${numbered.missing}` },
                  ]}
                />
              </span>
            ) : null}
          </div>
        ) : null}
        {task.result !== null ? (
          <ResultOfWorker worker={task.worker} result={task.result} view={view} />
        ) : task.partial !== null ? (
          <PartialOfWorker worker={task.worker} partial={task.partial} view={view} />
        ) : task.status === 'in_progress' ? (
          <Working />
        ) : null}
      </section>
      <DocumentPane
        text={task.input.text}
        language={task.info?.language ?? null}
        marks={marks}
        count={numbered.marks.length}
        active={place ? SHOWN_PLACE : active}
        onActivate={showChip}
        onStep={step}
      />
    </div>
  )
}

/** Who answered, how, and what that cannot do. */
function Origin({ task }: { task: TaskDetail }) {
  const { info } = task
  if (!info) return null
  return (
    <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-12 text-soft">
      <EngineBadge info={info} />
      <span>{info.method}</span>
      {info.confidenceBasis ? <span>{info.confidenceBasis}</span> : null}
      {info.replacedCharacters > 0 ? (
        <span className="text-blocked-fg">
          {formatQuantity(info.replacedCharacters, 'unreadable character')} of the answer became �.
        </span>
      ) : null}
      {info.limits.length > 0 ? (
        <details className="basis-full">
          <summary className="link inline-block">What to know about this result</summary>
          <ul className="list-disc pl-4 mt-1 grid gap-0.5">
            {info.limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  )
}

function Working() {
  return (
    <div className="grid gap-4" aria-hidden>
      <div className="grid gap-2">
        <Skeleton className="h-5 w-40" />
        <Skeleton className="h-3.5 w-full" />
        <Skeleton className="h-3.5 w-4/5" />
      </div>
      <div className="panel p-3.5 grid gap-3">
        <Skeleton className="h-3.5 w-3/5" />
        <Skeleton className="h-3.5 w-4/5" />
        <Skeleton className="h-3.5 w-1/2" />
      </div>
    </div>
  )
}

function scrollTo(element: Element | null) {
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  element?.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' })
}
