'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { formatQuantity } from '#app/_ui/format.ts'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { PageTitle } from '#app/_ui/shell/page-title.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { RunEventPage } from '#lib/workflows/shapes.ts'
import { EventRows } from '../event-row.tsx'

const OPEN_REFRESH_MS = 5_000

/** `open`: more may happen. */
type Props = { id: string; title: string; open: boolean; start: RunEventPage }

/** All that has happened in a run, page by page. */
export function EventsView({ id, title, open, start }: Props) {
  const workspace = useWorkspace()
  const router = useRouter()
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [...queryKeys.run(workspace.id, id), 'all-events'],
    queryFn: ({ pageParam, signal }) =>
      fetchJson<RunEventPage>(
        `${workspace.api}/runs/${id}/events${pageParam === null ? '' : `?cursor=${pageParam}`}`,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    initialData: { pages: [start], pageParams: [null] },
    // Who reads further back is not moved by what is new.
    refetchInterval: ({ state }) => (open && state.data?.pages.length === 1 ? OPEN_REFRESH_MS : false),
  })
  const total = data.pages[0]?.total ?? 0
  const run = workspace.path(`/workflows/runs/${id}`)
  return (
    <div className="page flex flex-col gap-4">
      <PageTitle title="What happened" tab={`${title} · What happened - Baton`} />
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="text-20">What happened</h1>
          <p className="text-soft mt-0.5 [overflow-wrap:anywhere]">
            {formatQuantity(total, 'event')} of {title}, newest first
          </p>
        </div>
        <ButtonLink icon={<ArrowLeft aria-hidden />} href={`${run}?view=graph`}>
          Back to the run
        </ButtonLink>
      </div>
      <div className="panel overflow-hidden *:*:first:border-t-0">
        <EventRows
          events={data.pages.flatMap(({ items }) => items)}
          label="Events, newest first"
          onSelect={(step) => router.push(`${run}?view=list&step=${step}` as Route)}
        />
      </div>
      {hasNextPage ? (
        <Button className="self-center" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show older events
        </Button>
      ) : null}
    </div>
  )
}
