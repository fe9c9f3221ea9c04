'use client'

import { Ban, TriangleAlert } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import type { ApiKey } from '#lib/access/keys.ts'

/** The button that asks to revoke this key stands in the table's row and on the card; one of them is seen. */
export function revokeId({ id }: ApiKey, place: 'row' | 'card'): string {
  return `revoke-${place}-${id}`
}

/** Asks in the key's own place; the focus is on keeping it. */
export function RevokeConfirm({
  apiKey,
  busy,
  onAsk,
  onRevoke,
}: {
  apiKey: ApiKey
  busy: boolean
  onAsk: (id: string | null) => void
  onRevoke: (id: string) => void
}) {
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // The table's row and the card both exist; only the one that is seen takes the focus.
    if (keep.current?.offsetParent) keep.current.focus()
  }, [])
  return (
    <fieldset
      data-focus-next={`${revokeId(apiKey, 'row')} ${revokeId(apiKey, 'card')} keys-heading`}
      aria-label={`Revoke ${apiKey.name}`}
      className="s-failed rounded-lg border bg-failed-bg border-failed-bd p-3.5 flex flex-wrap items-center gap-x-6 gap-y-3"
    >
      <div className="flex gap-2.5 flex-1 basis-80 min-w-0">
        <TriangleAlert className="i mt-0.5" aria-hidden />
        <div className="min-w-0">
          <p className="font-medium text-failed-fg">Revoke {apiKey.name}?</p>
          <p className="text-12 text-ink mt-0.5">
            {apiKey.lastUsedAt === null ? (
              'It was never used. '
            ) : (
              <>
                Last used <RelativeTime at={apiKey.lastUsedAt} />
                {apiKey.lastUsedIp ? (
                  <>
                    {' '}
                    from <span className="mono">{apiKey.lastUsedIp}</span>
                  </>
                ) : null}
                .{' '}
              </>
            )}
            Its next call gets 401 at once, and this cannot be undone. Tasks that it has already sent go on.
          </p>
        </div>
      </div>
      <div className="flex flex-wrap gap-1.5 max-md:w-full [&_.btn]:max-md:flex-1">
        <Button kind="danger" icon={<Ban className="i" aria-hidden />} busy={busy} onClick={() => onRevoke(apiKey.id)}>
          Revoke now
        </Button>
        <Button ref={keep} kind="ghost" className="text-ink!" onClick={() => onAsk(null)}>
          Keep it
        </Button>
      </div>
    </fieldset>
  )
}
