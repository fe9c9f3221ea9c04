import { useReactFlow } from '@xyflow/react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { calmly } from '#app/_ui/media.ts'
import type { Layout } from './graph-layout.ts'
import { firstView, isFar, isInView, LEAST_ZOOM, MOST_ZOOM } from './viewport.ts'

const MOVE_MS = 260

/** Of React Flow: cards lie where they were laid out, and keys and focus are ours. */
export const STILL = {
  minZoom: LEAST_ZOOM,
  maxZoom: MOST_ZOOM,
  onlyRenderVisibleElements: true,
  nodesDraggable: false,
  nodesFocusable: false,
  edgesFocusable: false,
  elementsSelectable: false,
  disableKeyboardA11y: true,
  zoomOnScroll: false,
  zoomOnDoubleClick: false,
  preventScrolling: false,
  deleteKeyCode: null,
  selectionKeyCode: null,
  panActivationKeyCode: null,
  proOptions: { hideAttribution: true },
} as const

/**
 * What part of a graph is looked at: `start` in the middle until the person moves the picture, then whatever is selected
 * next stays in sight. `pane` is the element that shows it.
 */
export function useGraphView(layout: Layout, { start, selected }: { start: string | null; selected: string | null }) {
  const flow = useReactFlow()
  const pane = useRef<HTMLElement>(null)
  const [moved, setMoved] = useState(false)
  const size = () => ({ width: pane.current?.clientWidth ?? 0, height: pane.current?.clientHeight ?? 0 })

  function place(id: string | null, laid = layout) {
    void flow.setViewport(firstView(laid, size(), laid.boxes.get(id ?? '')))
  }
  function reveal(id: string | null, laid = layout) {
    const box = laid.boxes.get(id ?? '')
    if (!box || !pane.current) return
    const view = flow.getViewport()
    if (isInView(box, view, size())) return
    // The usual flight draws back until both ends are in sight, and with them every card.
    const duration = calmly() || isFar(box, view, size()) ? 0 : MOVE_MS
    void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, {
      zoom: Math.max(0.8, flow.getZoom()),
      duration,
      interpolate: 'linear',
    })
  }
  const settle = useEffectEvent((laid: Layout) => (moved ? reveal(selected, laid) : place(start, laid)))
  const show = useEffectEvent(reveal)
  useEffect(() => {
    if (!pane.current) return
    const observer = new ResizeObserver(() => settle(layout))
    observer.observe(pane.current)
    return () => observer.disconnect()
  }, [layout])
  useEffect(() => show(selected), [selected])

  return {
    pane,
    moved,
    reveal,
    onMoved: () => setMoved(true),
    showAll: () => {
      setMoved(false)
      place(null)
    },
  }
}
