'use client'

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Play, Plus, Workflow } from 'lucide-react'
import { useState } from 'react'
import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { useNow } from '#app/_ui/clock.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { Panel } from '#app/_ui/panel.tsx'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { TriggerWords } from '#lib/triggers/shapes.ts'
import type { WorkflowSummary } from '#lib/workflows/stored/shapes.ts'
import type { LastRun, RunPage, RunSummary } from '#lib/workflows/shapes.ts'
import { CardsBar } from './cards-bar.tsx'
import { type CardsView, lastRunsOf, shownCards, withCards } from './cards.ts'
import { ImportWorkflow } from './import/import-workflow.tsx'
import { MakeWorkflow } from './make-workflow.tsx'
import { headline } from './run-facts.ts'
import { filterQuery, isFiltered, type RunsFilter } from './runs-filter.ts'
import { NO_FILTER, RunsFilterBar } from './runs-filter-bar.tsx'
import { RunsList } from './runs-list.tsx'
import { WorkflowCard } from './workflow-card.tsx'
import { TemplateGrid, type TemplateSummary } from './template-grid.tsx'

const OPEN_REFRESH_MS = 5_000

type Props = {
  start: RunPage
  /** By what `start` was narrowed. */
  filter: RunsFilter
  /** The newest runs, whatever the filter. */
  recent: readonly RunSummary[]
  lastRuns: readonly LastRun[]
  /** How the workflows are found and ordered at first. */
  cards: CardsView
  /** The workspace's own, and the one that every workspace has. */
  workflows: readonly WorkflowSummary[]
  templates: readonly TemplateSummary[]
  triggers: readonly TriggerWords[]
}

export function WorkflowsPage(props: Props) {
  const { start, filter: first, recent, templates, triggers } = props
  const { id, api, path, whyNot } = useWorkspace()
  const now = useNow()
  const [filter, setFilter] = useState(first)
  const [cards, setCards] = useState(props.cards)
  const filtered = isFiltered(filter)
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage, isPlaceholderData } = useInfiniteQuery({
    queryKey: [...queryKeys.runs(id), filterQuery(filter)],
    queryFn: ({ pageParam, signal }) => fetchJson<RunPage>(`${api}/runs${filterQuery(filter, pageParam)}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    ...(filterQuery(filter) === filterQuery(first) ? { initialData: { pages: [start], pageParams: [null] } } : {}),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ status }) => status === 'in_progress'))
        ? OPEN_REFRESH_MS
        : false,
  })
  const runs = data?.pages.flatMap(({ items }) => items) ?? []
  const newest = filtered ? recent : runs
  const shown = shownCards(
    props.workflows.map((workflow) => ({ workflow, runs: lastRunsOf(workflow.name, props.lastRuns, newest) })),
    cards,
  )

  function show(next: RunsFilter, nextCards = cards) {
    setFilter(next)
    setCards(nextCards)
    window.history.replaceState(null, '', `${window.location.pathname}${withCards(filterQuery(next), nextCards)}`)
  }
  return (
    <div className="page flex flex-col gap-5">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="text-20">{headline(filtered ? recent : (data?.pages[0]?.items ?? []))}</h1>
          <p className="text-soft mt-0.5">
            A workflow sends one text through several workers and puts their results together.
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <ButtonLink icon={<Workflow aria-hidden />} href={path('/workflows/plan')}>
            Plan from a goal
          </ButtonLink>
          <ImportWorkflow />
          <MakeWorkflow kind="primary" icon={<Plus aria-hidden />}>
            New workflow
          </MakeWorkflow>
        </div>
      </div>
      <div className="grid gap-4 items-start lg:grid-cols-[minmax(0,340px)_minmax(0,1fr)]">
        <div className="grid gap-3 min-w-0">
          {props.workflows.length > 1 ? <CardsBar view={cards} onChange={(next) => show(filter, next)} /> : null}
          {shown.length === 0 ? (
            <EmptyState
              icon={<Workflow aria-hidden />}
              title="No workflow is like this"
              actions={
                <Button size="sm" onClick={() => show(filter, { ...cards, find: '' })}>
                  Show all workflows
                </Button>
              }
            >
              Look for other words of its title or summary.
            </EmptyState>
          ) : null}
          <ul className="grid gap-4 md:max-lg:grid-cols-2">
            {shown.map(({ workflow, runs: last }) => (
              <WorkflowCard
                key={workflow.name}
                workflow={workflow}
                runs={last}
                triggers={triggers.filter((one) => one.workflow === workflow.name)}
                now={now}
                href={path(`/workflows/${workflow.name}`)}
              />
            ))}
          </ul>
        </div>
        <Panel title="Runs" note="newest first">
          {newest.length === 0 ? null : <RunsFilterBar filter={filter} onChange={show} />}
          {runs.length === 0 && filtered ? (
            <EmptyState
              bare
              icon={<Workflow aria-hidden />}
              title={isPlaceholderData ? 'The runs are read' : 'No run is like this'}
              actions={
                <Button size="sm" onClick={() => show(NO_FILTER)}>
                  Show all runs
                </Button>
              }
            >
              Change what you look for, or show all.
            </EmptyState>
          ) : runs.length === 0 ? (
            <EmptyState
              bare
              icon={<Workflow aria-hidden />}
              title="No run yet"
              actions={
                whyNot('run.start') ? null : (
                  <ButtonLink size="sm" icon={<Play aria-hidden />} href={path('/workflows/complete-analysis')}>
                    Run the complete analysis
                  </ButtonLink>
                )
              }
            >
              A run keeps its text, its steps and its report, also after a restart. Try it with a sample: the built-in
              engine needs no key.
            </EmptyState>
          ) : (
            <div className={`transition-opacity ${isPlaceholderData ? 'opacity-60' : ''}`}>
              <RunsList runs={runs} now={now} path={path} />
            </div>
          )}
        </Panel>
      </div>
      {hasNextPage ? (
        <Button className="self-center" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show older runs
        </Button>
      ) : null}
      <TemplateGrid templates={templates} />
    </div>
  )
}
