// Checks an input against its worker's schema and names the field of every fault.
import type { Ctx } from '#lib/context.ts'
import { documentPart, textOfPart } from '#lib/documents/part.ts'
import type { UsedDocument } from '#lib/documents/shapes.ts'
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

/** An input whose text is a document's gets that text. @throws what the document's text is refused for. */
export async function resolveText(
  ctx: Ctx,
  input: Record<string, unknown>,
): Promise<{ input: Record<string, unknown>; document: UsedDocument | null }> {
  if (typeof input['text'] !== 'object' || input['text'] === null) return { input, document: null }
  const parsed = documentPart.safeParse(input['text'])
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error, ['input', 'text']))
  const { text, document } = await textOfPart(ctx, parsed.data, 'input.text')
  return { input: { ...input, text }, document }
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
