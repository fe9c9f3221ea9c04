'use client'

import '@xyflow/react/dist/base.css'
import {
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  ViewportPortal,
} from '@xyflow/react'
import { type DragEvent, type KeyboardEvent, useMemo, useState } from 'react'
import { stepsOf } from '#lib/workflows/draft/read.ts'
import { STILL, useGraphView } from '../../../graph/use-graph-view.ts'
import { walk, WALK_KEYS, type WalkKey } from '../../../graph/walk-graph.ts'
import { useEditor } from '../editor-context.ts'
import { droppedStep } from '../palette-drag.ts'
import { BranchTags, RemoveWay } from './canvas-labels.tsx'
import { cardsOf, isRemovable, layoutOf, needOf, routesOf, waysOf } from './canvas-parts.ts'
import { CanvasTools } from './canvas-tools.tsx'
import { type CardNode, CardsContext, EditorCard } from './editor-card.tsx'
import { type EditorNode, graphOfDraft, shapeOfGraph } from './editor-graph.ts'
import { type Way, WayLine } from './way.tsx'

const NODE_TYPES = { card: EditorCard }
const EDGE_TYPES = { way: WayLine }

/** `inspect` gives the focus to the fields of the selected step. */
export type CanvasProps = { inspect: () => void }

export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Graph {...props} />
    </ReactFlowProvider>
  )
}

function Graph({ inspect }: CanvasProps) {
  const { draft, selected, select, edit, issues, locked } = useEditor()
  const flow = useReactFlow<CardNode, Way>()
  const [focused, setFocused] = useState<string | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const graph = graphOfDraft(draft)
  const shape = shapeOfGraph(graph)
  // Where cards lie depends on the shape alone, which stays the same while one types.
  // oxlint-disable-next-line react/exhaustive-deps
  const layout = useMemo(() => layoutOf(graph), [shape])
  const card = selected === null ? null : String(selected)
  const { pane, reveal, onMoved, showAll } = useGraphView(layout, { start: card, selected: card })
  const routes = routesOf(graph, layout)
  const chosenWay = graph.edges.find(({ id }) => id === chosen)

  function open(node: EditorNode, byKey: boolean) {
    setChosen(null)
    if (node.index === null) return select(null)
    select(node.index)
    if (byKey) inspect()
  }
  function removeWay() {
    if (!chosenWay || locked !== null) return
    setChosen(null)
    if (chosenWay.fallback) edit({ do: 'set', at: ['steps', Number(chosenWay.from), 'onFailure'], to: undefined })
    else if (chosenWay.need !== null) edit({ do: 'disconnect', index: Number(chosenWay.to), need: chosenWay.need })
    pane.current?.focus()
  }
  function press(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const at = (event.target as HTMLElement).closest<HTMLElement>('[data-card]')?.dataset['card']
    if (event.key === 'Delete' || event.key === 'Backspace') {
      const index = Number(at ?? selected ?? Number.NaN)
      if (chosenWay) removeWay()
      else if (Number.isInteger(index) && locked === null) edit({ do: 'remove', index })
      else return
      return event.preventDefault()
    }
    if (event.key === 'Escape' && chosen !== null) return setChosen(null)
    if (!WALK_KEYS.includes(event.key as WalkKey)) return
    event.preventDefault()
    const next =
      at === undefined
        ? (card ?? walk(layout, graph.edges, '', 'Home'))
        : walk(layout, graph.edges, at, event.key as WalkKey)
    const node = graph.nodes.find(({ id }) => id === next)
    if (!node) return
    setFocused(node.id)
    reveal(node.id)
    if (node.index !== null) select(node.index)
  }
  function drop(event: DragEvent) {
    const step = droppedStep(event)
    if (!step || locked !== null) return
    event.preventDefault()
    const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
    const on = graph.nodes.find(({ id }) => {
      const box = layout.boxes.get(id)
      return box && x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height
    })
    edit({ do: 'add', step, after: on === undefined ? selected : on.index })
  }
  return (
    <CardsContext value={{ focused, open }}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- one key handler for the cards */}
      <section
        ref={pane}
        id="editor-canvas"
        aria-label="Graph of the steps. Arrow keys move between them, Enter opens, Delete takes away."
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- one tab stop, from which arrow keys reach every card
        tabIndex={0}
        className="relative flex-1 min-h-0 bg-well outline-offset-[-2px]"
        onKeyDown={press}
        onBlur={() => setFocused(null)}
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
      >
        <ReactFlow<CardNode, Way>
          nodes={cardsOf(graph, layout)}
          edges={waysOf(graph, routes, chosen)}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          {...STILL}
          nodesConnectable={locked === null}
          connectionRadius={28}
          isValidConnection={(connection) => needOf(draft, connection) !== null}
          onConnect={(connection) => {
            const found = needOf(draft, connection)
            if (found) edit({ do: 'connect', ...found })
          }}
          onEdgeClick={(_, { id }) => {
            const edge = graph.edges.find((one) => one.id === id)
            setChosen(edge && isRemovable(edge) ? id : null)
          }}
          onPaneClick={() => {
            setChosen(null)
            select(null)
          }}
          onMove={(event) => {
            if (event !== null) onMoved()
          }}
        >
          <Background variant={BackgroundVariant.Dots} gap={16} size={1} color="var(--line-strong)" />
          <MiniMap<CardNode>
            position="bottom-right"
            ariaLabel="Map of the whole workflow"
            pannable
            className="max-lg:hidden pop"
            style={{ width: 140, height: 84, margin: 12 }}
            bgColor="var(--raised)"
            maskColor="color-mix(in oklch, var(--well), transparent 40%)"
            nodeBorderRadius={8}
            nodeColor={({ data: { node } }) =>
              node.index === selected && node.index !== null
                ? 'var(--accent)'
                : issues.has(node.index ?? -1)
                  ? 'var(--failed)'
                  : 'var(--control)'
            }
          />
          <ViewportPortal>
            <BranchTags graph={graph} routes={routes} />
            {chosenWay && locked === null ? (
              <RemoveWay route={routes.get(chosenWay.id) ?? []} edge={chosenWay} draft={draft} onRemove={removeWay} />
            ) : null}
          </ViewportPortal>
        </ReactFlow>
        {stepsOf(draft).length === 0 ? (
          <p className="absolute inset-x-0 top-1/3 text-center text-soft pointer-events-none px-6">
            No step yet. Choose one at the left, or drag it here.
          </p>
        ) : null}
        <CanvasTools onFit={showAll} />
      </section>
    </CardsContext>
  )
}
