'use client'

import { ChartNoAxesGantt, List, Workflow } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useQueryState } from 'nuqs'
import { useState } from 'react'
import { useMedia } from '#app/_ui/media.ts'
import { Segmented } from '#app/_ui/segmented.tsx'
import { useShortcut } from '#app/_ui/shortcuts.ts'
import { Skeleton } from '#app/_ui/skeleton.tsx'
import { WaterfallLegend } from '#app/_ui/waterfall.tsx'
import type { RunBoard } from '#lib/workflows/shapes.ts'
import type { Decide } from './decision-form.tsx'
import type { GraphPaneProps } from './graph-pane.tsx'
import { WaysLegend } from './graph-ways.tsx'
import { type GraphNode, graphOf, type RunGraph } from './run-graph.ts'
import { ItemStrip } from './item-strip.tsx'
import { HappenedPanel } from './happened-panel.tsx'
import { RunWaterfall } from './run-waterfall.tsx'
import type { Skip } from './skip-step.tsx'
import { StackPeek } from './stack-peek.tsx'
import { StepPeek } from './step-peek.tsx'
import { type StepView, stepParser } from './steps-address.ts'
import { StepsList } from './steps-list.tsx'
import { brokenAt, followed } from './watched-step.ts'

const GraphPane = dynamic<GraphPaneProps>(async () => (await import('./graph-pane.tsx')).GraphPane, {
  ssr: false,
  loading: () => (
    <div className="flex-1 min-h-80 bg-well grid place-items-center" aria-busy="true">
      <Skeleton className="h-20 w-44" />
    </div>
  ),
})

const NO_GRAPH: RunGraph = { nodes: [], edges: [] }

type Props = {
  run: RunBoard
  readAt: number
  view: StepView
  onView: (view: StepView) => void
  onReport: () => void
  decide: Decide
  skip: Skip
}

/** The steps as a graph, on a time axis or as a list, and beside it the one that was chosen. */
export function StepsView({ run, readAt, view, onView, onReport, decide, skip }: Props) {
  const [chosen, setChosen] = useQueryState('step', stepParser)
  const [stack, setStack] = useState<string | null>(null)
  const [follow, setFollow] = useState(true)
  const [closed, setClosed] = useState(false)
  const beside = useMedia('(min-width: 80rem)')
  const [last, setLast] = useState<string | null>(null)
  const { steps } = run
  const graph = view === 'graph' ? graphOf(steps) : NO_GRAPH
  const cardOf = (name: string | null) =>
    graph.nodes.find(
      (node) => node.id === name || (node.kind === 'stack' && node.steps.some((one) => one.name === name)),
    )
  const working = followed(steps, last)
  if (working !== last) setLast(working)
  // Where there is room, a run that failed is opened with the step at which it did.
  const shown = chosen ?? (beside && !closed && stack === null ? brokenAt(run) : null)
  const position = steps.findIndex(({ name }) => name === shown)
  const step = steps[position]
  const stacked = graph.nodes.find((node) => node.kind === 'stack' && node.id === stack)

  function choose(name: string | null) {
    setStack(null)
    void setChosen(name)
  }
  function open(node: GraphNode) {
    if (node.kind === 'step') return choose(node.id)
    if (node.kind === 'stack') {
      void setChosen(null)
      return setStack(node.id)
    }
    if (node.kind === 'report') onReport()
  }
  function close() {
    const name = shown ?? stack
    setClosed(true)
    choose(null)
    if (name === null) return
    const card = cardOf(name)?.id ?? name
    document.querySelector<HTMLElement>(`[data-step="${CSS.escape(name)}"], [data-card="${CSS.escape(card)}"]`)?.focus()
  }
  const to = (by: 1 | -1) => steps[position + by]?.name
  const stepBy = (by: 1 | -1) => {
    const next = position === -1 ? (brokenAt(run) ?? steps[0]?.name) : to(by)
    if (next !== undefined) choose(next)
  }
  useShortcut('j', () => stepBy(1))
  useShortcut('k', () => stepBy(-1))
  // Beside an open form the key sends it; else it leads to what asks.
  const mine = steps.find(({ decision }) => decision?.refusal === null)
  useShortcut('a', () => choose(mine?.name ?? null), mine !== undefined && step?.decision?.refusal !== null)

  return (
    <div className="flex-1 min-h-0 min-w-0 flex">
      <div className="flex-1 min-w-0 min-h-0 flex flex-col">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 md:px-5 xl:px-6 min-h-12 py-1.5 border-b border-line shrink-0">
          <ViewSwitch view={view} onView={onView} />
          <span className="ml-auto flex items-center gap-4 max-md:hidden">
            <span className="max-lg:hidden">
              {view === 'graph' ? <WaysLegend /> : view === 'waterfall' ? <WaterfallLegend /> : null}
            </span>
            {view === 'graph' && run.finishedAt === null ? (
              <label className="inline-flex items-center gap-2 text-12 font-medium min-h-6">
                <input
                  type="checkbox"
                  className="check"
                  checked={follow}
                  onChange={({ target }) => setFollow(target.checked)}
                />
                Follow
              </label>
            ) : null}
          </span>
        </div>
        {steps.map((one) => (one.itemCounts.length > 0 ? <ItemStrip key={one.name} run={run} step={one} /> : null))}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable */}
        <div className="flex-1 fit-pane flex flex-col">
          {view === 'graph' ? (
            <GraphPane
              graph={graph}
              readAt={readAt}
              selected={cardOf(shown)?.id ?? stack}
              start={cardOf(shown ?? brokenAt(run) ?? working)?.id ?? null}
              follow={follow ? (cardOf(working)?.id ?? null) : null}
              onOpen={open}
              decide={decide}
              onPan={() => setFollow(false)}
            />
          ) : (
            // As high as its rows are: a flexible column would press it together.
            <div className="shrink-0">
              {view === 'waterfall' ? (
                <RunWaterfall run={run} readAt={readAt} selected={shown} onSelect={choose} />
              ) : (
                <StepsList steps={steps} readAt={readAt} selected={shown} onSelect={choose} />
              )}
            </div>
          )}
          <HappenedPanel run={run} readAt={readAt} onSelect={choose} />
        </div>
      </div>
      {step ? (
        <StepPeek
          key={step.name}
          step={step}
          run={run}
          readAt={readAt}
          decide={decide}
          skip={skip}
          onClose={close}
          onPrevious={to(-1) === undefined ? undefined : () => stepBy(-1)}
          onNext={to(1) === undefined ? undefined : () => stepBy(1)}
        />
      ) : stacked?.kind === 'stack' ? (
        <StackPeek title={stacked.title} steps={stacked.steps} onSelect={choose} onClose={close} />
      ) : null}
    </div>
  )
}

function ViewSwitch({ view, onView }: { view: StepView; onView: (view: StepView) => void }) {
  return (
    <span className="max-md:w-full max-md:*:w-full! max-md:*:grid! max-md:*:grid-flow-col max-md:*:auto-cols-fr max-md:*:*:justify-center">
      <Segmented<StepView>
        label="View of the steps"
        value={view}
        onChange={onView}
        segments={[
          { value: 'graph', label: 'Graph', icon: <Workflow aria-hidden /> },
          { value: 'waterfall', label: 'Waterfall', icon: <ChartNoAxesGantt aria-hidden /> },
          { value: 'list', label: 'List', icon: <List aria-hidden /> },
        ]}
      />
    </span>
  )
}
