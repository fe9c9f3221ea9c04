// Server actions are public POST endpoints. Each one passes here: same origin, then session, then a strict schema, then
// the verb, which decides what this person may do. What a verb refuses comes back as data; faults are logged by id.
import 'server-only'
import { headers } from 'next/headers'
import { unstable_rethrow } from 'next/navigation'
import type { z } from 'zod'
import { asMember } from '#lib/access/enter.ts'
import { requireOwnOrigin } from '#lib/access/origin.ts'
import type { Ctx } from '#lib/context.ts'
import { DomainError, type FieldIssue, InvalidInput, RateLimited, Unauthenticated } from '#lib/errors.ts'
import { databaseFault } from '#lib/db/faults.ts'
import { fieldIssues } from '#lib/issues.ts'
import type { WorkspaceSummary } from '#lib/workspaces/queries.ts'
import { report } from './problem.ts'
import { database, queue } from './server.ts'
import { currentSession, requestId, type SignedIn } from './session.ts'

export type ActionError = {
  message: string
  code: string
  issues?: FieldIssue[]
  requestId: string
  retryAfterMs?: number
}
export type ActionResult<Data> = { ok: true; data: Data } | { ok: false; error: ActionError }

/** For signed-in people, about their own account or the instance. */
export function defineAction<Schema extends z.ZodType, Data>(
  schema: Schema,
  work: (input: z.output<Schema>, session: SignedIn) => Promise<Data>,
): (input: z.input<Schema>) => Promise<ActionResult<Data>> {
  return (input) => answer(async () => work(parse(schema, input), await requireSessionHere()))
}

/** For members, inside their workspace and its transaction. */
export function defineWorkspaceAction<Schema extends z.ZodType, Data>(
  schema: Schema,
  work: (ctx: Ctx, input: z.output<Schema>, workspace: WorkspaceSummary) => Promise<Data>,
): (workspace: string, input: z.input<Schema>) => Promise<ActionResult<Data>> {
  return (workspace, input) =>
    answer(async () => {
      const { user } = await requireSessionHere()
      const parsed = parse(schema, input)
      const powers = { db: database(), queue: await queue(), requestId: await requestId() }
      return asMember(powers, user, workspace, (ctx, found) => work(ctx, parsed, found))
    })
}

/** For whoever has no session yet: signing in, signing up, a reset link. */
export function definePublicAction<Schema extends z.ZodType, Data>(
  schema: Schema,
  work: (input: z.output<Schema>) => Promise<Data>,
): (input: z.input<Schema>) => Promise<ActionResult<Data>> {
  return (input) => answer(() => work(parse(schema, input)))
}

async function answer<Data>(work: () => Promise<Data>): Promise<ActionResult<Data>> {
  try {
    requireOwnOrigin(await headers())
    return { ok: true, data: await work() }
  } catch (error) {
    unstable_rethrow(error)
    return { ok: false, error: await describe(error) }
  }
}

async function requireSessionHere(): Promise<SignedIn> {
  const session = await currentSession()
  if (!session) throw new Unauthenticated('You are no longer signed in. Sign in again; what you typed stays here.')
  return session
}

function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw new InvalidInput(fieldIssues(result.error))
}

async function describe(error: unknown): Promise<ActionError> {
  const id = await requestId()
  if (error instanceof DomainError)
    return {
      message: error.message,
      code: error.code,
      issues: error instanceof InvalidInput ? error.issues : undefined,
      retryAfterMs: error instanceof RateLimited ? error.retryAfterMs : undefined,
      requestId: id,
    }
  report(error, 500, id)
  if (databaseFault(error))
    return {
      message: 'The database does not answer at the moment, so nothing was changed. Try again in a few seconds.',
      code: 'unavailable',
      requestId: id,
    }
  return {
    message: 'Baton could not do this. Try again in a moment; if it happens again, give the error id to your operator.',
    code: 'internal',
    requestId: id,
  }
}
