import type { Route } from 'next'
import Link from 'next/link'
import { Fragment, type ReactNode } from 'react'
import { formatCount } from '#app/_ui/format.ts'
import { formatMoney } from '#lib/money.ts'
import { Money } from '#app/_ui/money.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import type { Call, TaskDetail } from '#lib/tasks/shapes.ts'
import { FromDocument } from '../../documents/from-document.tsx'
import { requestedStart } from './timeline.ts'
import { entryLabel } from '../new/option-controls.ts'

/** Tokens of each model call, and their sum. */
export function TokensAndCost({ task }: { task: TaskDetail }) {
  if (task.calls.length === 0) return null
  const sum = (key: 'inputTokens' | 'cachedTokens' | 'outputTokens') =>
    task.calls.reduce<number | null>((total, call) => (call[key] === null ? total : (total ?? 0) + call[key]), null)
  return (
    <div className="border-t border-line px-4 md:px-5 xl:px-6 py-3.5 min-w-0">
      <h3 className="text-13 mb-1">Tokens and cost</h3>
      <table className="w-full text-12 num">
        <caption className="sr">Tokens and cost of each model call</caption>
        <thead>
          <tr className="text-soft">
            <th scope="col" className="text-left font-normal h-7">
              Model call
            </th>
            {['In', 'Cached', 'Out', 'Cost'].map((name) => (
              <th key={name} scope="col" className="text-right font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {task.calls.map((call) => (
            <tr key={call.id} className="*:border-t *:border-line">
              <th scope="row" className="text-left font-normal h-7 whitespace-nowrap">
                {call.purpose === 'repair' ? 'Repair turn' : 'First answer'}
                {call.state === 'failed' ? <span className="text-failed-fg font-medium ml-1.5">failed</span> : null}
              </th>
              <CallCells call={call} />
            </tr>
          ))}
          <tr className="*:border-t *:border-line-strong font-medium">
            <th scope="row" className="text-left font-medium h-7">
              Task
            </th>
            <td className="text-right">{formatCount(sum('inputTokens'))}</td>
            <td className="text-right">{formatCount(sum('cachedTokens'))}</td>
            <td className="text-right">{formatCount(sum('outputTokens'))}</td>
            <td className="text-right">
              <Money micros={task.costMicros} />
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}

function CallCells({ call }: { call: Call }) {
  return (
    <>
      {[call.inputTokens, call.cachedTokens, call.outputTokens].map((tokens, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- three fixed columns
        <td key={index} className={`text-right ${tokens ? '' : 'text-faint'}`}>
          {formatCount(tokens)}
        </td>
      ))}
      <td className={`text-right ${call.costMicros === null ? 'text-faint' : ''}`}>{formatMoney(call.costMicros)}</td>
    </>
  )
}

export function AboutTask({
  task,
  optionTitles,
  path,
}: {
  task: TaskDetail
  optionTitles: Record<string, string>
  path: (rest: string) => string
}) {
  const { text, ...options } = task.input
  const start = requestedStart(task)
  const rows: [string, ReactNode][] = [
    ['Input', `${text.length.toLocaleString('en')} characters`],
    ...(task.partOf ? [['Part of', <Run key="r" run={task.partOf} path={path} />] as [string, ReactNode]] : []),
    ...(task.document
      ? [['Document', <FromDocument key="f" document={task.document} path={path} />] as [string, ReactNode]]
      : []),
    ['Priority', task.priority],
    ...(start ? [['Not before', <DateTime key="n" at={start} />] as [string, ReactNode]] : []),
    ...(task.dueAt ? [['Due by', <DateTime key="d" at={task.dueAt} />] as [string, ReactNode]] : []),
    ...(task.tags.length > 0 ? [['Tags', <Tags key="t" tags={task.tags} path={path} />] as [string, ReactNode]] : []),
    ...(task.externalId
      ? [
          [
            'External id',
            <span key="e" className="mono">
              {task.externalId}
            </span>,
          ] as [string, ReactNode],
        ]
      : []),
    ...(task.replayOf
      ? [
          [
            'Replay of',
            <Link key="r" className="link mono" href={path(`/tasks/${task.replayOf}`) as Route}>
              {task.replayOf.slice(0, 8)}…
            </Link>,
          ] as [string, ReactNode],
        ]
      : []),
    ...(task.submittedBy
      ? [
          ['Submitted by', `${task.submittedBy.name}${task.submittedBy.kind === 'key' ? ', an API key' : ''}`] as [
            string,
            ReactNode,
          ],
        ]
      : []),
    ...Object.entries(options).map(([name, value]): [string, ReactNode] => [
      optionTitles[name] ?? name,
      optionWords(value),
    ]),
  ]
  return (
    <div className="border-t border-line px-4 md:px-5 xl:px-6 py-3.5 min-w-0">
      <h3 className="text-13 mb-1">About this task</h3>
      <dl
        className={`text-13 grid grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] gap-x-3 ${task.calls.length === 0 ? 'md:max-xl:grid-cols-[auto_minmax(0,1fr)_auto_minmax(0,1fr)]' : ''}`}
      >
        {rows.map(([name, value]) => (
          <Fragment key={name}>
            <dt className="text-soft py-1.5">{name}</dt>
            <dd className="min-w-0 py-1.5 [overflow-wrap:anywhere]">{value}</dd>
          </Fragment>
        ))}
      </dl>
    </div>
  )
}

function Run({ run, path }: { run: NonNullable<TaskDetail['partOf']>; path: (rest: string) => string }) {
  return (
    <Link className="link" href={path(`/workflows/runs/${run.runId}`) as Route}>
      {run.workflow}
    </Link>
  )
}

function Tags({ tags, path }: { tags: readonly string[]; path: (rest: string) => string }) {
  return (
    <span className="flex flex-wrap gap-1">
      {tags.map((tag) => (
        <Link
          key={tag}
          className="tag no-underline hover:text-ink"
          href={path(`/history?tag=${encodeURIComponent(tag)}`) as Route}
        >
          {tag}
        </Link>
      ))}
    </span>
  )
}

function optionWords(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(entryLabel).join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return value === '' || value === null ? 'none' : entryLabel(value)
}
