'use client'

import { CircleCheck, CircleX, RefreshCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import type { Check } from '#lib/setup/self-check.ts'
import { Button } from '#app/_ui/button.tsx'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { formatDuration } from '#app/_ui/format.ts'
import { Panel } from '#app/_ui/panel.tsx'

const LOOKS = {
  passed: { icon: CircleCheck, word: 'Passed', className: 's-completed' },
  failed: { icon: CircleX, word: 'Failed', className: 's-failed' },
} as const

export function ChecksPanel({ checks }: { checks: Check[] }) {
  const router = useRouter()
  const [busy, start] = useTransition()
  const passed = checks.filter(({ state }) => state === 'passed').length
  return (
    <Panel
      title="Self-check"
      note={
        <output>
          {passed} of {checks.length} passed
        </output>
      }
      end={
        <Button
          size="sm"
          kind="ghost"
          icon={<RefreshCw aria-hidden />}
          busy={busy}
          onClick={() => start(() => router.refresh())}
        >
          Check again
        </Button>
      }
    >
      <ul>
        {checks.map((check) => (
          <CheckRow key={check.id} check={check} />
        ))}
      </ul>
    </Panel>
  )
}

function CheckRow({ check }: { check: Check }) {
  const { icon: Icon, word, className } = LOOKS[check.state]
  const failed = check.state === 'failed'
  const end = check.measureMs === null ? (check.note ?? (failed ? word : null)) : formatDuration(check.measureMs)
  return (
    <li
      className={`px-3.5 py-2.5 border-b border-line last:border-b-0 last:rounded-b-lg ${failed ? 'bg-failed-bg' : ''}`}
    >
      <div className="flex items-start gap-2.5">
        <span className={`${className} mt-0.5`}>
          <Icon className="i" aria-hidden />
          <span className="sr">{word}: </span>
        </span>
        <div className="min-w-0 flex-1">
          <div className="flex justify-between gap-3">
            <h3 className="text-13 font-medium! break-words min-w-0">{check.title}</h3>
            {end ? (
              <span className={`num text-12 leading-5 shrink-0 ${failed ? 'font-medium text-failed-fg' : 'text-soft'}`}>
                {end}
              </span>
            ) : null}
          </div>
          <p className={`text-12 break-words ${failed ? '' : 'text-soft'}`}>{check.detail}</p>
          {check.advice ? <p className="text-12 mt-1.5">{check.advice}</p> : null}
          {check.command ? (
            <span className="mt-1.5 flex items-center gap-1 rounded-md border border-line bg-well pl-2.5 pr-1 py-1">
              <code className="mono text-ink min-w-0 break-words flex-1">{check.command}</code>
              <CopyButton text={check.command} label="Copy the command" />
            </span>
          ) : null}
        </div>
      </div>
    </li>
  )
}
