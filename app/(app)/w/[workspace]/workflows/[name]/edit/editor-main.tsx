'use client'

import dynamic from 'next/dynamic'
import type { RefObject } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { formatCount } from '#app/_ui/format.ts'
import { Skeleton } from '#app/_ui/skeleton.tsx'
import { stepsOf } from '#lib/workflows/draft/read.ts'
import type { CanvasProps } from './canvas/canvas.tsx'
import { useEditor } from './editor-context.ts'
import type { EditorView } from './editor-header.tsx'
import { StepList } from './list/step-list.tsx'
import { YamlView } from './yaml-view.tsx'

const Canvas = dynamic<CanvasProps>(async () => (await import('./canvas/canvas.tsx')).Canvas, {
  ssr: false,
  loading: () => <Waiting />,
})

function Waiting() {
  return (
    <div className="flex-1 min-h-80 bg-well grid place-items-center" aria-busy="true">
      <Skeleton className="h-20 w-44" />
    </div>
  )
}

/** A larger picture can be neither read nor drawn in time. */
export const MOST_DRAWN = 300

type Props = {
  view: EditorView
  onView: (view: EditorView) => void
  /** Null until it can be written. */
  text: string | null
  area: RefObject<HTMLTextAreaElement | null>
  readOnly: boolean
  invalid: boolean
  onText: (text: string) => void
  inspect: () => void
  /** The fields of a step open in the list. */
  inline: boolean
}

/** The definition in the view that was chosen. */
export function EditorMain({ view, onView, text, area, readOnly, invalid, onText, inspect, inline }: Props) {
  const count = stepsOf(useEditor().draft).length
  if (view === 'yaml')
    return text === null ? (
      <Waiting />
    ) : (
      <YamlView area={area} text={text} readOnly={readOnly} invalid={invalid} onChange={onText} />
    )
  if (view === 'list') return <StepList inline={inline} />
  if (count > MOST_DRAWN)
    return (
      <div className="flex-1 min-h-80 bg-well grid place-items-center p-6 text-center">
        <div>
          <p className="font-medium">
            {formatCount(count)} steps are too many for a picture: it shows at most {MOST_DRAWN}.
          </p>
          <p className="text-soft mt-1 mb-3">The list shows them all, and everything can be changed there.</p>
          <Button onClick={() => onView('list')}>Show the list</Button>
        </div>
      </div>
    )
  return (
    <div className="relative flex-1 min-h-96 xl:min-h-0 flex flex-col">
      <Canvas inspect={inspect} />
    </div>
  )
}
