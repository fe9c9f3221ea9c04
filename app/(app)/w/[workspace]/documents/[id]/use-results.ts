'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { DocumentResult, DocumentUse } from '#lib/documents/shapes.ts'
import { numberEvidence, UNNUMBERED } from '#lib/workers/evidence-numbers.ts'
import type { EvidenceView, Place } from '../../tasks/[id]/results/evidence-view.ts'
import { markId, pageOf } from './page-marks.ts'

/** The number under which a place without a number of its own is marked. */
const SHOWN_PLACE = 0

/** A number, or a place without one, of the result that is shown. */
type Pointed = { taskId: string; number: number; place: Place | null }

/** Which task's or run's result is shown beside the text, `initial` at first, and the place that it points to. */
export function useResults(
  documentId: string,
  uses: readonly DocumentUse[],
  starts: readonly number[],
  loadPage: (page: number) => Promise<void>,
  initial: string | null,
) {
  const { id: workspaceId, api } = useWorkspace()
  const [asked, setAsked] = useState(initial)
  const use = uses.find(({ id }) => id === asked) ?? uses.find(({ status }) => status === 'completed') ?? null
  const query = useQuery({
    queryKey: [...queryKeys.documentUses(workspaceId, documentId), 'results', use?.id],
    queryFn: async ({ signal }) => {
      const url = `${api}/documents/${documentId}/results?of=${use?.id}`
      return (await fetchJson<{ items: DocumentResult[] }>(url, signal)).items
    },
    enabled: use !== null,
  })
  const items = query.data ?? []
  const [chosen, setChosen] = useState<string | null>(null)
  const result = items.find(({ taskId }) => taskId === chosen) ?? items[0] ?? null
  const [pointed, setPointed] = useState<Pointed | null>(null)
  const at = result !== null && pointed?.taskId === result.taskId ? pointed : null
  const numbered = numberEvidence(result?.result, UNNUMBERED)
  const marks = at?.place ? [...numbered.marks, { number: SHOWN_PLACE, ...at.place }] : numbered.marks
  const active = at?.number ?? null

  async function point(number: number, place: Place, given: boolean) {
    if (result === null) return
    setPointed({ taskId: result.taskId, number, place: given ? place : null })
    const page = pageOf(starts, place.start)
    await loadPage(page)
    requestAnimationFrame(() => scrollTo(document.getElementById(markId(page, number))))
  }
  function activate(number: number) {
    const mark = numbered.marks[number - 1]
    if (mark) void point(number, mark, false)
  }
  const view: EvidenceView = {
    numberOf: numbered.numberOf,
    active,
    activate,
    onlyMissing: false,
    place: at?.place ?? null,
    showPlace: (place) => void point(SHOWN_PLACE, place, true),
  }
  return {
    use,
    items,
    result,
    view,
    marks,
    active,
    count: numbered.marks.length,
    missing: numbered.missing,
    loading: query.isPending && use !== null,
    error: query.isError ? query.error.message : null,
    choose: (id: string) => {
      setAsked(id)
      keepInAddress(id)
      setChosen(null)
      requestAnimationFrame(() => scrollTo(document.getElementById('found')))
    },
    chooseResult: (taskId: string) => {
      setChosen(taskId)
      const part = items.find((item) => item.taskId === taskId)?.part
      if (!part) return
      const page = pageOf(starts, part.start)
      void loadPage(page).then(() =>
        requestAnimationFrame(() => scrollTo(document.querySelector(`[data-page="${page}"]`), 'start')),
      )
    },
    step: (by: 1 | -1) => {
      const { length } = numbered.marks
      if (length > 0)
        activate(
          active === null || active === SHOWN_PLACE
            ? by === 1
              ? 1
              : length
            : ((active - 1 + by + length) % length) + 1,
        )
    },
    /** From a mark in the text to what it proves. */
    showClaim: (number: number) => {
      if (number === SHOWN_PLACE || result === null) return
      setPointed({ taskId: result.taskId, number, place: null })
      scrollTo(document.querySelector(`#found [aria-label^="Evidence ${number}"]`))
    },
  }
}

export type Results = ReturnType<typeof useResults>

/** So that a reload, or somebody who is sent the address, sees the same. */
function keepInAddress(id: string) {
  const url = new URL(window.location.href)
  url.searchParams.set('result', id)
  window.history.replaceState(null, '', url)
}

function scrollTo(element: Element | null, block: ScrollLogicalPosition = 'center') {
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  element?.scrollIntoView({ block, behavior: calm ? 'auto' : 'smooth' })
}
