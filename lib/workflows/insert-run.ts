// Writes a run with its text and its steps, all waiting. Whoever calls advances it.
import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import type { Actor } from '#lib/access/actor.ts'
import type { Tx } from '#lib/db/client.ts'
import { texts } from '#lib/db/schema.ts'
import { runs } from '#lib/db/workflow-schema.ts'
import type { Engine, Priority } from '#lib/tasks/states.ts'
import { previewOf, titleOf } from '#lib/tasks/title.ts'
import type { PinnedDefinition, StepDefinition } from './definition.ts'

export type NewRun = {
  workspaceId: string
  actor: Actor
  submittedBy: string | null
  apiKeyId: string | null
  definition: PinnedDefinition
  /** The workspace's workflow and its version. */
  stored?: { id: string; version: number }
  /** The task that planned it. */
  plannedBy?: string
  text: string | { sha256: Buffer; preview: string }
  title?: string | undefined
  engine: Engine
  priority: Priority
  tags?: readonly string[] | undefined
  externalId?: string | null | undefined
  /** ISO 8601, as is `notBefore`. */
  dueAt?: string | null | undefined
  notBefore?: string | null | undefined
  /** By step; steps that are left out have those of the definition. */
  options?: ReadonlyMap<string, Record<string, unknown>>
  parent?: { runId: string; step: string }
  budgetId?: string | null
  replay?: { of: string; from: string }
}

/** @returns its id */
export async function insertRun(tx: Tx, run: NewRun): Promise<string> {
  const { workspaceId, definition, text, title, options } = run
  const id = newId()
  const sha256 = typeof text === 'string' ? createHash('sha256').update(text).digest() : text.sha256
  if (typeof text === 'string') await tx.insert(texts).values({ workspaceId, sha256, body: text }).onConflictDoNothing()
  const preview = typeof text === 'string' ? previewOf(text) : text.preview
  await tx.insert(runs).values({
    id,
    workspaceId,
    workflow: definition.name,
    definition,
    workflowId: run.stored?.id ?? null,
    version: run.stored?.version ?? null,
    parentRunId: run.parent?.runId ?? null,
    parentStep: run.parent?.step ?? null,
    budgetId: run.budgetId ?? null,
    replayOf: run.replay?.of ?? null,
    replayFrom: run.replay?.from ?? null,
    plannedBy: run.plannedBy ?? null,
    title: title ?? titleOf(typeof text === 'string' ? text : preview),
    textSha256: sha256,
    preview,
    engine: run.engine,
    priority: run.priority,
    tags: [...new Set(run.tags)],
    externalId: run.externalId ?? null,
    dueAt: timeOrNull(run.dueAt),
    notBefore: timeOrNull(run.notBefore),
    actor: run.actor,
    submittedBy: run.submittedBy,
    apiKeyId: run.apiKeyId,
  })
  const rows = definition.steps.map((step) => ({
    name: step.name,
    options: options?.get(step.name) ?? ownOptions(step),
  }))
  await tx.execute(sql`
    with e as (
      insert into run_events (workspace_id, run_id, type, actor)
      values (${workspaceId}, ${id}, 'started', ${JSON.stringify(run.actor)}::jsonb))
    insert into steps (workspace_id, run_id, name, options)
    select ${workspaceId}::uuid, ${id}::uuid, name, options
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d(name text, options jsonb)`)
  return id
}

function ownOptions(step: StepDefinition): Record<string, unknown> {
  return step.kind === 'worker' || step.kind === 'map' ? step.options : {}
}

function timeOrNull(at: string | null | undefined): Date | null {
  return typeof at === 'string' ? new Date(at) : null
}
