// Reads what a request says beside its credentials: path, query, headers and body, each against the route's contract.
import { createHash } from 'node:crypto'
import { type FieldIssue, InvalidInput, NotFound } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { isInheritedName } from '#lib/json.ts'
import { isWellFormed } from '#lib/text.ts'
import type { Contract } from './contract.ts'
import { readJsonBody } from './request-body.ts'

export type Idempotency = { key: string; route: string; bodyHash: Buffer }
export type Read = { params: unknown; query: unknown; body: unknown; idempotency: Idempotency | undefined }

/** @throws NotFound, InvalidInput, TooLarge, UnsupportedMedia */
export async function readRequest(contract: Contract, request: Request, rawParams: unknown): Promise<Read> {
  const params = contract.params.safeParse(rawParams)
  if (!params.success) throw new NotFound(contract.noun)
  const query = readQuery(contract, new URL(request.url))
  const key = contract.idempotent ? request.headers.get('idempotency-key') : null
  const { bytes, json } = contract.body
    ? await readJsonBody(request, contract.maxBytes)
    : { bytes: new Uint8Array(), json: {} }
  const body = contract.body?.safeParse(json)
  if (body && !body.success) throw new InvalidInput(fieldIssues(body.error))
  return {
    params: params.data,
    query,
    body: body?.data,
    idempotency: key === null ? undefined : { key, route: contract.name, bodyHash: sha256(bytes) },
  }
}

function readQuery(contract: Contract, url: URL): unknown {
  const issues = addressIssues(url)
  if (issues.length > 0) throw new InvalidInput(issues)
  const query = contract.readQuery(url.searchParams)
  if (!query.success) throw new InvalidInput(fieldIssues(query.error))
  return query.data
}

/** Bytes that are not UTF-8 arrive as U+FFFD: the server decodes addresses before we see them. */
function addressIssues(url: URL): FieldIssue[] {
  return [...url.searchParams].flatMap(([name, value]): FieldIssue[] => {
    if (isInheritedName(name)) return [{ path: name, message: 'This field is not known here.' }]
    if (!isWellFormed(name) || !isWellFormed(value)) return [{ path: name, message: 'Has a NUL character.' }]
    if (value.includes('\uFFFD')) return [{ path: name, message: 'Has bytes that are not UTF-8.' }]
    return []
  })
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
