// How long a run still takes: each open step as long as its worker usually does, along the longest way and through the
// slots there are; at most until a step of which no clock tells when it ends. Pure.
import type { WorkerTimes } from '#lib/tasks/shapes.ts'
import { parseNeed } from '#lib/workflows/needs.ts'
import type { BoardStep } from '#lib/workflows/shapes.ts'

export type Remaining =
  | { kind: 'ended' }
  /** `own`: from what steps of this very run took. `until`: the step that will wait for somebody or something. */
  | { kind: 'expected'; ms: number; own: boolean; until: string | null }
  /** Nothing goes on until this step does. */
  | { kind: 'held'; by: string }
  | { kind: 'unknown' }

type Times = Pick<WorkerTimes, 'worker' | 'medianMs' | 'slots'>
type Clock = { now: number; readAt: number }

/** So many steps of one worker in this run say more than all earlier ones elsewhere. */
const ENOUGH_OWN = 3
/** A step that works longer than usual is thought to be nearly done. */
const LEAST_LEFT = 0.1

export function remainingOf(steps: readonly BoardStep[], times: readonly Times[], clock: Clock): Remaining {
  const open = inOrder(steps.filter(({ status }) => OPEN.has(status)))
  if (open.length === 0) return { kind: 'ended' }
  const { counted, until } = untilHeld(open)
  if (counted.length === 0) return { kind: 'held', by: until ?? '' }
  const usual = usualTimes(steps, times)
  if (counted.some((step) => step.worker !== null && !usual.has(step.worker))) return { kind: 'unknown' }
  const left = new Map(counted.map((step) => [step.name, leftOf(step, usual.get(step.worker ?? ''), times, clock)]))
  const ms = Math.max(longestWay(counted, left), ...throughSlots(counted, usual, times, clock))
  const own = counted.every(({ worker }) => worker === null || usual.get(worker)?.own === true)
  return { kind: 'expected', ms, own, until }
}

/**
 * Whether a run that is not over will be in time. Null without a due time.
 */
export function promiseOf(
  dueAt: string | null,
  remaining: Remaining,
  now: number,
): 'on_time' | 'at_risk' | 'late' | null {
  if (dueAt === null) return null
  const leftMs = Date.parse(dueAt) - now
  if (leftMs < 0) return 'late'
  return remaining.kind === 'expected' && remaining.ms > leftMs ? 'at_risk' : 'on_time'
}

const OPEN: ReadonlySet<BoardStep['status']> = new Set(['waiting', 'pending', 'in_progress', 'blocked'])

/** Leaves out what waits for somebody or something, and all that comes after it. */
function untilHeld(open: readonly BoardStep[]): { counted: BoardStep[]; until: string | null } {
  const behind = new Set<string>()
  const counted: BoardStep[] = []
  let until: string | null = null
  for (const step of open) {
    const holds = step.status === 'blocked' || step.kind === 'approval' || step.kind === 'workflow' || isUntimed(step)
    if (holds) until ??= step.title
    if (holds || step.needs.some((need) => behind.has(parseNeed(need).step))) behind.add(step.name)
    else counted.push(step)
  }
  return { counted, until }
}

function isUntimed({ kind, wakeAt }: BoardStep): boolean {
  return kind === 'wait' && wakeAt === null
}

type Usual = { ms: number; own: boolean }

function usualTimes(steps: readonly BoardStep[], times: readonly Times[]): Map<string, Usual> {
  const usual = new Map<string, Usual>()
  for (const { worker, medianMs } of times) if (medianMs !== null) usual.set(worker, { ms: medianMs, own: false })
  const done = Map.groupBy(
    steps.filter(({ kind, status, reused }) => kind === 'worker' && status === 'completed' && !reused),
    ({ worker }) => worker ?? '',
  )
  for (const [worker, own] of done)
    if (own.length >= ENOUGH_OWN)
      usual.set(worker, { ms: own.reduce((sum, { workedMs }) => sum + workedMs, 0) / own.length, own: true })
  return usual
}

function leftOf(step: BoardStep, usual: Usual | undefined, times: readonly Times[], clock: Clock): number {
  if (step.wakeAt !== null) return Math.max(0, new Date(step.wakeAt).getTime() - clock.now)
  const ms = usual?.ms ?? 0
  if (step.kind === 'map') return Math.ceil(openItems(step) / slotsOf(step, times)) * ms
  if (step.status !== 'in_progress') return ms
  return Math.max(ms - step.workedMs - Math.max(0, clock.now - clock.readAt), ms * LEAST_LEFT)
}

/** A list that is not known yet has at least one item. */
function openItems({ itemCounts }: BoardStep): number {
  if (itemCounts.length === 0) return 1
  return itemCounts.reduce((sum, { status, count }) => sum + (OPEN.has(status) ? count : 0), 0)
}

function slotsOf({ worker }: BoardStep, times: readonly Times[]): number {
  return Math.max(1, times.find((one) => one.worker === worker)?.slots ?? 1)
}

function longestWay(open: readonly BoardStep[], left: ReadonlyMap<string, number>): number {
  const ends = new Map<string, number>()
  for (const step of open) {
    const before = Math.max(0, ...step.needs.map((need) => ends.get(parseNeed(need).step) ?? 0))
    ends.set(step.name, before + (left.get(step.name) ?? 0))
  }
  return Math.max(0, ...ends.values())
}

function throughSlots(
  open: readonly BoardStep[],
  usual: ReadonlyMap<string, Usual>,
  times: readonly Times[],
  clock: Clock,
): number[] {
  const groups = Map.groupBy(
    open.filter(({ worker }) => worker !== null),
    ({ worker }) => worker ?? '',
  )
  return [...groups].map(([worker, steps]) => {
    const own = usual.get(worker)
    const work = steps.reduce(
      (sum, step) => sum + (step.kind === 'map' ? openItems(step) * (own?.ms ?? 0) : leftOf(step, own, times, clock)),
      0,
    )
    const [first] = steps
    return first ? work / slotsOf(first, times) : 0
  })
}

/** Needs first; a definition may list its steps in any order. What waits for itself comes last. */
function inOrder(steps: readonly BoardStep[]): BoardStep[] {
  const waiting = new Map(steps.map((step) => [step.name, step]))
  const ordered: BoardStep[] = []
  for (let size = -1; size !== waiting.size;) {
    size = waiting.size
    for (const step of waiting.values())
      if (!step.needs.some((need) => waiting.has(parseNeed(need).step))) {
        waiting.delete(step.name)
        ordered.push(step)
      }
  }
  return [...ordered, ...waiting.values()]
}
