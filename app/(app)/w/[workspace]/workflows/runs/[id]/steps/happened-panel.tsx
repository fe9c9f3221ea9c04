'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ButtonLink } from '#app/_ui/button.tsx'
import { ErrorState } from '#app/_ui/error-state.tsx'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { Skeleton } from '#app/_ui/skeleton.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { RunBoard, RunEventPage } from '#lib/workflows/shapes.ts'
import { EventRows } from '../event-row.tsx'

const NEWEST = 8

type Props = { run: RunBoard; readAt: number; onSelect: (step: string) => void }

/** The newest of what has happened, read again whenever the run is. */
export function HappenedPanel({ run, readAt, onSelect }: Props) {
  const { id, api, path } = useWorkspace()
  const { data, error } = useQuery({
    queryKey: [...queryKeys.run(id, run.id), 'happened', readAt],
    queryFn: ({ signal }) => fetchJson<RunEventPage>(`${api}/runs/${run.id}/events?limit=${NEWEST}`, signal),
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  return (
    <section aria-labelledby="happened" className="shrink-0 border-t border-line bg-sheet">
      <div className="flex items-center gap-2 px-4 md:px-5 xl:px-6 h-11">
        <h2 id="happened" className="text-13">
          What happened
        </h2>
        {data ? <span className="tag num">{data.total.toLocaleString('en')}</span> : null}
        <ButtonLink kind="ghost" size="sm" className="ml-auto" href={path(`/workflows/runs/${run.id}/events`)}>
          All events
        </ButtonLink>
      </div>
      {data ? (
        <EventRows events={data.items} label="What happened, newest first" onSelect={onSelect} />
      ) : error ? (
        <ErrorState title="What happened could not be read">{error.message}</ErrorState>
      ) : (
        <div className="grid gap-2 px-4 md:px-5 xl:px-6 pb-4" aria-hidden>
          {['a', 'b', 'c'].map((row) => (
            <Skeleton key={row} className="h-5" />
          ))}
        </div>
      )}
    </section>
  )
}
