// Publishes drafts as versions that never change. Runs begin with the newest and keep it.
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { Conflict, InvalidInput, NotFound } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { isWellFormed } from '#lib/text.ts'
import { checkDefinition, type Checked } from '../check.ts'
import { findWorkflow } from './find.ts'

export const publishRequest = z.strictObject({
  /** Of the draft that was looked at. */
  revision: z.number().int().min(1),
  note: z.string().trim().max(500).refine(isWellFormed, 'Has a character that cannot be stored.').default(''),
})
export type PublishRequest = z.input<typeof publishRequest>

type Row = { id: string; draft: unknown; revision: number; version: number | null }

/**
 * The draft becomes the next version.
 * @throws Forbidden; NotFound; Conflict `stale_draft`; InvalidInput with paths such as `draft.steps.0.needs.0`.
 */
export async function publishWorkflow(ctx: Ctx, name: string, request: PublishRequest): Promise<{ version: number }> {
  requireAccess(ctx, 'workflow.change')
  const parsed = publishRequest.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { tx, workspaceId, actor } = ctx
  const { rows } = await tx.execute<Row>(sql`
    select id, draft, revision, version from workflows
    where workspace_id = ${workspaceId} and name = ${name} and archived_at is null for update`)
  const row = rows[0]
  if (!row) throw new NotFound('The workflow')
  if (row.revision !== parsed.data.revision)
    throw new Conflict('The draft was saved meanwhile. Look at it before you publish it.', 'stale_draft')
  const checked = await checkDraft(ctx, row.draft)
  if (checked.definition === null)
    throw new InvalidInput(checked.issues.map(({ path, message }) => ({ path: `draft.${path}`, message })))
  const { uses: _, ...definition } = checked.definition
  const version = (row.version ?? 0) + 1
  await tx.execute(sql`
    with v as (insert into workflow_versions (workspace_id, workflow_id, version, definition, note, published_by)
      values (${workspaceId}, ${row.id}, ${version}, ${JSON.stringify(definition)}::jsonb, ${parsed.data.note},
        ${JSON.stringify(actor)}::jsonb))
    update workflows set version = ${version} where id = ${row.id}`)
  return { version }
}

/** What there is to correct before it can be published. The caller has checked who asks. */
export function checkDraft(ctx: Ctx, draft: unknown): Promise<Checked> {
  return checkDefinition(draft, async (used) => (await findWorkflow(ctx, used))?.definition ?? null)
}
