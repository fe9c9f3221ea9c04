'use client'

import { FileOutput, Type } from 'lucide-react'
import { type ReactNode, use, useEffect, useRef } from 'react'
import { formatCount } from '#app/_ui/format.ts'
import { StepIcon } from '#app/_ui/step-icon.tsx'
import type { StepKind } from '#lib/workflows/definition.ts'
import type { BoardStep } from '#lib/workflows/shapes.ts'
import type { StepStatus } from '#lib/workflows/states.ts'
import { StepBadge } from '../../../step-badge.tsx'
import type { Size } from '../../../graph/box.ts'
import { AddModel, CardDecision } from './card-actions.tsx'
import { CardsContext } from './cards-context.ts'
import type { GraphNode } from './run-graph.ts'
import { onlyWaits } from './spent.ts'
import { type Counts, countsOfItems, countsOfSteps, stackStatus } from './stack-counts.ts'
import { StepState } from './step-state.tsx'
import { StateBar } from './state-bar.tsx'
import { StepTime } from './step-time.tsx'

const END: Size = { width: 116, height: 60 }
const STEP: Size = { width: 180, height: 84 }
const SIZES: Partial<Record<StepKind, Size>> = {
  condition: { width: 164, height: 92 },
  map: { width: 190, height: 90 },
  approval: { width: 196, height: 122 },
}

/** By the kind of what it stands for, never by its state: cards stay where they are. */
export function cardSize(node: GraphNode): Size {
  if (node.kind === 'step') return SIZES[node.step.kind] ?? STEP
  return node.kind === 'stack' ? (SIZES.map ?? STEP) : END
}

/** A card of the graph; the whole card opens what it stands for. */
export function GraphCard({ data: { node } }: { data: { node: GraphNode } }) {
  switch (node.kind) {
    case 'text':
      return <End node={node} icon={<Type className="i text-faint" aria-hidden />} title="Text" line="What is read" />
    case 'report':
      return (
        <End node={node} icon={<FileOutput className="i text-faint" aria-hidden />} title="Report" line="All results" />
      )
    case 'step':
      return <StepCard node={node} step={node.step} />
    case 'stack':
      return (
        <StackCard
          node={node}
          title={node.title}
          step={node.steps[0]}
          status={stackStatus(node.steps)}
          counts={countsOfSteps(node.steps)}
        />
      )
  }
}

function StepCard({ node, step }: { node: GraphNode; step: BoardStep }) {
  const { readAt } = use(CardsContext)
  if (step.kind === 'condition') return <Question node={node} step={step} />
  if (step.kind === 'map' && step.itemCounts.length > 0)
    return (
      <StackCard
        node={node}
        title={step.title}
        step={step}
        status={step.status}
        counts={countsOfItems(step.itemCounts)}
      />
    )
  return (
    <Card
      node={node}
      className={step.status === 'in_progress' && onlyWaits(step) ? ASKS : surface(step.status)}
      actions={actionsOf(node, step)}
    >
      <Title icon={<StepIcon step={step} className="i text-soft" />}>{step.title}</Title>
      <StepState step={step} />
      <StepTime step={step} readAt={readAt} />
    </Card>
  )
}

/** What can be done about it right here. */
function actionsOf(node: GraphNode, step: BoardStep): ReactNode {
  if (step.decision?.refusal === null) return <CardDecision node={node} step={step} />
  if (step.reason === 'needs_model') return <AddModel />
  return null
}

type StackProps = {
  node: GraphNode
  title: string
  step: BoardStep | undefined
  status: StepStatus
  counts: Counts
}

/** Many alike: how many have ended, and how many of those badly. */
function StackCard({ node, title, step, status, counts }: StackProps) {
  const { ended, of, failed } = counts
  return (
    <Card
      node={node}
      className={`${surface(status)} shadow-[3px_3px_0_-1px_var(--raised),3px_3px_0_0_var(--line-strong)]`}
    >
      <Title icon={step ? <StepIcon step={step} className="i text-soft" /> : null}>{title}</Title>
      <StepBadge status={status} reason={null} />
      <StateBar counts={counts} />
      <span className="text-12 text-soft num">
        {formatCount(ended)} of {formatCount(of)}
        {failed > 0 ? <b className="font-medium text-failed-fg">, {formatCount(failed)} failed</b> : null}
      </span>
    </Card>
  )
}

/** A condition is a hexagon: the one card with two ways out. */
function Question({ node, step }: { node: GraphNode; step: BoardStep }) {
  const { selected } = use(CardsContext)
  const line =
    selected === node.id ? 'var(--accent)' : step.status === 'completed' ? 'var(--completed)' : 'var(--line-strong)'
  return (
    <Card node={node} className="border-transparent items-center text-center px-6!" bare>
      <svg className="absolute inset-0 size-full -z-10" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
        <polygon
          points="13,1 87,1 99.5,50 87,99 13,99 0.5,50"
          fill={step.status === 'waiting' || step.status === 'skipped' ? 'var(--well)' : 'var(--raised)'}
          stroke={line}
          strokeWidth={selected === node.id ? 2.5 : 1.25}
          strokeDasharray={step.status === 'skipped' ? '4 3' : undefined}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <span className="font-medium line-clamp-2 leading-4">{step.title}</span>
      <StepState step={step} />
    </Card>
  )
}

type CardProps = {
  node: GraphNode
  className: string
  /** It draws its own frame. */
  bare?: boolean
  actions?: ReactNode
  children: ReactNode
}

function Card({ node, className, bare = false, actions = null, children }: CardProps) {
  const { selected, focused, open } = use(CardsContext)
  const button = useRef<HTMLButtonElement>(null)
  const isFocused = focused === node.id
  useEffect(() => {
    if (isFocused) button.current?.focus({ preventScroll: true })
  }, [isFocused])
  const frame = `relative isolate size-full flex flex-col justify-center gap-1 px-3 text-left rounded-md border outline-offset-2 ${selected === node.id && !bare ? 'border-accent! outline-2 outline-accent' : ''} ${className}`
  const card = {
    ref: button,
    type: 'button' as const,
    'data-card': node.id,
    tabIndex: -1,
    'aria-current': selected === node.id || undefined,
    onClick: () => open(node),
  }
  if (actions === null)
    return (
      <button {...card} className={frame}>
        {children}
      </button>
    )
  return (
    <div className={frame}>
      <button {...card} className="flex flex-col gap-1 text-left min-w-0 after:absolute after:inset-0 after:rounded-md">
        {children}
      </button>
      <span className="relative z-10">{actions}</span>
    </div>
  )
}

function Title({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <span className="flex items-center gap-1.5 min-w-0">
      {icon}
      <span className="font-medium truncate">{children}</span>
    </span>
  )
}

function End({ node, icon, title, line }: { node: GraphNode; icon: ReactNode; title: string; line: string }) {
  return (
    <Card node={node} className="border-line-strong bg-raised">
      <Title icon={icon}>{title}</Title>
      <span className="text-12 text-soft">{line}</span>
    </Card>
  )
}

/** What waits for a person is what a person looks for. */
const ASKS = 'border-accent-line bg-raised shadow-2'

/** Working cards stand out, what has not begun lies flat, what was left out is dotted. */
function surface(status: StepStatus): string {
  switch (status) {
    case 'in_progress':
      return 'border-progress-bd bg-raised shadow-1'
    case 'failed':
      return 'border-failed-bd bg-failed-bg'
    case 'blocked':
      return 'border-blocked-bd bg-blocked-bg'
    case 'waiting':
      return 'border-line bg-well'
    case 'skipped':
      return 'border-dashed border-line-strong bg-well'
    default:
      return 'border-line-strong bg-raised shadow-1'
  }
}
