// A step of a run as everyone outside sees it.
import type { TaskSummary } from '#lib/tasks/shapes.ts'
import type { Status, TaskError } from '#lib/tasks/states.ts'
import { iso, isoOrNull } from '#lib/tasks/summary.ts'
import type { StepDefinition } from './definition.ts'
import { type Branch, parseNeed } from './needs.ts'
import type { Item, StepRow, Stored, StepTask } from './read-steps.ts'
import type { ItemGroup } from './count-items.ts'
import type { Approval, BoardStep, RunItem, RunStep } from './shapes.ts'
import type { StepStatus } from './states.ts'
import { whySkipped } from './why-skipped.ts'

type Shown<Task> = Stored<Task> & { definition: StepDefinition }

/** The steps of a run, and where each stands, as shown. */
export type Around = {
  steps: readonly StepDefinition[]
  standing: ReadonlyMap<string, { status: StepStatus; branch: Branch | null }>
  /** The time from which the run may begin has not come. */
  held: boolean
}

export function runStep(one: Shown<StepTask>, around: Around, approval: Approval | null): RunStep {
  const { definition, step, task, items } = one
  const map = definition.kind === 'map'
  const group = {
    itemCounts: map ? [...statusCounts(items)].map(([status, count]) => ({ status, count })) : [],
    tokens: sumOf(items, 'tokens'),
    costMicros: sumOf(items, 'costMicros'),
  }
  const { itemCounts: _i, decision: _d, ...shown } = boardStep(one, around, group, null)
  return {
    ...shown,
    result: map && step.status === 'completed' ? countsOf(items) : (task?.result ?? step.output ?? null),
    partial: task?.partial ?? null,
    info: task?.info ?? items[0]?.task?.info ?? null,
    items: items.map(runItem),
    approval,
  }
}

/** The same without what it has made. */
export function boardStep(
  { definition, step, task }: Shown<TaskSummary>,
  { steps, standing, held }: Around,
  group: ItemGroup,
  decision: BoardStep['decision'],
): BoardStep {
  const { name, title, kind, needs } = definition
  const status = shownStatus(step, task?.status)
  const leftOut = step.skipped_by !== null
  const map = kind === 'map'
  return {
    name,
    title,
    kind,
    worker: kind === 'worker' || kind === 'map' ? definition.worker : null,
    reads: kind === 'worker' ? definition.text : kind === 'map' ? definition.over : null,
    needs,
    onFailure: definition.onFailure,
    status,
    reason: leftOut ? null : (task?.reason ?? null),
    taskId: task?.id ?? null,
    waitedMs: step.reused ? 0 : (task?.waitedMs ?? 0),
    workedMs: step.reused ? 0 : (task?.workedMs ?? ownTime(step)),
    // What was taken over was paid for by the other run.
    tokens: step.reused ? null : map ? group.tokens : (task?.tokens ?? null),
    costMicros: step.reused ? null : map ? group.costMicros : (task?.costMicros ?? null),
    error: task?.error ?? step.error,
    startedAt: task?.startedAt ?? isoOrNull(step.started_at),
    finishedAt: task?.finishedAt ?? isoOrNull(step.finished_at),
    waitsFor: waitsFor(definition, { status, error: step.error, held }, group, standing),
    whySkipped:
      step.skipped_by !== null
        ? `Skipped by ${step.skipped_by.name}.`
        : status === 'skipped'
          ? whySkipped(steps, (other) => standing.get(other), definition)
          : null,
    wakeAt: status === 'in_progress' ? isoOrNull(step.wake_at) : null,
    skippedBy: step.skipped_by?.name ?? null,
    branch: step.branch,
    reused: step.reused,
    childRunId: step.child_run_id,
    itemCounts: group.itemCounts,
    decision,
  }
}

/** An open step is where its task is; one that was retried after its run's last word is so already. */
export function shownStatus(
  { status, reused, skipped_by }: Pick<StepRow, 'status' | 'reused' | 'skipped_by'>,
  task: Status | undefined,
): StepStatus {
  return reused || skipped_by !== null ? status : (task ?? status)
}

function runItem({ step, task }: Item<StepTask>): RunItem {
  return {
    item: step.item,
    label: step.part?.label ?? `Item ${step.item}`,
    start: step.part?.start ?? null,
    end: step.part?.end ?? null,
    pages: step.part?.pages ?? null,
    status: shownStatus(step, task?.status),
    taskId: task?.id ?? null,
    waitedMs: task?.waitedMs ?? 0,
    workedMs: task?.workedMs ?? 0,
    error: task?.error ?? null,
  }
}

function hasEnded(status: StepStatus | undefined): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled' || status === 'skipped'
}

function statusCounts(items: readonly Item<TaskSummary>[]): Map<StepStatus, number> {
  const counts = new Map<StepStatus, number>()
  for (const { step, task } of items) {
    const status = shownStatus(step, task?.status)
    counts.set(status, (counts.get(status) ?? 0) + 1)
  }
  return counts
}

function countsOf(items: readonly Item<TaskSummary>[]): { completed: number; failed: number } {
  const completed = items.filter(({ step }) => step.status === 'completed').length
  return { completed, failed: items.length - completed }
}

/** Null without any, and for money as soon as one is unpriced. */
function sumOf(items: readonly Item<StepTask>[], of: 'tokens' | 'costMicros'): number | null {
  const called = items.flatMap(({ task }) => (task && task.tokens !== null ? [task[of]] : []))
  if (called.length === 0 || called.some((value) => value === null)) return null
  return called.reduce<number>((sum, value) => sum + (value ?? 0), 0)
}

function ownTime({ started_at, finished_at }: { started_at: string | null; finished_at: string | null }): number {
  if (started_at === null) return 0
  const until = finished_at === null ? Date.now() : new Date(iso(finished_at)).getTime()
  return Math.max(0, until - new Date(iso(started_at)).getTime())
}

function waitsForAnswer(url: string, error: TaskError | null): string {
  if (error) return `${error.message} It is called again.`
  return `Waits for ${URL.parse(url)?.host ?? 'the receiver'} to answer.`
}

function waitsFor(
  definition: StepDefinition,
  { status, error, held }: { status: StepStatus; error: TaskError | null; held: boolean },
  { itemCounts }: ItemGroup,
  standing: Around['standing'],
): string | null {
  if (status === 'waiting') {
    const open = definition.needs.flatMap((need) => {
      const { step } = parseNeed(need)
      return hasEnded(standing.get(step)?.status) ? [] : [step]
    })
    if (open.length === 0 && held) return 'Waits for the time from which its run may begin.'
    if (open.length === 0) return 'Waits for the step that it stands in for.'
    return `Waits for ${open.slice(0, 3).join(', ')}${open.length > 3 ? ` and ${open.length - 3} more` : ''}.`
  }
  if (status !== 'in_progress') return null
  if (definition.kind === 'approval') {
    const who = definition.approvers === 'admins' ? 'an owner or admin' : 'somebody'
    return `Waits for ${who}${definition.notSubmitter ? ', not whoever started the run,' : ''} to decide.`
  }
  if (definition.kind === 'webhook') return waitsForAnswer(definition.url, error)
  if (definition.kind === 'wait') return 'Waits for its time to come.'
  if (definition.kind === 'workflow') return 'Waits for the run of the workflow within it.'
  if (definition.kind === 'map') {
    const count = (counted: typeof itemCounts) => counted.reduce((sum, one) => sum + one.count, 0)
    return `${count(itemCounts.filter(({ status: now }) => hasEnded(now)))} of ${count(itemCounts)} are done.`
  }
  return null
}
