'use client'

import { Monitor } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import type { SessionSummary } from '#lib/access/sessions.ts'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { formatQuantity } from '#app/_ui/format.ts'
import { Panel } from '#app/_ui/panel.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import { type ActionError, type ActionResult, runAction } from '#app/_ui/run-action.ts'
import { notify } from '#app/_ui/toast.tsx'
import { endOtherSessions, endSession } from './actions.ts'

/** Where the account is signed in. An ended session is refused on its next request. */
export function SessionsPanel({ sessions }: { sessions: SessionSummary[] }) {
  const router = useRouter()
  const [error, setError] = useState<ActionError | null>(null)
  const [ending, setEnding] = useState<string | null>(null)
  const [busy, start] = useTransition()
  const others = sessions.filter((session) => !session.current).length

  function end<Data>(what: string, call: () => Promise<ActionResult<Data>>, said: (data: Data) => string) {
    setEnding(what)
    start(async () => {
      const result = await runAction(call)
      setError(result.ok ? null : result.error)
      if (!result.ok) return
      notify(said(result.data))
      router.refresh()
    })
  }

  return (
    <Panel
      title="Sessions"
      count={sessions.length}
      end={
        <Button
          size="sm"
          busy={busy && ending === 'others'}
          disabledReason={others === 0 ? 'This is the only session.' : null}
          onClick={() =>
            end(
              'others',
              () => endOtherSessions({}),
              ({ ended }) => `${formatQuantity(ended, 'other session')} ended.`,
            )
          }
        >
          End all others
        </Button>
      }
    >
      {error ? (
        <div className="p-3.5 pb-0">
          <ActionNote error={error} />
        </div>
      ) : null}
      <ul>
        {sessions.map((session) => (
          <li key={session.id} className="flex items-center gap-3 px-3.5 py-2.5 border-b border-line last:border-b-0">
            <Monitor className="i text-soft" aria-hidden />
            <div className="min-w-0 flex-1">
              <p className="font-medium flex flex-wrap items-center gap-x-2 gap-y-0.5">
                <span className="break-words min-w-0">{session.device}</span>
                {session.current ? <span className="tag">This session</span> : null}
              </p>
              <p className="text-12 text-soft break-words">
                {session.ipAddress ? <span className="mono">{session.ipAddress}</span> : 'Unknown address'}, used{' '}
                <RelativeTime at={session.lastUsedAt} />, signed in <RelativeTime at={session.createdAt} />
              </p>
            </div>
            {session.current ? null : (
              <Button
                size="sm"
                kind="ghost"
                busy={busy && ending === session.id}
                aria-label={`End the session of ${session.device}`}
                onClick={() =>
                  end(
                    session.id,
                    () => endSession({ id: session.id }),
                    () => `The session of ${session.device} ended.`,
                  )
                }
              >
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
