'use client'

import { RotateCcw, RotateCw } from 'lucide-react'
import { unstable_isUnrecognizedActionError } from 'next/navigation'
import { useEffect } from 'react'
import { Button } from './button.tsx'
import { ErrorState } from './error-state.tsx'
import { Note } from './note.tsx'

/** What stands in place of a page that could not be shown. */
export function PageFailure({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => {
    console.error(error)
  }, [error])
  const reload = (
    <Button size="sm" icon={<RotateCw aria-hidden />} onClick={() => window.location.reload()}>
      Reload
    </Button>
  )
  if (isOldPage(error))
    return (
      <Note tone="blocked" alert title="Baton was updated while this page was open" actions={reload}>
        Reload it and go on; what you typed stays here.
      </Note>
    )
  return (
    <ErrorState
      title="This page could not be shown"
      errorId={digestOf(error)}
      actions={
        <>
          <Button size="sm" icon={<RotateCcw aria-hidden />} onClick={retry}>
            Try again
          </Button>
          {reload}
        </>
      }
    >
      The server failed while it read what the page needs. Nothing was changed. If it happens again, give the error id
      to the operator of this Baton: the log has the cause under it.
    </ErrorState>
  )
}

/** The server runs a newer build than this page: an action or a piece of code is gone. */
function isOldPage(error: unknown): boolean {
  return (
    unstable_isUnrecognizedActionError(error) ||
    (error instanceof Error && (error.name === 'ChunkLoadError' || /Failed to load chunk/.test(error.message)))
  )
}

function digestOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('digest' in error)) return null
  return typeof error.digest === 'string' ? error.digest : null
}
