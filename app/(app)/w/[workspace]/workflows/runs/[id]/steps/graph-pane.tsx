'use client'

import '@xyflow/react/dist/base.css'
import { Maximize, Minus, Plus } from 'lucide-react'
import { Background, BackgroundVariant, type Node, Position, ReactFlow, ReactFlowProvider } from '@xyflow/react'
import { useReactFlow, ViewportPortal } from '@xyflow/react'
import { type KeyboardEvent, useEffect, useEffectEvent, useMemo, useState } from 'react'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { CardsContext } from './cards-context.ts'
import { cardSize, GraphCard } from './graph-card.tsx'
import type { Decide } from './decision-form.tsx'
import { type Layout, layoutGraph } from '../../../graph/graph-layout.ts'
import { GraphWays, WayNames } from './graph-ways.tsx'
import { type GraphNode, type RunGraph, shapeOf } from './run-graph.ts'
import { STILL, useGraphView } from '../../../graph/use-graph-view.ts'
import { walk, WALK_KEYS, type WalkKey } from '../../../graph/walk-graph.ts'

export type GraphPaneProps = {
  graph: RunGraph
  readAt: number
  /** The card of what is shown beside the graph. */
  selected: string | null
  /** What to begin with in the middle where not all can be seen. */
  start: string | null
  /** The card to keep in sight; null = none. */
  follow: string | null
  onOpen: (node: GraphNode) => void
  decide: Decide
  /** The person moved the picture. */
  onPan: () => void
}

type Card = Node<{ node: GraphNode }, 'card'>
const NODE_TYPES = { card: GraphCard }

export function GraphPane(props: GraphPaneProps) {
  return (
    <ReactFlowProvider>
      <Graph {...props} />
    </ReactFlowProvider>
  )
}

function Graph({ graph, readAt, selected, start, follow, onOpen, decide, onPan }: GraphPaneProps) {
  const flow = useReactFlow()
  const [focused, setFocused] = useState<string | null>(null)
  const shape = shapeOf(graph)
  // Where cards lie depends on the shape alone, which stays the same while states change.
  // oxlint-disable-next-line react/exhaustive-deps
  const layout = useMemo(() => layoutOf(graph), [shape])
  const nodes = graph.nodes.flatMap((node) => cardOf(node, layout))

  const { pane, moved, reveal, onMoved, showAll } = useGraphView(layout, { start, selected })
  const keep = useEffectEvent(reveal)
  useEffect(() => keep(follow), [follow])

  function press(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || !WALK_KEYS.includes(event.key as WalkKey)) return
    event.preventDefault()
    const at = (event.target as HTMLElement).closest<HTMLElement>('[data-card]')?.dataset['card']
    const next =
      at === undefined
        ? (selected ?? walk(layout, graph.edges, '', 'Home'))
        : walk(layout, graph.edges, at, event.key as WalkKey)
    const node = graph.nodes.find(({ id }) => id === next)
    if (!node) return
    setFocused(node.id)
    reveal(node.id)
    if (selected !== null && node.kind !== 'report' && node.kind !== 'text') onOpen(node)
  }
  return (
    <CardsContext value={{ selected, focused, readAt, open: onOpen, decide }}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- one arrow-key handler for the cards */}
      <section
        ref={pane}
        aria-label="Graph of the run, arrow keys move between steps"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- one tab stop, from which arrow keys reach every card
        tabIndex={0}
        className="relative flex-1 min-h-0 bg-well outline-offset-[-2px]"
        style={{ minHeight: Math.min(560, Math.max(300, layout.height)) }}
        onKeyDown={press}
        onBlur={() => setFocused(null)}
      >
        <ReactFlow<Card>
          nodes={nodes}
          nodeTypes={NODE_TYPES}
          {...STILL}
          nodesConnectable={false}
          onMove={(event) => {
            if (event === null || moved) return
            onMoved()
            onPan()
          }}
        >
          <Background variant={BackgroundVariant.Dots} gap={16} size={1} color="var(--line-strong)" />
          <ViewportPortal>
            <GraphWays layout={layout} edges={graph.edges} />
            <WayNames layout={layout} edges={graph.edges} />
          </ViewportPortal>
        </ReactFlow>
        <span className="absolute bottom-3 right-3 z-10 flex rounded-md border border-line bg-raised shadow-1">
          <IconButton size="sm" label="Zoom out" icon={<Minus aria-hidden />} onClick={() => void flow.zoomOut()} />
          <IconButton size="sm" label="Zoom in" icon={<Plus aria-hidden />} onClick={() => void flow.zoomIn()} />
          <IconButton size="sm" label="Show all" icon={<Maximize aria-hidden />} onClick={showAll} />
        </span>
      </section>
    </CardsContext>
  )
}

function layoutOf({ nodes, edges }: RunGraph): Layout {
  return layoutGraph(new Map(nodes.map((node) => [node.id, cardSize(node)])), edges)
}

function cardOf(node: GraphNode, { boxes }: Layout): Card[] {
  const box = boxes.get(node.id)
  if (!box) return []
  const { x, y, width, height } = box
  return [
    {
      id: node.id,
      type: 'card',
      position: { x, y },
      width,
      height,
      // What was not measured would be drawn, seen or not.
      measured: { width, height },
      handles: [],
      sourcePosition: Position.Right,
      targetPosition: Position.Left,
      style: { pointerEvents: 'all' },
      data: { node },
    },
  ]
}
