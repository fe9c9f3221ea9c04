'use client'

import { useMounted } from '#app/_ui/clock.tsx'
import { formatDate } from '#app/_ui/format.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import { languageName } from '#lib/workers/languages.ts'
import { groupParts, groupTitle } from '#lib/workflows/report/choice.ts'
import type { PartContents, Report, ReportPart } from '#lib/workflows/report/shape.ts'
import { CategoriesContent } from './categories.tsx'
import { Making, PrintedQuotes } from './footer.tsx'
import { DecisionList } from './decision-list.tsx'
import { ActionList, FindingsList, InsightList, QuestionList, RiskList } from './lists.tsx'
import { Chips, MissingNote, ReportSection } from './section.tsx'
import { ToneContent, ToneNote } from './tone.tsx'

/** The page that is sent on: what is printed is this and nothing else. */
export function ReportSheet({ report }: { report: Report }) {
  const { name } = useWorkspace()
  const zone = useMounted() ? undefined : 'UTC'
  return (
    <article
      data-print
      className="bg-raised border border-line md:rounded-xs md:shadow-2 mx-auto w-full max-w-[640px] px-4 py-6 md:px-10 md:pt-8 md:pb-6 max-md:border-x-0 flex flex-col gap-4.5 min-w-0"
      aria-labelledby="report-title"
    >
      <header>
        <p className="flex items-center gap-2 text-12 text-soft">
          <span
            className="size-5 rounded-sm grid place-items-center font-semibold bg-accent text-on-accent shrink-0"
            aria-hidden
          >
            {name.slice(0, 1).toUpperCase()}
          </span>
          <span className="font-medium text-ink truncate">{name}</span>
          <time dateTime={report.createdAt} className="ml-auto num whitespace-nowrap">
            {formatDate(report.createdAt, zone)}
          </time>
        </p>
        <h2 id="report-title" className="text-20 mt-4 [overflow-wrap:anywhere]" dir="auto">
          {report.title}
        </h2>
        {report.title === report.about ? null : (
          <p className="text-12 text-soft mt-1.5 [overflow-wrap:anywhere]" dir="auto">
            {report.about}
          </p>
        )}
      </header>
      {report.parts.length === 0 ? (
        <p className="text-soft">No part is chosen. Tick one to see it here.</p>
      ) : (
        rowsOf(report.parts).map((row) =>
          row.length === 2 && row[0]?.content ? (
            <div
              key={row[0]?.name}
              className="grid md:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)] print:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)] gap-x-7 gap-y-4.5"
            >
              {row.map((part) => (
                <PartSection key={part.name} part={part} />
              ))}
            </div>
          ) : (
            <PartSection key={row[0]?.name} part={row[0]} title={row.length > 1 ? groupTitle(row) : undefined} />
          ),
        )
      )}
      <PrintedQuotes report={report} />
      <Making report={report} />
    </article>
  )
}

/** Tone and categories stand side by side when both have something to show. */
function rowsOf(parts: readonly ReportPart[]): ReportPart[][] {
  const pair = parts.filter(({ name, content }) => (name === 'tone' || name === 'categories') && content !== null)
  const rows = groupParts(parts)
  if (pair.length < 2) return rows
  return rows.flatMap((row) => (row[0] === pair[0] ? [pair] : row[0] === pair[1] ? [] : [row]))
}

function PartSection({ part, title }: { part: ReportPart | undefined; title?: string }) {
  if (!part) return null
  const id = `report-${part.name}`
  if (part.content !== null && part.name === 'summary')
    return (
      <section id={id} aria-label="Summary" className="min-w-0 scroll-mt-4">
        <SummaryContent summary={part.content} />
      </section>
    )
  return (
    <ReportSection id={id} title={title ?? titleOf(part)} note={noteOf(part)} leftOut={part.missing ? 0 : part.leftOut}>
      {part.missing ? <MissingNote missing={part.missing} taskId={part.taskId} /> : <PartContent part={part} />}
    </ReportSection>
  )
}

function titleOf(part: ReportPart): string {
  return part.name === 'translation' && part.content !== null
    ? `Translation into ${languageName(part.content.targetLanguage)}`
    : part.title
}

function noteOf(part: ReportPart) {
  return part.name === 'tone' && part.content !== null ? <ToneNote tone={part.content} /> : undefined
}

function PartContent({ part }: { part: ReportPart }) {
  if (part.content === null) return null
  switch (part.name) {
    case 'summary':
      return <SummaryContent summary={part.content} />
    case 'decisions':
      return <DecisionList decisions={part.content} />
    case 'findings':
      return <FindingsList findings={part.content} />
    case 'tone':
      return <ToneContent tone={part.content} />
    case 'categories':
      return <CategoriesContent categories={part.content} />
    case 'insights':
      return <InsightList insights={part.content} />
    case 'risks':
      return <RiskList risks={part.content} />
    case 'actions':
      return <ActionList actions={part.content} />
    case 'questions':
      return <QuestionList questions={part.content} />
    case 'translation':
      return <TranslationContent translation={part.content} />
  }
}

function SummaryContent({ summary: { text, evidence } }: { summary: PartContents['summary'] }) {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const chips = <Chips evidence={evidence} className="ml-1.5 -my-1" />
  if (lines.length > 0 && lines.every((line) => line.startsWith('- ')))
    return (
      <>
        <ul className="text-14 leading-5.5 list-disc pl-5 grid gap-1 marker:text-faint" dir="auto">
          {lines.map((line, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- lines may repeat; their order is fixed
            <li key={index}>{line.slice(2)}</li>
          ))}
        </ul>
        <p className="mt-1.5">{chips}</p>
      </>
    )
  return lines.map((line, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- lines may repeat; their order is fixed
    <p key={index} className="text-14 leading-5.5 [overflow-wrap:anywhere] not-first:mt-2 text-pretty" dir="auto">
      {line}
      {index === lines.length - 1 ? chips : null}
    </p>
  ))
}

function TranslationContent({ translation }: { translation: PartContents['translation'] }) {
  const { unchanged, targetLanguage, text, doubts } = translation
  if (unchanged)
    return (
      <p className="text-soft leading-5.5">
        The text already is in {languageName(targetLanguage)}, so it is unchanged.
      </p>
    )
  return (
    <>
      <div className="doc whitespace-pre-wrap [overflow-wrap:anywhere]" lang={targetLanguage} dir="auto">
        {text}
      </div>
      {doubts.length > 0 ? (
        <div className="mt-2 text-12">
          <p className="text-blocked-fg font-medium">Read these places before you use it</p>
          <ul className="list-disc pl-5 mt-0.5 text-soft">
            {doubts.map((doubt, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- a check may fail in several places
              <li key={index}>{doubt}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  )
}
