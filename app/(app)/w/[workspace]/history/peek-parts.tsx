import type { Route } from 'next'
import Link from 'next/link'
import { Fragment } from 'react'
import { textRuns } from '#app/_ui/evidence-marks.ts'
import { numberEvidence, UNNUMBERED } from '#lib/workers/evidence-numbers.ts'
import { digestOf } from '#lib/workers/result-digest.ts'

/** A result in a few lines; a number is a place in the text, shown on the task's page. */
export function DigestView({ worker, result, href }: { worker: string; result: unknown; href: string }) {
  const { headline, prose, lines, more } = digestOf(worker, result)
  if (headline === null && prose === null && lines.length === 0)
    return <p className="mt-1.5 text-12 text-soft">Open the task to see it.</p>
  const { numberOf } = numberEvidence(result, UNNUMBERED)
  return (
    <div className="mt-2 grid gap-2">
      {headline === null ? null : <p className="font-medium [overflow-wrap:anywhere]">{headline}</p>}
      {prose === null ? null : (
        <p className="doc text-13! leading-[1.55]! whitespace-pre-line [overflow-wrap:anywhere]" dir="auto">
          {prose}
        </p>
      )}
      <ul className="grid gap-2">
        {lines.map((line) => (
          <li key={line.text} className="flex gap-2">
            <i className="size-1 rounded-full bg-faint mt-2 shrink-0" aria-hidden />
            <span className="min-w-0 [overflow-wrap:anywhere]" dir="auto">
              {line.text}{' '}
              <span className="inline-flex gap-1">
                {line.evidence.map((evidence) => {
                  const number = numberOf(evidence)
                  if (number === null) return <NotFound key={evidence.quote} quote={evidence.quote} />
                  return (
                    <Link
                      key={number}
                      href={href as Route}
                      className="evn"
                      title={evidence.quote}
                      aria-label={`Evidence ${number}: ${evidence.quote}`}
                    >
                      {number}
                    </Link>
                  )
                })}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {more > 0 ? (
        <Link href={href as Route} className="link text-12 justify-self-start">
          {more} more
        </Link>
      ) : null}
    </div>
  )
}

function NotFound({ quote }: { quote: string }) {
  return (
    <span className="evn none" title={`Not found in the text: ${quote}`}>
      <span aria-hidden>?</span>
      <span className="sr">Quote not found in the text</span>
    </span>
  )
}

const EXCERPT = 600

/** The beginning of a person's document, with the passages that the result rests on. */
export function InputExcerpt({
  text,
  result,
  language,
}: {
  text: string
  result: unknown
  language: string | null | undefined
}) {
  const cut = text.slice(0, EXCERPT)
  const marks = numberEvidence(result, UNNUMBERED)
    .marks.filter(({ start }) => start < cut.length)
    .map((mark) => ({ ...mark, end: Math.min(mark.end, cut.length) }))
  return (
    <div
      className="doc mt-2 rounded-md border border-line bg-well px-3 py-2.5 text-13! leading-[1.55]! whitespace-pre-line [overflow-wrap:anywhere]"
      dir="auto"
      lang={language ?? undefined}
    >
      {textRuns(cut, marks).map((run) =>
        run.numbers.length === 0 ? (
          <Fragment key={run.start}>{run.text}</Fragment>
        ) : (
          <mark key={run.start} className="ev">
            {run.text}
          </mark>
        ),
      )}
      {text.length > cut.length ? ' …' : null}
    </div>
  )
}
