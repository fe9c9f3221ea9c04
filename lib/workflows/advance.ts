// Brings runs to where their tasks have got: steps take over how their tasks stand, what has become ready starts, what
// can never start is skipped, and a run whose steps have ended ends. It reads everything anew, so calling it too often
// does no harm; a run's row is the lock, taken before those of its tasks.
import { sql } from 'drizzle-orm'
import type { Actor } from '#lib/access/actor.ts'
import type { Tx } from '#lib/db/client.ts'
import { announce } from '#lib/tasks/announce.ts'
import { acceptSteps } from './accept-steps.ts'
import { putCall } from './call-webhook.ts'
import { carryOut, comeDue, isControl, type StepOutcome, textFor } from './control.ts'
import type { PinnedDefinition, StepDefinition } from './definition.ts'
import { nextOf } from './graph.ts'
import { insertRun } from './insert-run.ts'
import type { LockedRun, LockedStep, Powers } from './locked-run.ts'
import { settleMaps } from './maps.ts'
import { readValues } from './read-values.ts'
import { rootsRead } from './roots.ts'
import type { Values } from './mapping.ts'
import { type ReadyTask, workOf } from './work.ts'
import { endOrOpen, writeOutcomes, writeStanding } from './write-steps.ts'

/** Until the transaction ends nobody else moves these runs. `eager` passes by those that somebody moves just now. */
export async function lockRuns(tx: Tx, ids: readonly string[], { eager = false } = {}): Promise<string[]> {
  const wait = eager ? sql`skip locked` : sql``
  const { rows } = await tx.execute<{ id: string }>(
    sql`select id from runs where id = any(${sql.param(ids)}::uuid[]) order by id for update ${wait}`,
  )
  return rows.map(({ id }) => id)
}

/** The runs must be locked. `tasks`, where the caller knows them, are the only ones that have changed. */
export async function advanceRuns(powers: Powers, ids: readonly string[], tasks?: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const { tx } = powers
  await followTasks(tx, ids, tasks)
  for (const run of await readRuns(tx, ids)) await advance(powers, run)
}

/** What a person or another machine has decided about steps of one run, which must be locked. */
export async function endSteps(
  powers: Powers,
  runId: string,
  outcomes: readonly StepOutcome[],
  actor: Actor | null = null,
): Promise<void> {
  await writeOutcomes(powers.tx, runId, outcomes, actor)
  await advanceRuns(powers, [runId])
}

/** Definitions of runs never change, and those of a thousand steps take longer to read than all else. */
const definitions = new Map<string, PinnedDefinition>()
const MAX_KEPT = 20

type RunRow = Omit<LockedRun, 'definition'> & { definition: PinnedDefinition | null }

async function readRuns(tx: Tx, ids: readonly string[]): Promise<LockedRun[]> {
  // Others forget and keep definitions while this waits for the database.
  const kept = new Map(ids.map((id) => [id, definitions.get(id)]))
  const known = ids.filter((id) => kept.get(id) !== undefined)
  const { rows } = await tx.execute<RunRow>(sql`
    select r.id, r.workspace_id,
      case when not (r.id = any(${sql.param(known)}::uuid[])) then r.definition end as definition, r.status, r.title, r.preview, r.text_sha256, r.engine, r.priority, r.due_at,
      coalesce(r.not_before > clock_timestamp(), false) as held, r.actor,
      r.submitted_by, r.api_key_id, r.parent_run_id, r.budget_id, (
        select jsonb_agg(jsonb_build_object('name', s.name, 'status', s.status, 'branch', s.branch,
          'options', case when s.status in ('waiting', 'skipped') then s.options end,
          'blocked', coalesce(t.status = 'blocked' and t.reason <> 'budget', false), 'child', c.status,
          'leftOut', s.skipped_by is not null,
          'due', coalesce(s.wake_at <= clock_timestamp(), false)))
        from steps s left join tasks t on t.id = s.task_id and s.status = 'in_progress'
          left join runs c on c.id = s.child_run_id
        where s.run_id = r.id and s.item = 0) as steps
    from runs r where r.id = any(${sql.param(ids)}::uuid[]) order by r.id`)
  return rows.map((row) => ({ ...row, definition: keep(row.id, row.definition ?? kept.get(row.id)) }))
}

function keep(id: string, known: PinnedDefinition | undefined): PinnedDefinition {
  if (!known) throw new Error(`The definition of run ${id} was neither read nor kept.`)
  definitions.delete(id)
  definitions.set(id, known)
  const oldest = definitions.keys().next().value
  if (definitions.size > MAX_KEPT && oldest !== undefined) definitions.delete(oldest)
  return known
}

async function followTasks(tx: Tx, ids: readonly string[], tasks?: readonly string[]): Promise<void> {
  const which = tasks ? sql`id = any(${sql.param(tasks)}::uuid[])` : sql`run_id = any(${sql.param(ids)}::uuid[])`
  await tx.execute(sql`
    update steps s set status = d.status, finished_at = d.finished_at, skipped_by = null
    from (
      select id, finished_at, case when finished_at is null then 'in_progress' else status end as status
      from tasks where ${which}) d
    where s.task_id = d.id and s.run_id = any(${sql.param(ids)}::uuid[]) and s.status <> d.status
      and (s.skipped_by is null or d.finished_at is null)`)
}

type Standing = Pick<StepOutcome, 'name' | 'branch'> & { status: LockedStep['status'] }

async function advance(powers: Powers, run: LockedRun): Promise<void> {
  const { tx } = powers
  if (run.held && run.steps.every(({ status, leftOut }) => status === 'waiting' || leftOut)) return
  const byName = new Map(run.definition.steps.map((step) => [step.name, step]))
  const standing = new Map<string, LockedStep>(run.steps.map((step) => [step.name, step]))
  const take = (outcomes: readonly Standing[]) => {
    for (const { name, status, branch = null } of outcomes) {
      const step = standing.get(name)
      if (step) standing.set(name, { ...step, status, branch, due: false })
    }
  }
  await settleMaps(tx, run, take)
  const due = run.steps.flatMap((step) => {
    const definition = byName.get(step.name)
    return (definition && !step.leftOut && comeDue(definition, step)) || []
  })
  await writeOutcomes(tx, run.id, due)
  take(due)
  let moved = due.length > 0
  for (;;) {
    const next = nextOf(run.definition.steps, standing)
    await writeStanding(tx, run, next, standing)
    take(next.skipped.map((name) => ({ name, status: 'skipped' as const })))
    take(next.waiting.map((name) => ({ name, status: 'waiting' as const })))
    const begun = run.steps.some(({ status }) => status === 'completed')
    const ready = next.ready.flatMap((name) => byName.get(name) ?? [])
    const outcomes = await start(powers, run, { ready, standing, begun })
    take(ready.map(({ name }) => ({ name, status: 'in_progress' as const })))
    take(outcomes)
    moved ||= ready.length > 0
    if (outcomes.some(({ status }) => status !== 'in_progress')) continue
    if (next.run !== run.status) await endOrOpen(tx, run, next.run)
    if (moved || next.run !== run.status) await announce(tx, [run.workspace_id])
    return
  }
}

type Starting = { ready: readonly StepDefinition[]; standing: ReadonlyMap<string, LockedStep>; begun: boolean }

/** @returns what has ended at once, or waits */
async function start(powers: Powers, run: LockedRun, { ready, standing, begun }: Starting): Promise<StepOutcome[]> {
  if (ready.length === 0) return []
  const values = await readValues(powers.tx, run, new Set(ready.flatMap(rootsRead)))
  const outcomes: StepOutcome[] = []
  const tasks: ReadyTask[] = []
  const children: StepOutcome[] = []
  for (const step of ready)
    if (isControl(step)) outcomes.push(await carryOut(step, values))
    else if (step.kind === 'webhook') outcomes.push(await putCall(powers.tx, run, step, values))
    else if (step.kind === 'workflow') children.push(await startChild(powers, run, step, values))
    else {
      const work = workOf(step, standing.get(step.name)?.options ?? {}, values)
      if ('outcome' in work) outcomes.push(work.outcome)
      else if (work.tasks.length === 0) outcomes.push({ name: step.name, status: 'completed' })
      else {
        tasks.push(...work.tasks)
        if (step.kind === 'map') outcomes.push({ name: step.name, status: 'in_progress' })
      }
    }
  await writeOutcomes(powers.tx, run.id, [...outcomes, ...children])
  if (tasks.length > 0) await acceptSteps(powers, run, tasks, { begun })
  for (const { childRunId } of children) if (childRunId !== undefined) await advanceRuns(powers, [childRunId])
  return [...outcomes, ...children]
}

type ChildStep = Extract<StepDefinition, { kind: 'workflow' }>

async function startChild(
  { tx }: Powers,
  run: LockedRun,
  { name, workflow, text: path }: ChildStep,
  values: Values,
): Promise<StepOutcome> {
  const definition = run.definition.uses?.[workflow]
  if (!definition) throw new Error(`The run does not hold the workflow "${workflow}" that its step "${name}" uses.`)
  const text = path === 'input.text' ? null : textFor(name, path, values)
  if (text !== null && typeof text !== 'string') return text
  const uses = run.definition.uses
  const childRunId = await insertRun(tx, {
    workspaceId: run.workspace_id,
    actor: run.actor,
    submittedBy: run.submitted_by,
    apiKeyId: run.api_key_id,
    definition: { ...definition, ...(uses ? { uses } : {}) },
    text: text ?? { sha256: run.text_sha256, preview: run.preview },
    title: run.title,
    engine: run.engine,
    priority: run.priority,
    dueAt: run.due_at,
    parent: { runId: run.id, step: name },
    budgetId: run.budget_id,
  })
  return { name, status: 'in_progress', childRunId }
}
