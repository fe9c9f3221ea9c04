'use client'

import { createContext, use } from 'react'
import type { Quote } from '#lib/workers/quotes.ts'

/** What the parts of a report need for their chips. */
export type EvidenceView = {
  numberOf: (evidence: Quote) => number | null
  active: number | null
  activate: (number: number) => void
}

export const EvidenceContext = createContext<EvidenceView>({
  numberOf: () => null,
  active: null,
  activate: () => undefined,
})

export function useEvidence(): EvidenceView {
  return use(EvidenceContext)
}
