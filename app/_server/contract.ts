// What a route promises, readable as `GET.contract`: tests enumerate it and the API's description derives from it.
import type { z } from 'zod'
import type { Action } from '#lib/access/policy.ts'

export type Contract = {
  /** camelCase, unique: the operation's id. */
  name: string
  summary: string
  /** What whoever asks must be allowed to do in the workspace of the path; null where anybody may ask. */
  action: Action | null
  params: z.ZodType
  /** What does not exist when the path's parameters cannot name it: the same answer as for an unknown one. */
  noun: string
  query: z.ZodType
  readQuery: (search: URLSearchParams) => ReadQuery<unknown>
  /** Null for a route without one; a missing body counts as `{}`. */
  body: z.ZodType | null
  /** By status: a schema for JSON, another media type, or null for no content. */
  responses: Record<number, z.ZodType | string | null>
  maxBytes: number
  /** Takes an Idempotency-Key. */
  idempotent: boolean
  /** How long a caller may wait for transactions of its own, in sum; a slow upload does not count. */
  deadlineMs: number
}

export type ReadQuery<Query> = { success: true; data: Query } | { success: false; error: z.core.$ZodError }

export type Route = ((request: Request, context: { params: Promise<unknown> }) => Promise<Response>) & {
  contract: Contract
}
