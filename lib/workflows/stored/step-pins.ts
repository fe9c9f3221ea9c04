// What a step of a draft is tried with: a text, and an output for each earlier step that it reads, from a run or made up.
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { InvalidInput, NotFound } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { workerNamed } from '#lib/workers/registry.ts'
import { TEMPLATES } from '../catalogue.ts'
import { type PinnedDefinition, type StepDefinition, stepDefinition } from '../definition.ts'
import { identifierOf } from '../needs.ts'
import { splitPath } from '../paths.ts'
import { readValues, type RunInput } from '../read-values.ts'
import { runId } from '../requests.ts'
import { rootsRead } from '../roots.ts'
import type { StepPins } from './shapes.ts'
import { draftStep } from './step-test.ts'

export const pinsQuery = z.strictObject({ run: runId.optional() })

/** In characters of JSON. Longer outputs are left to be made up. */
const MAX_PIN = 100_000

/** @throws Forbidden; NotFound; InvalidInput */
export async function stepPins(
  ctx: Ctx,
  at: { workflow: string; step: string },
  query: z.input<typeof pinsQuery> = {},
): Promise<StepPins> {
  requireAccess(ctx, 'run.read')
  const asked = pinsQuery.safeParse(query)
  if (!asked.success) throw new InvalidInput(fieldIssues(asked.error))
  const { workflow, step: raw } = await draftStep(ctx, at.workflow, at.step)
  const lastTest = await lastTestOf(ctx, workflow.id, at.step)
  const checked = stepDefinition.safeParse(raw)
  const sample = TEMPLATES.find(({ definition }) => definition.name === workflow.template)?.sample
  const text = { title: sample?.title ?? 'Sample', text: sample?.text ?? '' }
  if (!checked.success) return { ...text, pins: [], issues: fieldIssues(checked.error), lastTest }
  const roots = new Set(rootsOf(checked.data))
  const taken = asked.data.run === undefined ? null : await valuesOfRun(ctx, asked.data.run, roots)
  const input = taken?.get('input') as RunInput | undefined
  const pins = workflow.steps.flatMap((one) => {
    const earlier = stepDefinition.safeParse(one).data
    if (!earlier || !roots.has(identifierOf(earlier.name)) || earlier.name === at.step) return []
    const name = identifierOf(earlier.name)
    const value = taken?.get(name)
    const fits = value !== undefined && JSON.stringify(value).length <= MAX_PIN
    const { title } = earlier
    return [
      { name, title, from: fits ? ('run' as const) : ('example' as const), value: fits ? value : exampleOf(earlier) },
    ]
  })
  return { ...(input ? { title: input.title, text: input.text } : text), pins, issues: [], lastTest }
}

/** First words of all paths, also of those that are only shown to people. */
function rootsOf(step: StepDefinition): string[] {
  return step.kind === 'approval' ? step.show.map((path) => splitPath(path).root) : rootsRead(step)
}

async function lastTestOf({ tx, workspaceId }: Ctx, workflow: string, step: string): Promise<string | null> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select task_id as id from step_tests
    where workspace_id = ${workspaceId} and workflow_id = ${workflow} and step = ${step} order by task_id desc limit 1`)
  return rows[0]?.id ?? null
}

async function valuesOfRun({ tx, workspaceId }: Ctx, id: string, roots: ReadonlySet<string>) {
  const { rows } = await tx.execute<{ id: string; workspace_id: string; definition: PinnedDefinition }>(sql`
    select id, workspace_id, definition from runs where workspace_id = ${workspaceId} and id = ${id}`)
  if (!rows[0]) throw new NotFound('The run')
  return readValues(tx, rows[0], new Set([...roots, 'input']))
}

/** What such a step may have put out. */
export function exampleOf(step: StepDefinition): unknown {
  switch (step.kind) {
    case 'worker':
      return workerNamed(step.worker).example.output
    case 'map':
      return { items: [workerNamed(step.worker).example.output], completed: 1, failed: 0 }
    case 'join':
      return { text: 'First.\n\nSecond.', items: step.as === 'list' ? ['First.', 'Second.'] : [], count: 2 }
    case 'condition':
      return { holds: true }
    case 'validate':
      return { passed: true, checks: [] }
    case 'approval': {
      const fields = Object.fromEntries(step.fields.map(({ name, choices }) => [name, choices?.[0] ?? '']))
      return { decision: 'approved', by: '', note: '', fields, decidedAt: '2026-01-01T09:00:00.000Z' }
    }
    case 'webhook':
      return { delivery: '', status: 200, attempts: 1 }
    case 'wait':
    case 'workflow':
      return {}
  }
}
