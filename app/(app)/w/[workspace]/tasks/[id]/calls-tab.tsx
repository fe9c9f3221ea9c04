import { Cpu } from 'lucide-react'
import { CodeBlock } from '#app/_ui/code-block.tsx'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { formatCount, formatDuration } from '#app/_ui/format.ts'
import { Money } from '#app/_ui/money.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import type { Call, TaskDetail } from '#lib/tasks/shapes.ts'
import type { CallState } from '#lib/tasks/states.ts'

const STATES: Record<CallState, { word: string; tone: string }> = {
  sent: { word: 'Waiting for the answer', tone: 's-progress' },
  settled: { word: 'Answered', tone: 's-completed' },
  failed: { word: 'Failed', tone: 's-failed' },
  unknown: { word: 'Outcome unknown, may have cost something', tone: 's-blocked' },
}

export function CallsTab({ task }: { task: TaskDetail }) {
  if (task.calls.length === 0)
    return (
      <div className="p-4 lg:px-5">
        <EmptyState icon={<Cpu aria-hidden />} title="No model was asked">
          {task.info?.engine.kind === 'rules'
            ? 'The built-in rules answered on this machine. The text went nowhere else.'
            : 'A call appears here the moment it is sent.'}
        </EmptyState>
      </div>
    )
  return (
    <ol className="p-4 lg:px-5 grid gap-3">
      {task.calls.map((call) => (
        <li key={call.id} className="panel p-3.5">
          <CallCard call={call} attempt={task.attempts.findIndex(({ epoch }) => epoch === call.epoch) + 1} />
        </li>
      ))}
    </ol>
  )
}

function CallCard({ call, attempt }: { call: Call; attempt: number }) {
  const state = STATES[call.state]
  const tookMs = call.finishedAt ? new Date(call.finishedAt).getTime() - new Date(call.startedAt).getTime() : null
  const facts = [
    [
      'Model',
      <span key="m" className="mono">
        {call.model}
      </span>,
    ],
    ['Host', call.endpointHost],
    ['Took', formatDuration(tookMs)],
    ['In', formatCount(call.inputTokens)],
    ['Cached', formatCount(call.cachedTokens)],
    ['Out', formatCount(call.outputTokens)],
    ['Asked as', call.mode.replace('_', ' ')],
    ['Cost', <Money key="c" micros={call.costMicros} />],
  ] as const
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="text-13">{call.purpose === 'repair' ? 'Repair turn' : 'First answer'}</h3>
        <span className={`st text-12! ${state.tone}`}>{state.word}</span>
        <span className="ml-auto text-12 text-soft">
          Attempt {attempt}, <DateTime at={call.startedAt} look="seconds" />
        </span>
      </div>
      <dl className="grid grid-cols-2 sm:grid-cols-4 gap-x-4 gap-y-2 mt-2.5 text-12">
        {facts.map(([name, value]) => (
          <div key={name} className="min-w-0">
            <dt className="text-soft">{name}</dt>
            <dd className="font-medium num truncate">{value}</dd>
          </div>
        ))}
      </dl>
      {call.requestId ? (
        <p className="mt-2 text-12 flex items-center gap-1 min-w-0">
          <span className="text-soft shrink-0">Request id</span>
          <span className="mono truncate">{call.requestId}</span>
          <CopyButton text={call.requestId} label="Copy the request id" />
        </p>
      ) : null}
      {call.error ? (
        <p className="mt-2 text-failed-fg [overflow-wrap:anywhere]">
          {call.error.message} {call.error.advice ? <span className="text-soft">{call.error.advice}</span> : null}
        </p>
      ) : null}
      {call.raw ? (
        <details className="mt-2">
          <summary className="link text-12 inline-block">
            The answer as it came, {formatCount(call.raw.length)} characters
          </summary>
          <CodeBlock
            label="Answer as it came"
            className="mt-1.5 max-h-80 overflow-y-auto bg-well border border-line rounded-md whitespace-pre-wrap"
          >
            {call.raw}
          </CodeBlock>
        </details>
      ) : null}
    </>
  )
}
