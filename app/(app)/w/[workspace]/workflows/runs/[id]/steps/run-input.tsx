'use client'

import { useQuery } from '@tanstack/react-query'
import type { Route } from 'next'
import Link from 'next/link'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { BoardStep, RunBoard, RunDetail } from '#lib/workflows/shapes.ts'
import { InputExcerpt } from '../../../../history/peek-parts.tsx'

/** The beginning of the run's text with the passages that the steps before rest on: what a person decides about. */
export function RunInput({ run, step }: { run: RunBoard; step: BoardStep }) {
  const { id, api, path } = useWorkspace()
  const { data: whole } = useQuery({
    queryKey: [...queryKeys.run(id, run.id), 'whole', step.startedAt],
    queryFn: ({ signal }) => fetchJson<RunDetail>(`${api}/runs/${run.id}`, signal),
    staleTime: Infinity,
  })
  if (!whole) return null
  // Places of what was read elsewhere are no places of this text.
  const read = whole.steps.filter(({ reads, result }) => reads === 'input.text' && result !== null)
  return (
    <section aria-label="Input">
      <p className="flex items-center justify-between gap-2">
        <span className="text-12 text-soft font-medium">The text</span>
        <Link href={path(`/workflows/runs/${run.id}`) as Route} className="link text-12">
          Whole text
        </Link>
      </p>
      <InputExcerpt
        text={whole.text}
        result={read.map(({ result }) => result)}
        language={read.find(({ info }) => info?.language)?.info?.language}
      />
    </section>
  )
}
