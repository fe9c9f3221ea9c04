// One state of a workflow: a version, or the draft as it was saved last. To be compared, or taken away as a file.
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { requireAccess } from '#lib/access/policy.ts'
import type { Actor } from '#lib/access/actor.ts'
import type { Ctx } from '#lib/context.ts'
import { InvalidInput, NotFound } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { iso } from '#lib/tasks/summary.ts'
import { WORKFLOWS } from '../catalogue.ts'
import { stepDefinition, workflowDefinition } from '../definition.ts'
import { compareWorkflows, type WorkflowChanges } from './compare.ts'
import type { WorkflowSide } from './shapes.ts'
import { writeFile } from './yaml-draft.ts'

/** `draft`, or the number of a version. */
export const sideName = z.union([z.literal('draft'), z.coerce.number().int().min(1).max(1_000_000)], {
  error: 'Give "draft" or the number of a version.',
})
export type SideName = z.output<typeof sideName>

type Row = { version: number | null; definition: unknown; note: string; by: Actor; at: string }

/** Left out: the newest version, or the draft before there is one. @throws Forbidden; NotFound */
export async function getSide(ctx: Ctx, name: string, of?: SideName): Promise<WorkflowSide> {
  requireAccess(ctx, 'run.read')
  const { tx, workspaceId } = ctx
  const { rows } =
    of === 'draft'
      ? await tx.execute<Row>(sql`
          select null as version, draft as definition, '' as note, saved_by as by, saved_at as at from workflows
          where workspace_id = ${workspaceId} and name = ${name} and archived_at is null`)
      : await tx.execute<Row>(sql`
          select v.version, coalesce(v.definition, w.draft) as definition, coalesce(v.note, '') as note,
            coalesce(v.published_by, w.saved_by) as by, coalesce(v.published_at, w.saved_at) as at
          from workflows w left join workflow_versions v
            on v.workflow_id = w.id and v.version = ${of === undefined ? sql`w.version` : sql`${of}::int`}
          where w.workspace_id = ${workspaceId} and w.name = ${name} and w.archived_at is null
            and (${of === undefined} or v.version is not null)`)
  const row = rows[0]
  if (row)
    return { of: row.version ?? 'draft', definition: row.definition, note: row.note, by: row.by.name, at: iso(row.at) }
  const template = of === undefined ? WORKFLOWS.find((one) => one.name === name) : undefined
  if (template) return { of: null, definition: template, note: '', by: '', at: null }
  throw new NotFound(typeof of === 'number' ? `Version ${of} of the workflow` : 'The workflow')
}

export const exportQuery = z.strictObject({
  format: z.enum(['yaml', 'json']).default('yaml'),
  /** Left out: the newest version, or the draft before there is one. */
  of: sideName.optional(),
})

/** With its name, so that it can be imported as what it is. @throws Forbidden; NotFound; InvalidInput */
export async function exportWorkflow(
  ctx: Ctx,
  name: string,
  query: z.input<typeof exportQuery>,
): Promise<{ body: string; contentType: string; fileName: string }> {
  const parsed = exportQuery.safeParse(query)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { format, of } = parsed.data
  const side = await getSide(ctx, name, of)
  const fileName = `${name}${side.of === 'draft' ? ' draft' : ''}.${format}`
  return {
    body: writeFile(name, side.definition, format),
    contentType: `application/${format}; charset=utf-8`,
    fileName,
  }
}

export const compareQuery = z.strictObject({ from: sideName.optional(), to: sideName.optional() })

/**
 * Two states of a workflow; left out, the newest version and the draft. What a field is when it is left out counts as
 * written, so that a version and the draft that it was made from are the same.
 * @throws Forbidden; NotFound; InvalidInput
 */
export async function compareSides(
  ctx: Ctx,
  name: string,
  query: z.input<typeof compareQuery>,
): Promise<{ from: WorkflowSide; to: WorkflowSide; changes: WorkflowChanges }> {
  const parsed = compareQuery.safeParse(query)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const from = complete(await getSide(ctx, name, parsed.data.from))
  const to = complete(await getSide(ctx, name, parsed.data.to ?? 'draft'))
  return { from, to, changes: compareWorkflows(from.definition, to.definition) }
}

function complete(side: WorkflowSide): WorkflowSide {
  const whole = workflowDefinition.safeParse(side.definition)
  if (whole.success) return { ...side, definition: whole.data }
  const draft = (side.definition ?? {}) as Record<string, unknown>
  if (!Array.isArray(draft['steps'])) return side
  const steps = draft['steps'].map((step: unknown) => stepDefinition.safeParse(step).data ?? step)
  return { ...side, definition: { ...draft, steps } }
}
