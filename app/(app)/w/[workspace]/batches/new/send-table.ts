// Sends a table to the API, by way of the browser's own upload: a file is never held as text here.
import type { TablePreview } from '#lib/batches/shapes.ts'
import type { FieldIssue } from '#lib/errors.ts'
import type { Engine } from '#lib/tasks/states.ts'
import type { BatchFile } from './files.ts'

export type Refusal = { message: string; code: string; issues: FieldIssue[]; batchId: string | null }
export type Answer<Body> = { ok: true; body: Body } | { ok: false; refusal: Refusal }

/** What is done with each text, and what all of it may cost. */
export type Doing = {
  name: string
  worker?: string
  workflow?: string
  options: Record<string, unknown>
  engine: Engine
  again: boolean
  cap: { capMicros: number; unpriced: boolean } | null
}

type TableChoice = { column: string; header: boolean; first: number | undefined }

/** As it stands in the address: the body is the table. */
export function tableFields({ cap, options, again, ...doing }: Doing, { first, ...choice }: TableChoice) {
  const given = { ...doing, ...choice, ...cap, options: JSON.stringify(options), ...(again ? { again } : {}) }
  const all = { ...given, ...(first === undefined ? {} : { first }) }
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, String(value)]))
}

/** Files that did not arrive come along as failed rows, unless only the `first` ones are tried. */
export function filesRequest({ cap, ...doing }: Doing, files: readonly BatchFile[], first: number | undefined) {
  const taken = first === undefined ? files : files.filter(({ documentId }) => documentId !== null).slice(0, first)
  return {
    ...doing,
    ...cap,
    files: taken.map(({ name, documentId, problem, advice }) =>
      documentId === null
        ? {
            name: name.slice(0, 200) || 'unnamed',
            problem: problem ?? 'It did not arrive.',
            ...(advice ? { advice } : {}),
          }
        : { document: documentId },
    ),
  }
}

export function previewTable(
  api: string,
  table: Blob,
  fields: { header: string; column?: string },
  signal: AbortSignal,
) {
  return send<TablePreview>(`${api}/batches/preview?${new URLSearchParams(fields)}`, table, { signal })
}

export function startTable(api: string, table: Blob, fields: Record<string, string>, key: string) {
  return send<{ id: string }>(`${api}/batches?${new URLSearchParams(fields)}`, table, {
    headers: { 'Idempotency-Key': key },
  })
}

export function startFiles(api: string, request: ReturnType<typeof filesRequest>, key: string) {
  return send<{ id: string }>(`${api}/batches/files`, JSON.stringify(request), {
    headers: { 'Idempotency-Key': key, 'Content-Type': 'application/json' },
  })
}

type Sending = { signal?: AbortSignal; headers?: Record<string, string> }

async function send<Body>(url: string, body: Blob | string, init: Sending): Promise<Answer<Body>> {
  const headers = { 'Content-Type': 'text/csv', ...init.headers }
  const response = await fetch(url, { ...init, method: 'POST', body, headers }).catch(() => null)
  if (init.signal?.aborted) return refused('Stopped.', 'aborted')
  if (response === null)
    return refused('The server does not answer. Look whether it was done, then try again.', 'no_answer')
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok && answer !== null) return { ok: true, body: answer as Body }
  if (response.status === 401)
    return refused('You are no longer signed in. Sign in again; what you chose stays here.', 'unauthenticated')
  const problem = (answer ?? {}) as { detail?: string; code?: string; issues?: FieldIssue[]; batchId?: string }
  return refused(
    problem.detail ?? 'The server could not take this. Try again in a moment.',
    problem.code ?? 'unknown',
    problem.issues,
    problem.batchId,
  )
}

function refused(message: string, code: string, issues: FieldIssue[] = [], batchId: string | null = null) {
  return { ok: false as const, refusal: { message, code, issues, batchId } }
}
