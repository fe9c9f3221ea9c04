// Reads the workflows of a workspace, those that come with Baton, and their versions.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Actor } from '#lib/access/actor.ts'
import type { Ctx } from '#lib/context.ts'
import { NotFound } from '#lib/errors.ts'
import { iso } from '#lib/tasks/summary.ts'
import { WORKFLOWS } from '../catalogue.ts'
import { type WorkflowDefinition, workflowDefinition } from '../definition.ts'
import { checkDraft } from './publish.ts'
import type { WorkflowDetail, WorkflowSummary, WorkflowVersion } from './shapes.ts'

type Row = {
  id: string
  name: string
  draft: unknown
  revision: number
  saved_by: Actor
  saved_at: string
  version: number | null
  template: string | null
  definition: WorkflowDefinition | null
}

/** The workspace's own, last saved first, then those that come with Baton. @throws Forbidden */
export async function listWorkflows(ctx: Ctx): Promise<WorkflowSummary[]> {
  requireAccess(ctx, 'run.read')
  const rows = await readRows(ctx)
  return [...rows.map(summaryOf), ...WORKFLOWS.map(templateSummary)]
}

/** @throws Forbidden; NotFound, also for those that come with Baton: they have no draft. */
export async function getWorkflow(ctx: Ctx, name: string): Promise<WorkflowDetail> {
  requireAccess(ctx, 'run.read')
  const row = (await readRows(ctx, name))[0]
  if (!row) throw new NotFound('The workflow')
  const { steps: _, ...summary } = summaryOf(row)
  const { issues } = await checkDraft(ctx, row.draft)
  return {
    ...summary,
    id: row.id,
    draft: row.draft,
    revision: row.revision,
    savedBy: row.saved_by.name,
    savedAt: iso(row.saved_at),
    template: row.template,
    definition: row.definition,
    issues,
  }
}

type VersionRow = {
  version: number
  definition: WorkflowDefinition
  note: string
  published_by: Actor
  published_at: string
}

/** Newest first. @throws Forbidden; NotFound */
export async function listVersions(ctx: Ctx, name: string): Promise<WorkflowVersion[]> {
  requireAccess(ctx, 'run.read')
  const row = (await readRows(ctx, name))[0]
  if (!row) throw new NotFound('The workflow')
  const { rows } = await ctx.tx.execute<VersionRow>(sql`
    select version, definition, note, published_by, published_at from workflow_versions
    where workspace_id = ${ctx.workspaceId} and workflow_id = ${row.id} order by version desc limit 200`)
  return rows.map(({ version, definition, note, published_by, published_at }) => ({
    version,
    definition,
    note,
    publishedBy: published_by.name,
    publishedAt: iso(published_at),
  }))
}

async function readRows({ tx, workspaceId }: Ctx, name?: string): Promise<Row[]> {
  const named = name === undefined ? sql`true` : sql`w.name = ${name}`
  const { rows } = await tx.execute<Row>(sql`
    select w.id, w.name, w.draft, w.revision, w.saved_by, w.saved_at, w.version, w.template, v.definition
    from workflows w left join workflow_versions v on v.workflow_id = w.id and v.version = w.version
    where w.workspace_id = ${workspaceId} and w.archived_at is null and ${named} order by w.saved_at desc limit 500`)
  return rows
}

function summaryOf({ id, name, draft, version, definition }: Row): WorkflowSummary {
  const parsed = workflowDefinition.safeParse(draft)
  return {
    id,
    name,
    ...drawnDraft(draft, name, definition),
    version,
    changed:
      definition === null ||
      !parsed.success ||
      JSON.stringify(parsed.data) !== JSON.stringify(definitionOf(definition)),
  }
}

/** A draft that cannot be read as a workflow yet still has a title, and maybe a published version to draw. */
export function drawnDraft(
  draft: unknown,
  name: string,
  published: WorkflowDefinition | null = null,
): Pick<WorkflowSummary, 'title' | 'summary' | 'steps'> {
  const parsed = published ? null : workflowDefinition.safeParse(draft)
  const shown = published ?? (parsed?.success ? parsed.data : null)
  return {
    title: textIn(draft, 'title') ?? shown?.title ?? name,
    summary: textIn(draft, 'summary') ?? shown?.summary ?? '',
    steps: shown ? drawn(shown) : [],
  }
}

/** In the order of keys that parsing gives. */
function definitionOf(definition: WorkflowDefinition): WorkflowDefinition {
  const parsed = workflowDefinition.safeParse(definition)
  return parsed.success ? parsed.data : definition
}

function templateSummary(definition: WorkflowDefinition): WorkflowSummary {
  const { name, title, summary } = definition
  return { id: null, name, title, summary, version: null, changed: false, steps: drawn(definition) }
}

function drawn({ steps }: WorkflowDefinition): WorkflowSummary['steps'] {
  return steps.map((step) => ({
    name: step.name,
    title: step.title,
    kind: step.kind,
    ...(step.kind === 'worker' || step.kind === 'map' ? { worker: step.worker } : {}),
    needs: step.needs,
  }))
}

function textIn(draft: unknown, key: string): string | null {
  const value = draft !== null && typeof draft === 'object' ? (draft as Record<string, unknown>)[key] : null
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, 200) : null
}
