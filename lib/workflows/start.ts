// Starts a run: its text, its steps and the tasks of those that need no other, in the caller's transaction, all or none.
import type { z } from 'zod'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { textOfPart } from '#lib/documents/part.ts'
import type { UsedDocument } from '#lib/documents/shapes.ts'
import { keepUse } from '#lib/documents/uses.ts'
import { type FieldIssue, InvalidInput } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { type Idempotency, keepKeyOfRun, replayed } from '#lib/tasks/idempotency.ts'
import { checkInput } from '#lib/tasks/input.ts'
import { checkTimes } from '#lib/tasks/times.ts'
import { titleOfFile } from '#lib/tasks/title.ts'
import { advanceRuns } from './advance.ts'
import type { PinnedDefinition, WorkflowDefinition, WorkStep } from './definition.ts'
import { findWorkflow, type FoundWorkflow } from './stored/find.ts'
import { insertRun } from './insert-run.ts'
import { sourceOf } from './mapping.ts'
import { type StartRequest, startRequest } from './requests.ts'
import { pinUses } from './uses.ts'

export type Started = { id: string; replayed: boolean }

/** @throws Forbidden; InvalidInput with the field's path, such as `options.translator.targetLanguage`. */
export async function startRun(ctx: Ctx, request: StartRequest, idempotency?: Idempotency): Promise<Started> {
  requireAccess(ctx, 'run.start')
  const known = idempotency ? await replayed(ctx, idempotency) : null
  if (known) return { id: known, replayed: true }
  const parsed = startRequest.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { workflow, input } = parsed.data
  await checkTimes(ctx, parsed.data.dueAt, parsed.data.notBefore)
  const found = await findWorkflow(ctx, workflow)
  if (!found)
    throw new InvalidInput([{ path: 'workflow', message: `There is no workflow named ${JSON.stringify(workflow)}.` }])
  const given = typeof input.text === 'string' ? { text: input.text } : await textOfPart(ctx, input.text, 'input.text')
  const id = await beginRun(ctx, found.definition, { ...parsed.data, input: given }, { stored: found.stored })
  if (idempotency) await keepKeyOfRun(ctx, idempotency, id)
  return { id, replayed: false }
}

/** A run of exactly this definition. The caller has checked who asks. @returns its id */
export async function beginRun(
  ctx: Ctx,
  workflow: WorkflowDefinition,
  request: Checked,
  { stored = null, budgetId = null, plannedBy }: Belonging = {},
): Promise<string> {
  const { input, engine, priority, title, options = {}, tags, externalId, dueAt, notBefore } = request
  const { tx, workspaceId, actor } = ctx
  const definition = await pinned(ctx, workflow)
  const id = await insertRun(tx, {
    workspaceId,
    actor,
    submittedBy: actor.kind === 'user' ? actor.id : null,
    apiKeyId: actor.kind === 'key' ? actor.id : null,
    definition,
    ...(stored ? { stored } : {}),
    budgetId,
    ...(plannedBy === undefined ? {} : { plannedBy }),
    text: input.text,
    title: title ?? (input.document ? titleOfFile(input.document.name) : undefined),
    engine,
    priority,
    tags,
    externalId,
    dueAt,
    notBefore,
    options: checkOptions(definition, options),
  })
  if (input.document) await keepUse(ctx, input.document, { runId: id })
  await advanceRuns(ctx, [id])
  return id
}

type Belonging = {
  stored?: FoundWorkflow['stored']
  /** What its calls count against. */
  budgetId?: string | null
  /** The task that planned it. */
  plannedBy?: string
}

type Checked = Omit<z.output<typeof startRequest>, 'workflow' | 'input'> & {
  input: { text: string; document?: UsedDocument }
}

async function pinned(ctx: Ctx, workflow: WorkflowDefinition): Promise<PinnedDefinition> {
  const { definition, issues } = await pinUses(workflow, async (name) => {
    const found = await findWorkflow(ctx, name)
    return found?.definition ?? null
  })
  if (issues.length > 0) throw new InvalidInput(issues.map(({ message }) => ({ path: 'workflow', message })))
  return definition
}

/** Each step's options with their defaults filled in; those that come from other steps stay paths. */
export function checkOptions(
  { steps }: WorkflowDefinition,
  given: Record<string, Record<string, unknown>>,
): Map<string, Record<string, unknown>> {
  const working = new Map(
    steps.flatMap((step) => (step.kind === 'worker' || step.kind === 'map' ? [[step.name, step]] : [])),
  )
  const issues: FieldIssue[] = Object.keys(given)
    .filter((name) => !working.has(name))
    .map((name) => ({ path: `options.${name}`, message: 'The workflow has no step of this name that takes options.' }))
  const checked = new Map<string, Record<string, unknown>>()
  for (const [name, step] of working)
    try {
      checked.set(name, stepOptions(step, given[name] ?? {}))
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error
      for (const { path, message } of error.issues)
        issues.push({ path: path.replace(/^input/, `options.${name}`), message })
    }
  if (issues.length > 0) throw new InvalidInput(issues)
  return checked
}

function stepOptions(step: WorkStep, given: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...step.options, ...given }
  // What a person gives may not reach into other steps' outputs: only the definition maps.
  const sources = Object.entries(step.options).filter(([name, value]) => sourceOf(value) !== null && !(name in given))
  const names = new Set(sources.map(([name]) => name))
  const fixed = Object.fromEntries(Object.entries(merged).filter(([name]) => !names.has(name)))
  const { options } = checkInput(step.worker, { ...fixed, text: 'text' })
  return { ...options, ...Object.fromEntries(sources) }
}
