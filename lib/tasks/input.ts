// Checks an input against its worker's schema and names the field of every fault.
import { type FieldIssue, InvalidInput, NotFound } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { isWellFormed } from '#lib/text.ts'
import type { WorkerDefinition } from '#lib/workers/define.ts'
import { workerNamed } from '#lib/workers/registry.ts'

export type CheckedInput = { worker: WorkerDefinition; text: string; options: Record<string, unknown> }

/** The input with its defaults filled in. @throws InvalidInput with paths such as `input.text`. */
export function checkInput(workerName: string, input: unknown): CheckedInput {
  const worker = findWorker(workerName)
  const parsed = worker.input.safeParse(input)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error, ['input']))
  const { text, ...options } = parsed.data as { text: string } & Record<string, unknown>
  const issues = malformed(options, 'input')
  if (issues.length > 0) throw new InvalidInput(issues)
  return { worker, text, options }
}

function findWorker(name: string): WorkerDefinition {
  try {
    return workerNamed(name)
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    throw new InvalidInput([{ path: 'worker', message: `There is no worker named ${JSON.stringify(name)}.` }])
  }
}

/** Strings that Postgres cannot hold. The schema has been met, so the value is shallow. */
function malformed(value: unknown, path: string): FieldIssue[] {
  if (typeof value === 'string')
    return isWellFormed(value)
      ? []
      : [{ path, message: 'Has a NUL character or half of a surrogate pair. Remove it and send the request again.' }]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, child]) => malformed(child, `${path}.${key}`))
}
