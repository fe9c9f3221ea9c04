'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import type { Route } from 'next'
import { useEffect, useState } from 'react'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { type ActionError, type ActionResult, runAction } from '#app/_ui/run-action.ts'
import { PageTitle } from '#app/_ui/shell/page-title.tsx'
import { notify } from '#app/_ui/toast.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { DocumentPage as Page, DocumentSummary, DocumentUses } from '#lib/documents/shapes.ts'
import { PAGES_SHOWN } from '../limits.ts'
import { DocumentView } from './document-view.tsx'
import { useResults } from './use-results.ts'

type Props = {
  initial: DocumentSummary
  first: Page[]
  /** Where each page begins in the whole text. */
  starts: number[]
  uses: DocumentUses
  /** The task or run whose result the address asks for. */
  result: string | null
  workers: readonly { name: string; title: string }[]
  workflows: readonly { name: string; title: string }[]
  remove: (workspace: string, input: { id: string }) => Promise<ActionResult<void>>
}

const READING_EVERY_MS = 1_000
/** A run ends a moment after its last task, of which live updates tell. */
const OPEN_REFRESH_MS = 5_000

export function DocumentPage({ initial, first, starts, uses: usedIn, result, workers, workflows, remove }: Props) {
  const router = useRouter()
  const { id: workspaceId, slug, api, path, whyNot } = useWorkspace()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ActionError | null>(null)
  const url = `${api}/documents/${initial.id}`
  const queryKey = [...queryKeys.workspace(workspaceId), 'document', initial.id]
  const { data: document } = useQuery({
    queryKey: [...queryKey, initial.status],
    queryFn: ({ signal }) => fetchJson<DocumentSummary>(url, signal),
    initialData: initial,
    enabled: initial.finishedAt === null,
    refetchInterval: READING_EVERY_MS,
  })
  const text = useInfiniteQuery({
    queryKey: [...queryKey, initial.status, 'pages'],
    queryFn: async ({ pageParam, signal }) => {
      const last = pageParam + PAGES_SHOWN - 1
      return (await fetchJson<{ items: Page[] }>(`${url}/pages?from=${pageParam}&to=${last}`, signal)).items
    },
    initialPageParam: 1,
    getNextPageParam: (_, loaded) => {
      const next = loaded.length * PAGES_SHOWN + 1
      return next <= (initial.pages ?? 0) ? next : undefined
    },
    initialData: { pages: [first], pageParams: [1] },
    enabled: false,
  })
  const { data: uses } = useQuery({
    queryKey: queryKeys.documentUses(workspaceId, initial.id),
    queryFn: ({ signal }) => fetchJson<DocumentUses>(`${url}/uses`, signal),
    initialData: usedIn,
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ finishedAt }) => finishedAt === null) ? OPEN_REFRESH_MS : false,
  })
  async function loadPage(page: number) {
    for (let held = text.data.pages.flat().length; held < page;) {
      const { data, hasNextPage } = await text.fetchNextPage()
      const now = data?.pages.flat().length ?? 0
      if (now <= held || !hasNextPage) return
      held = now
    }
  }
  const results = useResults(initial.id, uses.items, starts, loadPage, result)
  // The server knows the text; this page only that there is one now.
  useEffect(() => {
    if (document.status !== initial.status) router.refresh()
  }, [document.status, initial.status, router])

  async function removeThis() {
    setBusy(true)
    setError(null)
    const answer = await runAction(() => remove(slug, { id: initial.id }))
    setBusy(false)
    if (!answer.ok) return setError(answer.error)
    notify(`${initial.name} is deleted`)
    router.push(path('/documents') as Route)
  }

  return (
    <>
      <PageTitle title={initial.name} />
      <DocumentView
        document={document}
        pages={text.data.pages.flat()}
        starts={starts}
        onMore={text.hasNextPage ? () => void text.fetchNextPage() : null}
        loadingMore={text.isFetchingNextPage}
        moreError={text.isFetchNextPageError ? text.error.message : null}
        originalHref={`${url}/original`}
        uses={uses}
        results={results}
        titleOf={(name) => workers.find((worker) => worker.name === name)?.title ?? name}
        path={path}
        targets={{
          newTask: path(`/tasks/new?document=${initial.id}`),
          workflows: [{ name: 'plan', title: 'Plan from a goal' }, ...workflows].map(({ name, title }) => ({
            title,
            href: path(`/workflows/${name}?document=${initial.id}`),
          })),
          taskRefusal: whyNot('task.submit'),
          runRefusal: whyNot('run.start'),
        }}
        deleteRefusal={whyNot('document.delete')}
        deleting={busy}
        error={error}
        onDelete={() => void removeThis()}
      />
    </>
  )
}
