// Workflows of a workspace while they are being written. A draft may be wrong or half done; nothing runs it.
import { sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import { z } from 'zod'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { isDuplicate } from '#lib/db/faults.ts'
import { workflows } from '#lib/db/workflow-schema.ts'
import { Conflict, InvalidInput, NotFound } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { repairJson } from '#lib/text.ts'
import { WORKFLOWS } from '../catalogue.ts'
import { stepName, type WorkflowDefinition } from '../definition.ts'
import { findWorkflow } from './find.ts'

/** In characters of JSON: a thousand steps with much to say. */
const MAX_DRAFT = 1_000_000

const draft = z
  .record(z.string(), z.unknown())
  .refine((value) => JSON.stringify(value).length <= MAX_DRAFT, 'The workflow is larger than 1 MB.')

export const createRequest = z
  .strictObject({
    /** Left out: a free one after the title. */
    name: stepName.optional(),
    /** The workflow or template that it begins as. */
    from: stepName.optional(),
    draft: draft.optional(),
  })
  .refine(({ from, draft: given }) => from === undefined || given === undefined, {
    path: ['from'],
    message: 'Send either "from" or "draft".',
  })
export type CreateRequest = z.input<typeof createRequest>

/** @throws Forbidden; InvalidInput; Conflict when the name is taken. @returns its name */
export async function createWorkflow(ctx: Ctx, request: CreateRequest = {}): Promise<string> {
  requireAccess(ctx, 'workflow.change')
  const parsed = createRequest.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { from } = parsed.data
  const source = from === undefined ? null : await sourceOf(ctx, from)
  const first = (source ?? (parsed.data.draft ? storable(parsed.data.draft) : EMPTY)) as Record<string, unknown>
  const title = typeof first['title'] === 'string' ? first['title'].slice(0, 80) : EMPTY.title
  const name = parsed.data.name ?? (await freeName(ctx, title))
  if (parsed.data.name !== undefined && (await isTaken(ctx, name))) throw nameTaken(name)
  try {
    await ctx.tx.insert(workflows).values({
      id: newId(),
      workspaceId: ctx.workspaceId,
      name,
      draft: { ...first, name },
      savedBy: ctx.actor,
      template: from !== undefined && WORKFLOWS.some((template) => template.name === from) ? from : null,
    })
  } catch (error) {
    if (isDuplicate(error)) throw nameTaken(name)
    throw error
  }
  return name
}

const EMPTY = { title: 'New workflow', summary: 'What it is for, in a sentence.', steps: [] }

async function sourceOf(ctx: Ctx, name: string): Promise<WorkflowDefinition> {
  const found = await findWorkflow(ctx, name)
  if (!found) throw new InvalidInput([{ path: 'from', message: `There is no workflow named "${name}".` }])
  return found.definition
}

/** A name that nobody has, after a title or another name. */
export async function freeName(ctx: Ctx, title: string): Promise<string> {
  const base = nameAfter(title)
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? base : `${base}-${count}`
    if (!(await isTaken(ctx, name))) return name
  }
}

export function nameAfter(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
  return plain.slice(0, 50).replace(/-+$/, '') || 'workflow'
}

/** An archived one keeps its name, so that it can come back. */
export async function isTaken({ tx, workspaceId }: Ctx, name: string): Promise<boolean> {
  if (ADDRESSES.has(name) || WORKFLOWS.some((template) => template.name === name)) return true
  const { rows } = await tx.execute(sql`
    select from workflows where workspace_id = ${workspaceId} and name = ${name}`)
  return rows.length > 0
}

/** What stands at the place of a workflow's name in the addresses of pages. */
const ADDRESSES = new Set(['plan', 'runs'])

function nameTaken(name: string): Conflict {
  return new Conflict(
    ADDRESSES.has(name)
      ? `The name "${name}" stands for a page of its own. Take another name.`
      : `There is a workflow named "${name}" already, maybe an archived one. Take another name.`,
    'name_taken',
  )
}

export const saveRequest = z.strictObject({
  draft,
  /** The one that was changed. */
  revision: z.number().int().min(1),
  /** Saves over what somebody else has saved meanwhile. */
  overwrite: z.boolean().default(false),
})
export type SaveRequest = z.input<typeof saveRequest>

/** @throws Forbidden; NotFound; InvalidInput; Conflict `stale_draft` that names who has saved meanwhile. */
export async function saveDraft(ctx: Ctx, name: string, request: SaveRequest): Promise<{ revision: number }> {
  requireAccess(ctx, 'workflow.change')
  const parsed = saveRequest.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { revision, overwrite } = parsed.data
  const value = { ...storable(parsed.data.draft), name }
  const { rows } = await ctx.tx.execute<{ revision: number }>(sql`
    update workflows set draft = ${JSON.stringify(value)}::jsonb, revision = revision + 1,
      saved_by = ${JSON.stringify(ctx.actor)}::jsonb, saved_at = clock_timestamp()
    where workspace_id = ${ctx.workspaceId} and name = ${name} and archived_at is null
      and (${overwrite} or revision = ${revision})
    returning revision`)
  if (rows[0]) return rows[0]
  const standing = await ctx.tx.execute<{ by: string; revision: number }>(sql`
    select saved_by ->> 'name' as by, revision from workflows
    where workspace_id = ${ctx.workspaceId} and name = ${name} and archived_at is null`)
  const other = standing.rows[0]
  if (!other) throw new NotFound('The workflow')
  throw new Conflict(
    `${other.by} has saved revision ${other.revision} meanwhile, and yours began at ${revision}. Look at it, or save over it.`,
    'stale_draft',
  )
}

/** Without what Postgres cannot hold. */
function storable(value: Record<string, unknown>): Record<string, unknown> {
  return repairJson(value).value as Record<string, unknown>
}

/** It can be restored; its runs stay. @throws Forbidden; NotFound */
export async function archiveWorkflow(ctx: Ctx, name: string, { restore = false } = {}): Promise<void> {
  requireAccess(ctx, 'workflow.change')
  const { rows } = await ctx.tx.execute(sql`
    update workflows set archived_at = ${restore ? sql`null` : sql`clock_timestamp()`}
    where workspace_id = ${ctx.workspaceId} and name = ${name} and (archived_at is null) <> ${restore} returning id`)
  if (rows.length === 0) throw new NotFound('The workflow')
}
