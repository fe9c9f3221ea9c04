// The catalogue: adding a worker is one file and one line in `text-workers.ts`. Server side only; pages get JSON Schemas
// from it.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { NotFound } from '#lib/errors.ts'
import type { WorkerDefinition } from './define.ts'
import type { JsonSchema } from './evidence.ts'
import { planner } from './planner.ts'
import { TEXT_WORKERS } from './text-workers.ts'

/** What people choose and workflows are made of, in display order. */
export const WORKERS = TEXT_WORKERS

export const WORKER_NAMES: readonly string[] = WORKERS.map((worker) => worker.name)

/** With the one that plans workflows: all that have a queue and slots. */
export const ALL_WORKERS: readonly WorkerDefinition[] = [...WORKERS, planner]

/** @throws NotFound */
export function workerNamed(name: string): WorkerDefinition {
  const worker = ALL_WORKERS.find((candidate) => candidate.name === name)
  if (!worker) throw new NotFound(`The worker ${JSON.stringify(name.slice(0, 60))}`)
  return worker
}

/** Twelve hex digits that change whenever the prompt or a schema does; the same in every process. */
export function workerVersion(worker: WorkerDefinition): string {
  const { system, prompt } = worker.prompt(worker.input.parse(worker.example.input))
  const parts = [system, prompt, inputSchema(worker), outputSchema(worker)]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12)
}

/** What a caller sends: properties with a default are not required. `x-labels` names the values of a choice. */
export function inputSchema(worker: WorkerDefinition): JsonSchema {
  return jsonSchema(worker.input, 'input')
}

export function outputSchema(worker: WorkerDefinition): JsonSchema {
  return jsonSchema(worker.output, 'output')
}

/** The input without its text, as the form needs it; options keep the order of the definition. */
export function optionsSchema(worker: WorkerDefinition): JsonSchema {
  const schema = inputSchema(worker)
  const { text: _, ...properties } = schema['properties'] as Record<string, JsonSchema>
  return { ...schema, properties, required: [] }
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io })
  return rest
}
