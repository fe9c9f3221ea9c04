// Sends a table to the API, by way of the browser's own upload: a file is never held as text here.
import type { TablePreview } from '#lib/batches/shapes.ts'
import type { FieldIssue } from '#lib/errors.ts'

export type Refusal = { message: string; code: string; issues: FieldIssue[]; batchId: string | null }
export type Answer<Body> = { ok: true; body: Body } | { ok: false; refusal: Refusal }

export type StartFields = {
  name: string
  worker?: string
  workflow?: string
  options?: string
  engine: string
  column: string
  header: string
  again?: string
}

export function previewTable(
  api: string,
  table: Blob,
  fields: { header: string; column?: string },
  signal: AbortSignal,
) {
  return send<TablePreview>(`${api}/batches/preview?${new URLSearchParams(fields)}`, table, { signal })
}

export function startTable(api: string, table: Blob, fields: StartFields, key: string) {
  return send<{ id: string }>(`${api}/batches?${new URLSearchParams(fields)}`, table, {
    headers: { 'Idempotency-Key': key },
  })
}

type Sending = { signal?: AbortSignal; headers?: Record<string, string> }

async function send<Body>(url: string, table: Blob, init: Sending): Promise<Answer<Body>> {
  const headers = { ...init.headers, 'Content-Type': 'text/csv' }
  const response = await fetch(url, { ...init, method: 'POST', body: table, headers }).catch(() => null)
  if (init.signal?.aborted) return refused('Stopped.', 'aborted')
  if (response === null)
    return refused('The server does not answer. Look whether it was done, then try again.', 'no_answer')
  const body: unknown = await response.json().catch(() => null)
  if (response.ok && body !== null) return { ok: true, body: body as Body }
  if (response.status === 401)
    return refused('You are no longer signed in. Sign in again; what you chose stays here.', 'unauthenticated')
  const problem = (body ?? {}) as { detail?: string; code?: string; issues?: FieldIssue[]; batchId?: string }
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
