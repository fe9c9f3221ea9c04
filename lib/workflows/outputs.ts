// What the steps of a definition may refer to, with the workers and workflows that there are.
import { z } from 'zod'
import type { JsonSchema } from '#lib/workers/evidence.ts'
import { outputSchema, WORKERS, workerNamed } from '#lib/workers/registry.ts'
import type { PinnedDefinition, WorkflowDefinition } from './definition.ts'
import type { Scope } from './paths.ts'
import { type APPROVAL_DECISIONS, type KnownOutputs, outputOfSteps, scopesIn } from './scopes.ts'

export type Uses = Readonly<Record<string, WorkflowDefinition>>

export const CONDITION_OUTPUT = z.object({ holds: z.boolean() })
export const VALIDATION_OUTPUT = z.object({
  passed: z.boolean(),
  checks: z.array(z.object({ check: z.string(), of: z.string(), passed: z.boolean(), message: z.string() })),
})
export type ApprovalOutput = {
  decision: (typeof APPROVAL_DECISIONS)[number]
  /** Who decided; empty when the time had run out. */
  by: string
  note: string
  fields: Record<string, string>
  decidedAt: string
}
export type ValidationOutput = z.output<typeof VALIDATION_OUTPUT>

/** What each step may refer to: the input, and the steps that have certainly ended before it. */
export function scopesOf({ steps, uses = {} }: PinnedDefinition): (stepName: string) => Scope {
  return scopesIn(steps, knownOutputs(uses))
}

export function knownOutputs(uses: Uses): KnownOutputs {
  const known: KnownOutputs = {
    worker: outputOfWorker,
    workflow: (name) => {
      const used = uses[name]
      return used ? outputOfSteps(used.steps, known) : null
    },
  }
  return known
}

const schemas = new Map<string, JsonSchema>()

function outputOfWorker(worker: string): JsonSchema | null {
  if (!WORKERS.some(({ name }) => name === worker)) return null
  const known = schemas.get(worker) ?? outputSchema(workerNamed(worker))
  schemas.set(worker, known)
  return known
}
