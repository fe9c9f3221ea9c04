'use client'

import { useReactFlow, useViewport } from '@xyflow/react'
import { Maximize, Minus, Plus } from 'lucide-react'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { useShortcut } from '#app/_ui/shortcuts.ts'

/** How large the picture is shown. */
export function CanvasTools({ onFit }: { onFit: () => void }) {
  const flow = useReactFlow()
  const { zoom } = useViewport()
  useShortcut('f', onFit)
  return (
    <span className="absolute left-3 bottom-3 z-10 flex items-center pop p-0.5">
      <IconButton size="sm" label="Zoom out" icon={<Minus aria-hidden />} onClick={() => void flow.zoomOut()} />
      <span className="num text-12 w-10 text-center">{Math.round(zoom * 100)}%</span>
      <IconButton size="sm" label="Zoom in" icon={<Plus aria-hidden />} onClick={() => void flow.zoomIn()} />
      <IconButton size="sm" label="Show all" kbd="F" icon={<Maximize aria-hidden />} onClick={onFit} />
    </span>
  )
}
