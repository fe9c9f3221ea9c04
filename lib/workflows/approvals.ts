// Decisions of people within runs: who may decide, what they are shown, and what follows.
import { z } from 'zod'
import { may, refusal, requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { Conflict, Forbidden, InvalidInput, NotFound } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { isWellFormed } from '#lib/text.ts'
import { sql } from 'drizzle-orm'
import { endSteps, lockRuns } from './advance.ts'
import { decided } from './control.ts'
import type { PinnedDefinition, StepDefinition } from './definition.ts'
import { APPROVAL_DECISIONS } from './scopes.ts'
import { readPath, splitPath } from './paths.ts'
import { readValues } from './read-values.ts'
import { runId } from './requests.ts'
import type { Approval } from './shapes.ts'
import type { StoredStepStatus } from './states.ts'

type ApprovalStep = Extract<StepDefinition, { kind: 'approval' }>
type Run = { id: string; workspace_id: string; definition: PinnedDefinition; submitted_by: string | null }

const words = (max: number) => z.string().trim().max(max).refine(isWellFormed, 'Has a character that cannot be stored.')

export const decisionRequest = z.strictObject({
  decision: z.enum(APPROVAL_DECISIONS),
  note: words(2000).default(''),
  fields: z.record(z.string().max(40), words(2000)).default({}),
})
export type DecisionRequest = z.input<typeof decisionRequest>

/**
 * Approves or rejects, once: who comes second is told who was first.
 * @throws Forbidden; NotFound; InvalidInput; Conflict
 */
export async function decide(ctx: Ctx, id: string, stepName: string, request: DecisionRequest): Promise<void> {
  requireAccess(ctx, 'run.decide')
  if (!runId.safeParse(id).success) throw new NotFound('The run')
  const parsed = decisionRequest.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { tx, workspaceId, actor } = ctx
  await lockRuns(tx, [id])
  const { rows } = await tx.execute<Run & { status: StoredStepStatus; by: string | null }>(sql`
    select r.id, r.workspace_id, r.definition, r.submitted_by, s.status, s.output ->> 'by' as by
    from runs r join steps s on s.run_id = r.id and s.name = ${stepName} and s.item = 0
    where r.workspace_id = ${workspaceId} and r.id = ${id}`)
  const run = rows[0]
  const step = run?.definition.steps.find(({ name }) => name === stepName)
  if (!run || step?.kind !== 'approval') throw new NotFound('The approval')
  const refused = whyNotDecide(ctx, step, run)
  if (refused !== null) throw new Forbidden(refused)
  if (run.status !== 'in_progress') throw new Conflict(standing(run.status, run.by), 'not_waiting')
  const { decision, note } = parsed.data
  const fields = checkFields(step, parsed.data.fields)
  const output = { decision, by: actor.name, note, fields, decidedAt: new Date().toISOString() }
  await endSteps(ctx, id, [decided(stepName, output)], actor)
}

function standing(status: StoredStepStatus, by: string | null): string {
  if (status === 'waiting') return 'This approval is not due yet: the steps before it have not ended.'
  if (status !== 'completed') return 'This approval is not asked for any more: its run was stopped.'
  return by ? `${by} has decided already.` : 'The time for this decision has run out.'
}

/** What is asked of people now; null for every other step. */
export async function approvalOf(
  ctx: Ctx,
  run: Run,
  { definition, step }: { definition: StepDefinition; step: { status: StoredStepStatus } },
): Promise<Approval | null> {
  if (definition.kind !== 'approval' || step.status !== 'in_progress') return null
  const roots = new Set(definition.show.map((path) => splitPath(path).root))
  const values = await readValues(ctx.tx, run, roots)
  return {
    question: definition.question,
    fields: definition.fields,
    show: definition.show.map((path) => ({ path, value: readPath(values, path) ?? null })),
    refusal: whyNotDecide(ctx, definition, run),
  }
}

/** The same in short, for who watches the run. */
export function decisionOf(
  ctx: Ctx,
  run: Pick<Run, 'submitted_by'>,
  { definition, step }: { definition: StepDefinition; step: { status: StoredStepStatus } },
): { refusal: string | null; hasForm: boolean } | null {
  if (definition.kind !== 'approval' || step.status !== 'in_progress') return null
  return { refusal: whyNotDecide(ctx, definition, run), hasForm: definition.fields.length > 0 }
}

/** Null when whoever asks may decide. */
export function whyNotDecide(
  { access, actor }: Ctx,
  step: Pick<ApprovalStep, 'approvers' | 'notSubmitter'>,
  run: Pick<Run, 'submitted_by'>,
): string | null {
  if (!may(access, 'run.decide')) return refusal(access, 'run.decide')
  if (actor.kind !== 'user') return 'Only a person decides this. Sign in to do it.'
  if (step.approvers === 'admins' && access !== 'system' && 'role' in access && access.role === 'member')
    return 'Only an owner or admin of this workspace decides this.'
  if (step.notSubmitter && run.submitted_by === actor.id) return 'You started this run, so somebody else has to decide.'
  return null
}

function checkFields({ fields }: ApprovalStep, given: Record<string, string>): Record<string, string> {
  const issues = fields.flatMap(({ name, title, kind, choices = [], required }) => {
    const value = given[name] ?? ''
    if (value === '') return required ? [{ path: `fields.${name}`, message: `Fill in "${title}".` }] : []
    if (kind === 'choice' && !choices.includes(value))
      return [{ path: `fields.${name}`, message: `Choose one of: ${choices.join(', ')}.` }]
    return []
  })
  const known = new Set(fields.map(({ name }) => name))
  for (const name of Object.keys(given))
    if (!known.has(name)) issues.push({ path: `fields.${name}`, message: 'This field is not asked for.' })
  if (issues.length > 0) throw new InvalidInput(issues)
  return given
}
