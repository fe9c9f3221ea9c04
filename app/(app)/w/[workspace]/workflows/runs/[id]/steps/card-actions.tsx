'use client'

import Link from 'next/link'
import { use, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { notify } from '#app/_ui/toast.tsx'
import type { DecisionRequest } from '#lib/workflows/approvals.ts'
import type { BoardStep } from '#lib/workflows/shapes.ts'
import { CardsContext } from './cards-context.ts'
import type { GraphNode } from './run-graph.ts'

/** The two answers on the card itself; where there is something to fill in, they lead to the form. */
export function CardDecision({ node, step }: { node: GraphNode; step: BoardStep }) {
  const { decide, open } = use(CardsContext)
  const [busy, setBusy] = useState<DecisionRequest['decision'] | null>(null)

  async function answer(decision: DecisionRequest['decision']) {
    if (!decide || step.decision?.hasForm) return open(node)
    setBusy(decision)
    const answered = await decide(step.name, { decision })
    setBusy(null)
    if (!answered.ok) notify(answered.error.message)
  }
  return (
    <span className="grid grid-cols-2 gap-1.5 mt-1">
      <Button
        size="sm"
        kind="primary"
        busy={busy === 'approved'}
        aria-label={`Approve: ${step.title}`}
        onClick={() => void answer('approved')}
      >
        Approve
      </Button>
      <Button
        size="sm"
        busy={busy === 'rejected'}
        aria-label={`Decline: ${step.title}`}
        onClick={() => void answer('rejected')}
      >
        Decline
      </Button>
    </span>
  )
}

export function AddModel() {
  return (
    <Link href="/setup" className="link text-12 inline-block leading-6">
      Add a model
    </Link>
  )
}
