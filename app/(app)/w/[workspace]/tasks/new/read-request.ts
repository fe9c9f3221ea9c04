// Reads a request that was edited as JSON. The server's schema has the last word; this one keeps the form in step.
import type { DocumentPart } from '#lib/documents/part.ts'
import type { SubmitRequest } from '#lib/tasks/requests.ts'
import { ENGINES, PRIORITIES } from '#lib/tasks/states.ts'

type Check = (value: unknown) => string | null

const CHECKS = new Map<string, Check>(
  Object.entries({
    worker: (value) => (typeof value === 'string' ? null : 'the name of a worker is missing.'),
    input: (value) => (isRecord(value) ? null : 'an object with the text is missing.'),
    title: text,
    externalId: text,
    replayOf: text,
    tags: (value) =>
      Array.isArray(value) && value.every((tag) => typeof tag === 'string') ? null : 'use a list of texts.',
    engine: oneOf(ENGINES),
    priority: oneOf(PRIORITIES),
    dueAt: instant,
    notBefore: instant,
  }),
)

/** `part` is the document that the form's text is from. Says in one sentence why the JSON cannot be the request of a known worker. */
export function readRequest(
  json: string,
  workers: readonly string[],
  part: DocumentPart | null = null,
): { request: SubmitRequest } | { problem: string } {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    return { problem: `This is not JSON yet. ${error instanceof Error ? error.message : ''}`.trim() }
  }
  if (!isRecord(value)) return { problem: 'A request is an object, written in braces.' }
  for (const name of new Set(['worker', 'input', ...Object.keys(value)])) {
    const check = CHECKS.get(name)
    const problem = check ? ownValue(value, name, check) : 'there is no such field.'
    if (problem !== null) return { problem: `${name}: ${problem}` }
  }
  const request = value as SubmitRequest
  if (!workers.includes(request.worker))
    return { problem: `worker: there is no worker "${request.worker}". Use one of ${workers.join(', ')}.` }
  const { text: given } = request.input
  if (isRecord(given) && !isSame(given, part))
    return { problem: 'input.text: this is not the document of this form. Write a text, or open that document.' }
  if (typeof given !== 'string' && !isRecord(given)) return { problem: 'input.text: the text is missing.' }
  return { request }
}

function isSame(given: Record<string, unknown>, part: DocumentPart | null): boolean {
  return (
    part !== null &&
    Object.keys(given).length === Object.keys(part).length &&
    given['document'] === part.document &&
    given['pages'] === part.pages
  )
}

function ownValue(value: Record<string, unknown>, name: string, check: Check): string | null {
  const optional = name !== 'worker' && name !== 'input'
  return optional && value[name] === undefined ? null : check(value[name])
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? null : 'use a text.'
}

function oneOf(values: readonly string[]): Check {
  return (value) => (typeof value === 'string' && values.includes(value) ? null : `use one of ${values.join(', ')}.`)
}

function instant(value: unknown): string | null {
  const fits = typeof value === 'string' && /T.*(?:Z|[+-]\d\d:?\d\d)$/.test(value) && !Number.isNaN(Date.parse(value))
  return fits ? null : 'use an ISO 8601 time with offset, such as 2026-05-01T09:00:00Z.'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
