'use client'

import { createContext } from 'react'
import type { Decide } from './decision-form.tsx'
import type { GraphNode } from './run-graph.ts'

export type Cards = {
  selected: string | null
  /** Which card the keyboard has come to. */
  focused: string | null
  readAt: number
  open: (node: GraphNode) => void
  decide: Decide | null
}

export const CardsContext = createContext<Cards>({
  selected: null,
  focused: null,
  readAt: 0,
  open: () => {},
  decide: null,
})
