import { ChevronDown, ChevronsUp, ChevronUp } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import { pageWords } from '#lib/workflows/part-pages.ts'
import type { FoundQuote, PartContents } from '#lib/workflows/report/shape.ts'
import { Chips } from './section.tsx'

export function InsightList({ insights }: { insights: PartContents['insights'] }) {
  return (
    <ol className="flex flex-col gap-1.5">
      {insights.map(({ text, evidence }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the order is fixed
        <Row key={index} evidence={evidence} lead={<Ordinal number={index + 1} />}>
          {text}
        </Row>
      ))}
    </ol>
  )
}

/** Each part under its heading, with its pages and the way to its task. */
export function FindingsList({ findings }: { findings: PartContents['findings'] }) {
  const { path } = useWorkspace()
  return (
    <ol className="flex flex-col gap-4">
      {findings.map(({ label, pages, taskId, statements, missing }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the order is fixed
        <li key={index} className="min-w-0">
          <h4 className="text-13 flex flex-wrap items-baseline gap-x-2 mb-1 break-after-avoid">
            {taskId === null ? (
              <span className="[overflow-wrap:anywhere]">{label}</span>
            ) : (
              <Link href={path(`/tasks/${taskId}`) as Route} className="row-a [overflow-wrap:anywhere]">
                {label}
              </Link>
            )}
            {pages === null ? null : <span className="text-12 text-soft font-normal">{pageWords(pages)}</span>}
          </h4>
          {missing === null ? (
            <InsightList insights={statements} />
          ) : (
            <p className="text-soft leading-5.5 [overflow-wrap:anywhere]">{missing}</p>
          )}
        </li>
      ))}
    </ol>
  )
}

export function RiskList({ risks }: { risks: PartContents['risks'] }) {
  return (
    <ul className="flex flex-col gap-1.5">
      {risks.map(({ text, severity, kind, evidence }, index) => (
        <Row
          // oxlint-disable-next-line react/no-array-index-key -- the order is fixed
          key={index}
          evidence={evidence}
          lead={<Level level={severity} />}
          note={kind === '' ? undefined : kind}
        >
          {text}
        </Row>
      ))}
    </ul>
  )
}

export function ActionList({ actions }: { actions: PartContents['actions'] }) {
  return (
    <ul className="flex flex-col gap-1.5">
      {actions.map(({ text, priority, origin, owner, due, evidence }, index) => (
        <Row
          // oxlint-disable-next-line react/no-array-index-key -- the order is fixed
          key={index}
          evidence={evidence}
          lead={<i className="size-3.5 mt-1 shrink-0 rounded-xs border border-control" aria-hidden />}
          note={
            <>
              {priority} priority, {origin === 'stated' ? 'asked for in the text' : 'recommended'}
              {owner === null ? null : `, ${owner}`}
              {due === null ? null : (
                <>
                  , <b className="font-medium text-ink">{due}</b>
                </>
              )}
            </>
          }
        >
          {text}
        </Row>
      ))}
    </ul>
  )
}

export function QuestionList({ questions }: { questions: PartContents['questions'] }) {
  return (
    <ol className="flex flex-col gap-1.5">
      {questions.map(({ text, answer, evidence }, index) => (
        <Row
          // oxlint-disable-next-line react/no-array-index-key -- the order is fixed
          key={index}
          evidence={evidence}
          lead={<Ordinal number={index + 1} />}
          note={answer ?? 'The text does not answer this.'}
        >
          {text}
        </Row>
      ))}
    </ol>
  )
}

/** A statement between its mark and the numbers of its quotes. */
function Row({
  lead,
  evidence,
  note,
  children,
}: {
  lead: ReactNode
  evidence: readonly FoundQuote[]
  note?: ReactNode
  children: ReactNode
}) {
  return (
    <li className="flex gap-2.5 break-inside-avoid">
      {lead}
      <div className="min-w-0 flex-1 md:flex md:gap-3">
        <div className="max-md:contents min-w-0 flex-1">
          <p className="leading-5.5 [overflow-wrap:anywhere] max-md:inline" dir="auto">
            {children}
          </p>
          {note ? (
            <p className="text-12 text-soft leading-5 [overflow-wrap:anywhere] max-md:hidden" dir="auto">
              {note}
            </p>
          ) : null}
        </div>
        <Chips evidence={evidence} className="shrink-0 max-md:ml-1.5 max-md:-my-1 md:self-start" />
        {note ? (
          <p className="text-12 text-soft leading-5 [overflow-wrap:anywhere] md:hidden" dir="auto">
            {note}
          </p>
        ) : null}
      </div>
    </li>
  )
}

function Ordinal({ number }: { number: number }) {
  return <span className="num text-12 text-faint w-4 shrink-0 leading-5.5">{number}</span>
}

const LEVELS = {
  high: { icon: ChevronsUp, word: 'High', look: 'text-ink' },
  medium: { icon: ChevronUp, word: 'Medium', look: 'text-soft' },
  low: { icon: ChevronDown, word: 'Low', look: 'text-soft' },
} as const

function Level({ level }: { level: keyof typeof LEVELS }) {
  const { icon: Icon, word, look } = LEVELS[level]
  return (
    <span className={`inline-flex items-center gap-1.5 w-19 shrink-0 text-12 font-medium h-5.5 ${look}`}>
      <Icon className="i-sm" aria-hidden />
      {word}
    </span>
  )
}
