// What each kind of step puts out, as JSON Schema, and what each step may refer to: for paths, expressions and
// completion. Whoever asks says what workers and other workflows put out, so that a page can ask too. Pure.
import type { JsonSchema } from '#lib/workers/evidence.ts'
import type { StepDefinition } from './definition.ts'
import { waitsFor } from './graph-issues.ts'
import { identifierOf } from './needs.ts'
import { isList, type Resolved, resolvePath, type Scope } from './paths.ts'

/** Null for what there is not. */
export type KnownOutputs = {
  worker: (name: string) => JsonSchema | null
  workflow: (name: string) => JsonSchema | null
}

export const APPROVAL_DECISIONS = ['approved', 'rejected'] as const

const WORD: JsonSchema = { type: 'string' }
const YES_OR_NO: JsonSchema = { type: 'boolean' }
const COUNT: JsonSchema = { type: 'integer' }
const INPUT = object({ text: WORD, title: WORD })
const CONDITION = object({ holds: YES_OR_NO })
const VALIDATION = object({
  passed: YES_OR_NO,
  checks: { type: 'array', items: object({ check: WORD, of: WORD, passed: YES_OR_NO, message: WORD }) },
})

/** Of each step by its name: the input, and the steps that have certainly ended before it. */
export function scopesIn(steps: readonly StepDefinition[], known: KnownOutputs): (stepName: string) => Scope {
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
          outputOf(step, (path) => resolvePath(scope(name), path), known),
        )
    }
    return outputs.get(name) ?? null
  }
  const scope = (name: string): Scope => {
    const found = new Map<string, JsonSchema>([['input', INPUT]])
    for (const earlier of stepsBefore(before, name)) {
      const output = outputNamed(earlier)
      if (output) found.set(identifierOf(earlier), output)
    }
    return found
  }
  return scope
}

/** What a run of the steps puts out as a step of another workflow: each output by its step. */
export function outputOfSteps(steps: readonly StepDefinition[], known: KnownOutputs): JsonSchema {
  const scope = scopesIn(steps, known)
  return object(
    Object.fromEntries(
      steps.flatMap((step) => {
        const output = outputOf(step, (path) => resolvePath(scope(step.name), path), known)
        return output ? [[identifierOf(step.name), output] as const] : []
      }),
    ),
  )
}

/** The steps that end before it, by `waitsFor`. */
export function stepsBefore(before: ReadonlyMap<string, readonly string[]>, name: string): Set<string> {
  const found = new Set<string>()
  const open = [...(before.get(name) ?? [])]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next) || next === name) continue
    found.add(next)
    open.push(...(before.get(next) ?? []))
  }
  return found
}

function outputOf(step: StepDefinition, resolve: (path: string) => Resolved, known: KnownOutputs): JsonSchema | null {
  switch (step.kind) {
    case 'worker':
      return known.worker(step.worker)
    case 'map': {
      const item = known.worker(step.worker)
      return item && object({ items: { type: 'array', items: item }, completed: COUNT, failed: COUNT })
    }
    case 'join': {
      const from = resolve(step.from)
      const items = 'schema' in from && isList(from.schema) ? from.schema : { type: 'array', items: WORD }
      return object({ text: WORD, items, count: COUNT })
    }
    case 'condition':
      return CONDITION
    case 'validate':
      return VALIDATION
    case 'approval': {
      const fields = object(
        Object.fromEntries(
          step.fields.map(({ name, kind, choices }) => [name, kind === 'choice' ? { ...WORD, enum: choices } : WORD]),
        ),
      )
      return object({
        decision: { ...WORD, enum: APPROVAL_DECISIONS },
        by: WORD,
        note: WORD,
        fields,
        decidedAt: WORD,
      })
    }
    case 'wait':
      return object({})
    case 'webhook':
      return object({ delivery: WORD, status: COUNT, attempts: COUNT })
    case 'workflow':
      return known.workflow(step.workflow) ?? object({})
  }
}

function object(properties: Record<string, JsonSchema>): JsonSchema {
  return { type: 'object', properties }
}
