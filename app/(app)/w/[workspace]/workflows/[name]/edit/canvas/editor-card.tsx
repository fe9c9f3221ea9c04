'use client'

import { Handle, type Node, Position } from '@xyflow/react'
import { CircleX, FileOutput, Type } from 'lucide-react'
import { createContext, type ReactNode, use, useEffect, useRef } from 'react'
import { StepIcon } from '#app/_ui/step-icon.tsx'
import { branchesOf, type DraftStep, kindOf, textOf, titleOf } from '#lib/workflows/draft/read.ts'
import { useEditor } from '../editor-context.ts'
import { KIND_WORDS } from '../step-kinds.ts'
import { stepFact } from '../step-fact.ts'
import { exitOf, type EditorNode, TEXT } from './editor-graph.ts'

export type CardNode = Node<{ node: EditorNode }, 'card'>

/** Which card the keyboard has come to, and what opening one does. */
export const CardsContext = createContext<{
  focused: string | null
  open: (node: EditorNode, byKey: boolean) => void
}>({ focused: null, open: () => {} })

export function EditorCard({ data: { node } }: { data: CardNode['data'] }) {
  const { step } = node
  if (step === null)
    return node.id === TEXT ? (
      <End node={node} icon={<Type className="i text-faint" aria-hidden />} title="Text" line="What is read" />
    ) : (
      <End node={node} icon={<FileOutput className="i text-faint" aria-hidden />} title="Report" line="All results" />
    )
  return <StepCard node={node} step={step} />
}

function StepCard({ node, step }: { node: EditorNode; step: DraftStep }) {
  const { selected, issues, locked } = useEditor()
  const wrong = issues.get(node.index ?? -1)?.length ?? 0
  const kind = kindOf(step)
  const frame =
    selected === node.index
      ? 'border-accent shadow-[0_0_0_1px_var(--accent),0_0_0_5px_var(--accent-soft)]'
      : wrong > 0
        ? 'border-failed shadow-1'
        : 'border-line-strong shadow-1 hover:border-control'
  return (
    <>
      <Card node={node} current={selected === node.index} className={frame}>
        <span className="sr">{kind === null ? 'Unknown kind' : KIND_WORDS[kind].word} </span>
        <span className="flex items-center gap-1.5 min-w-0">
          {kind === null ? null : (
            <StepIcon step={{ kind, worker: textOf(step, 'worker') }} className="i shrink-0 text-soft" />
          )}
          <span className="font-medium truncate">{titleOf(step)}</span>
        </span>
        {wrong > 0 ? (
          <span className="text-12 text-failed-fg font-medium flex items-center gap-1">
            <CircleX className="i-sm" aria-hidden />
            {wrong} {wrong === 1 ? 'error' : 'errors'}
          </span>
        ) : (
          <span
            className={
              kind === 'condition'
                ? 'mono text-soft line-clamp-2 [overflow-wrap:anywhere] leading-4!'
                : 'text-12 text-soft truncate'
            }
          >
            {stepFact(step)}
          </span>
        )}
      </Card>
      <Handle
        type="target"
        position={Position.Left}
        isConnectable={locked === null}
        isConnectableStart={false}
        className={HANDLE}
      />
      {branchesOf(step).length === 0 ? (
        <Handle
          id="end"
          type="source"
          position={Position.Right}
          isConnectable={locked === null}
          className={`${HANDLE} bg-accent!`}
        />
      ) : (
        branchesOf(step).map((branch) => (
          <Handle
            key={branch}
            id={branch}
            type="source"
            position={Position.Right}
            isConnectable={locked === null}
            className={`${HANDLE} bg-accent!`}
            style={{ top: exitOf(node, branch) }}
          />
        ))
      )}
    </>
  )
}

/** Small to the eye, large enough for a finger. */
const HANDLE =
  'size-2.5! min-w-0! min-h-0! rounded-full! border! border-accent! bg-raised! after:absolute after:-inset-2 after:content-[""] cursor-crosshair!'

type CardProps = { node: EditorNode; current: boolean; className: string; children: ReactNode }

function Card({ node, current, className, children }: CardProps) {
  const { focused, open } = use(CardsContext)
  const button = useRef<HTMLButtonElement>(null)
  const isFocused = focused === node.id
  useEffect(() => {
    if (isFocused) button.current?.focus({ preventScroll: true })
  }, [isFocused])
  return (
    <button
      ref={button}
      type="button"
      data-card={node.id}
      tabIndex={-1}
      aria-current={current || undefined}
      className={`size-full flex flex-col justify-center gap-1 px-3 text-left rounded-lg border bg-raised outline-offset-2 ${className}`}
      onClick={({ detail }) => open(node, detail === 0)}
    >
      {children}
    </button>
  )
}

function End({ node, icon, title, line }: { node: EditorNode; icon: ReactNode; title: string; line: string }) {
  const isText = node.id === TEXT
  return (
    <>
      <Card node={node} current={false} className="border-line-strong">
        <span className="flex items-center gap-1.5">
          {icon}
          <span className="font-medium">{title}</span>
        </span>
        <span className="text-12 text-soft">{line}</span>
      </Card>
      <Handle
        id="end"
        type={isText ? 'source' : 'target'}
        position={isText ? Position.Right : Position.Left}
        isConnectable={false}
        className="opacity-0"
      />
    </>
  )
}
