// Which workflow a name stands for: one of the workspace, as it was published last, or one that comes with Baton.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { NotFound } from '#lib/errors.ts'
import { WORKFLOWS } from '../catalogue.ts'
import type { WorkflowDefinition } from '../definition.ts'

export type FoundWorkflow = { definition: WorkflowDefinition; stored: { id: string; version: number } | null }

/** The caller has checked who asks. */
export async function findWorkflow(
  { tx, workspaceId }: Pick<Ctx, 'tx' | 'workspaceId'>,
  name: string,
): Promise<FoundWorkflow | null> {
  const { rows } = await tx.execute<{ id: string; version: number; definition: WorkflowDefinition }>(sql`
    select w.id, v.version, v.definition from workflows w
    join workflow_versions v on v.workflow_id = w.id and v.version = w.version
    where w.workspace_id = ${workspaceId} and w.name = ${name} and w.archived_at is null`)
  const own = rows[0]
  if (own) return { definition: own.definition, stored: { id: own.id, version: own.version } }
  const definition = WORKFLOWS.find((candidate) => candidate.name === name)
  return definition ? { definition, stored: null } : null
}

/** @throws Forbidden; NotFound */
export async function workflowNamed(ctx: Ctx, name: string): Promise<FoundWorkflow> {
  requireAccess(ctx, 'run.read')
  const found = await findWorkflow(ctx, name)
  if (!found) throw new NotFound(`The workflow ${JSON.stringify(name.slice(0, 60))}`)
  return found
}
