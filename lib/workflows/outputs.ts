// What each kind of step puts out, as JSON Schema: for paths, expressions and completion.
import { z } from 'zod'
import type { JsonSchema } from '#lib/workers/evidence.ts'
import { outputSchema, WORKERS, workerNamed } from '#lib/workers/registry.ts'
import type { PinnedDefinition, StepDefinition, WorkflowDefinition } from './definition.ts'
import { waitsFor } from './graph-issues.ts'
import { identifierOf } from './needs.ts'
import { isList, type Resolved, resolvePath, type Scope } from './paths.ts'

export type Uses = Readonly<Record<string, WorkflowDefinition>>

const INPUT: JsonSchema = object({ text: { type: 'string' }, title: { type: 'string' } })

export const CONDITION_OUTPUT = z.object({ holds: z.boolean() })
export const VALIDATION_OUTPUT = z.object({
  passed: z.boolean(),
  checks: z.array(z.object({ check: z.string(), of: z.string(), passed: z.boolean(), message: z.string() })),
})
export const APPROVAL_DECISIONS = ['approved', 'rejected'] as const
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
  const before = waitsFor(steps)
  const byName = new Map(steps.map((step) => [step.name, step]))
  const outputs = new Map<string, JsonSchema | null>()
  const outputNamed = (name: string): JsonSchema | null => {
    if (!outputs.has(name)) {
      outputs.set(name, null)
      const step = byName.get(name)
      if (step)
        outputs.set(
          name,
          outputOf(step, (path) => resolvePath(scope(name), path), uses),
        )
    }
    return outputs.get(name) ?? null
  }
  const scope = (name: string): Scope => {
    const found = new Map<string, JsonSchema>([['input', INPUT]])
    for (const earlier of ancestors(before, name)) {
      const output = outputNamed(earlier)
      if (output) found.set(identifierOf(earlier), output)
    }
    return found
  }
  return scope
}

function ancestors(before: ReadonlyMap<string, string[]>, name: string): Set<string> {
  const found = new Set<string>()
  const open = [...(before.get(name) ?? [])]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next) || next === name) continue
    found.add(next)
    open.push(...(before.get(next) ?? []))
  }
  return found
}

function outputOf(step: StepDefinition, resolve: (path: string) => Resolved, uses: Uses): JsonSchema | null {
  switch (step.kind) {
    case 'worker':
      return outputOfWorker(step.worker)
    case 'map': {
      const item = outputOfWorker(step.worker)
      const count = { type: 'integer' }
      return item && object({ items: { type: 'array', items: item }, completed: count, failed: count })
    }
    case 'join': {
      const from = resolve(step.from)
      const items = 'schema' in from && isList(from.schema) ? from.schema : { type: 'array', items: { type: 'string' } }
      return object({ text: { type: 'string' }, items, count: { type: 'integer' } })
    }
    case 'condition':
      return jsonSchema(CONDITION_OUTPUT)
    case 'validate':
      return jsonSchema(VALIDATION_OUTPUT)
    case 'approval': {
      const word = { type: 'string' }
      const fields = object(
        Object.fromEntries(
          step.fields.map(({ name, kind, choices }) => [name, kind === 'choice' ? { ...word, enum: choices } : word]),
        ),
      )
      return object({
        decision: { ...word, enum: APPROVAL_DECISIONS },
        by: word,
        note: word,
        fields,
        decidedAt: word,
      })
    }
    case 'wait':
      return object({})
    case 'webhook':
      return object({ delivery: { type: 'string' }, status: { type: 'integer' }, attempts: { type: 'integer' } })
    case 'workflow': {
      const used = uses[step.workflow]
      if (!used) return object({})
      const scope = scopesOf({ ...used, uses })
      const inner = used.steps.flatMap((one) => {
        const output = outputOf(one, (path) => resolvePath(scope(one.name), path), uses)
        return output ? [[identifierOf(one.name), output] as const] : []
      })
      return object(Object.fromEntries(inner))
    }
  }
}

const schemas = new Map<string, JsonSchema>()

function outputOfWorker(worker: string): JsonSchema | null {
  if (!WORKERS.some(({ name }) => name === worker)) return null
  const known = schemas.get(worker) ?? outputSchema(workerNamed(worker))
  schemas.set(worker, known)
  return known
}

function jsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema)
  return rest
}

function object(properties: Record<string, JsonSchema>): JsonSchema {
  return { type: 'object', properties }
}
