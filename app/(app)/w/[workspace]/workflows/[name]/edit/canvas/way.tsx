'use client'

import { BaseEdge, type Edge } from '@xyflow/react'

export type Way = Edge<{ path: string; look: 'need' | 'fallback' | 'plain' }, 'way'>

/** From card to card along the laid out route; what was chosen can be taken away. */
export function WayLine({ data, selected }: { data?: Way['data']; selected?: boolean }) {
  const look = data?.look ?? 'plain'
  return (
    <BaseEdge
      path={data?.path ?? ''}
      interactionWidth={16}
      style={{
        stroke: selected ? 'var(--accent)' : look === 'need' ? 'var(--control)' : 'var(--line-strong)',
        strokeWidth: selected ? 2.5 : 1.5,
        strokeDasharray: look === 'fallback' ? '5 4' : undefined,
      }}
    />
  )
}
