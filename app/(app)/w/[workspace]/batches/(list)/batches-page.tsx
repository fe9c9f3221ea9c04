'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus, Table2 } from 'lucide-react'
import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { useNow } from '#app/_ui/clock.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { Note } from '#app/_ui/note.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { BatchPage } from '#lib/batches/shapes.ts'
import { headline } from '../words.ts'
import { BatchRows } from './batch-rows.tsx'

const OPEN_REFRESH_MS = 5_000

export function BatchesPage({ start }: { start: BatchPage }) {
  const { id, api, path, whyNot } = useWorkspace()
  const now = useNow()
  const list = useInfiniteQuery({
    queryKey: [...queryKeys.batches(id), 'list'],
    queryFn: ({ pageParam, signal }) =>
      fetchJson<BatchPage>(`${api}/batches${pageParam === null ? '' : `?cursor=${pageParam}`}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    initialData: { pages: [start], pageParams: [null] },
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ finishedAt }) => finishedAt === null))
        ? OPEN_REFRESH_MS
        : false,
  })
  const batches = list.data.pages.flatMap(({ items }) => items)
  const refusal = whyNot('batch.start')
  return (
    <div className="page flex flex-col gap-5">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="text-20">{headline(batches)}</h1>
          <p className="text-soft mt-0.5">
            A batch runs one worker or workflow over many texts: the rows of a table, or files.
          </p>
        </div>
        {refusal ? (
          <Button kind="primary" icon={<Plus aria-hidden />} disabledReason={refusal}>
            New batch
          </Button>
        ) : (
          <ButtonLink kind="primary" icon={<Plus aria-hidden />} href={path('/batches/new')}>
            New batch
          </ButtonLink>
        )}
      </div>
      {list.isRefetchError ? (
        <Note tone="blocked" title="This list may be out of date">
          {list.error.message}
        </Note>
      ) : null}
      {batches.length === 0 ? (
        <div className="max-w-2xl">
          <EmptyState
            icon={<Table2 aria-hidden />}
            title="No batch yet"
            actions={
              refusal ? null : (
                <ButtonLink size="sm" href={path('/batches/new')}>
                  Try it with a sample table
                </ButtonLink>
              )
            }
          >
            Drop a CSV file with up to 10,000 texts, or 1,000 files. Each gets a place, a state and a result of its own,
            also after a reload; what fails costs the others nothing and can be tried again alone.
          </EmptyState>
        </div>
      ) : (
        <Panel title="All batches" className="overflow-hidden" note="newest first">
          <BatchRows batches={batches} now={now} path={path} />
          {list.hasNextPage ? (
            <div className="p-3 border-t border-line">
              <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                Show older batches
              </Button>
            </div>
          ) : null}
        </Panel>
      )}
    </div>
  )
}
