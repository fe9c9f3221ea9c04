'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { Note } from '#app/_ui/note.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { Source } from './use-source.ts'

export function NewBatchHeading({ source, failed }: { source: Source | null; failed: string | null }) {
  const { path } = useWorkspace()
  return (
    <div>
      <h1 className="text-20">{source ? 'Rerun with changes' : 'New batch'}</h1>
      <p className="text-soft mt-0.5">
        {source ? (
          <>
            {source.of === 'file' ? 'Files' : 'Rows'} of{' '}
            <Link className="link" href={path(`/batches/${source.id}`) as Route}>
              {source.name}
            </Link>
            , as they came. That batch and its results stay as they are.
          </>
        ) : (
          'One worker or workflow over many texts: the rows of a table, or files. Nothing runs before you start it.'
        )}
      </p>
      {failed === null ? null : (
        <Note tone="failed" alert title="The texts of that batch could not be read">
          {failed}
        </Note>
      )}
    </div>
  )
}
