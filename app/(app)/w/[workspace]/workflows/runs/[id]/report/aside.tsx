'use client'

import Link from 'next/link'
import type { Route } from 'next'
import { DurationBar } from '#app/_ui/duration-bar.tsx'
import { formatDuration } from '#app/_ui/format.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { Status } from '#lib/tasks/states.ts'
import type { PartName, Report, StepMaking } from '#lib/workflows/report/shape.ts'
import { stepWord } from '#lib/workflows/report/words.ts'
import type { StepStatus } from '#lib/workflows/states.ts'
import { missingLook } from './section.tsx'

/** Which parts the report has, and how it was made. */
export function ReportAside({
  report,
  hidden,
  onToggle,
}: {
  /** Whole, whatever is chosen. */
  report: Report
  hidden: readonly PartName[]
  onToggle: (part: PartName) => void
}) {
  return (
    <>
      <PartChoice report={report} hidden={hidden} onToggle={onToggle} />
      <MakingTimes report={report} />
    </>
  )
}

function PartChoice({ report: { parts }, hidden, onToggle }: Parameters<typeof ReportAside>[0]) {
  const shown = parts.filter(({ name }) => !hidden.includes(name)).length
  return (
    <section className="px-4 xl:px-5 py-4" aria-labelledby="report-parts">
      <div className="flex items-baseline">
        <h2 id="report-parts" className="text-13">
          In this report
        </h2>
        <span className="ml-auto text-12 text-soft num">
          {shown} of {parts.length}
        </span>
      </div>
      <ul className="mt-2 grid sm:max-xl:grid-cols-2 gap-x-6">
        {parts.map(({ name, title, missing }) => (
          <li key={name}>
            <label className="flex items-center gap-2 min-h-8 max-md:min-h-11 py-1 -mx-1.5 px-1.5 rounded-md leading-tight hover:bg-hover">
              <input
                type="checkbox"
                className="check"
                checked={!hidden.includes(name)}
                onChange={() => onToggle(name)}
              />
              {title}
              {missing ? <MissingIcon missing={missing} /> : null}
            </label>
          </li>
        ))}
      </ul>
    </section>
  )
}

function MissingIcon({ missing }: { missing: NonNullable<Report['parts'][number]['missing']> }) {
  const { icon: Icon, look, word } = missingLook(missing)
  return (
    <span className={`ml-auto ${look}`} title={word}>
      <Icon className="i-sm" aria-hidden />
      <span className="sr">{word}</span>
    </span>
  )
}

function MakingTimes({ report: { making, createdAt, finishedAt } }: { report: Report }) {
  const scaleMs = Math.max(...making.map(({ waitedMs, workedMs }) => waitedMs + workedMs), 1)
  return (
    <section
      className="px-4 xl:px-5 py-4 xl:border-t max-md:border-t md:max-xl:border-l border-line"
      aria-labelledby="report-made"
    >
      <div className="flex items-baseline">
        <h2 id="report-made" className="text-13">
          How it was made
        </h2>
        {finishedAt === null ? null : (
          <span className="ml-auto text-12 text-soft num">
            {formatDuration(new Date(finishedAt).getTime() - new Date(createdAt).getTime())}
          </span>
        )}
      </div>
      <ul className="mt-2 text-12 grid grid-cols-[minmax(0,1fr)] gap-2">
        {making.map((step) => (
          <li key={step.step}>
            <MakingRow step={step} scaleMs={scaleMs} />
          </li>
        ))}
      </ul>
      <p className="flex flex-wrap gap-x-3 mt-2.5 text-12 text-soft" aria-hidden>
        <span className="inline-flex items-center gap-1.5">
          <i className="hatch w-3 h-2 rounded-xs" />
          waited
        </span>
        <span className="inline-flex items-center gap-1.5">
          <i className="solid s-completed w-3 h-2 rounded-xs" />
          worked
        </span>
      </p>
    </section>
  )
}

function MakingRow({ step, scaleMs }: { step: StepMaking; scaleMs: number }) {
  const { path } = useWorkspace()
  const total = step.waitedMs + step.workedMs
  return (
    <>
      <span className="flex items-baseline gap-2">
        {step.taskId === null ? (
          <span className="text-soft truncate">{step.title}</span>
        ) : (
          <Link
            href={path(`/tasks/${step.taskId}`) as Route}
            className="text-soft no-underline hover:underline truncate"
          >
            {step.title}
          </Link>
        )}
        <span className="ml-auto text-faint num whitespace-nowrap">
          {step.status === 'completed' ? formatDuration(total) : stepWord(step.status, step.reason)}
        </span>
      </span>
      <span className="block mt-1">
        {total === 0 ? (
          <span className="dur" aria-hidden>
            <i className="outline-bar flex-1" />
          </span>
        ) : (
          <DurationBar
            waitedMs={step.waitedMs}
            workedMs={step.workedMs}
            status={taskStatus(step.status)}
            scaleMs={scaleMs}
          />
        )}
      </span>
    </>
  )
}

function taskStatus(status: StepStatus): Status {
  if (status === 'waiting') return 'pending'
  return status === 'skipped' ? 'cancelled' : status
}
