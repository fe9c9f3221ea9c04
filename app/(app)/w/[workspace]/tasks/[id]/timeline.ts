// One task's life as rows on a time axis, and what of it was waiting and what was work. Pure.
import { formatDuration, formatQuantity } from '#app/_ui/format.ts'
import type { Attempt, Call, TaskDetail } from '#lib/tasks/shapes.ts'
import { type AttemptOutcome, isTerminal } from '#lib/tasks/states.ts'

export type TimelineRow = {
  id: string
  parent?: string
  label: string
  note?: string
  /** A status class for bar and note; none = accent. */
  tone?: string
  kind: 'waiting' | 'working' | 'not yet'
  startMs: number
  /** Null = still going on. */
  endMs: number | null
  words: string
  of: { kind: 'wait' } | { kind: 'attempt'; attempt: Attempt } | { kind: 'call'; call: Call } | { kind: 'next' }
}

export type Timeline = {
  rows: TimelineRow[]
  /** Where "now" stands; null once the task has ended. */
  nowMs: number | null
  waitedMs: number
  workedMs: number
  /** Attempts before the last retry, which the axis leaves out. */
  earlierAttempts: number
}

/** `now` is in ms since 1970. Unless `all`, time begins with the last retry by a person. */
export function timelineOf(task: TaskDetail, now: number, all = false): Timeline {
  const retriedAt = task.events.findLast((event) => event.type === 'retried')?.at
  const origin = msOf(all ? task.createdAt : (retriedAt ?? task.createdAt))
  const since = (at: string) => Math.max(0, msOf(at) - origin)
  const open = !isTerminal(task.status)
  const lastKnown = Math.max(0, ...task.events.map((event) => msOf(event.at) - origin))
  const nowMs = open ? Math.max(now - origin, lastKnown) : null
  const attempts = task.attempts.filter((attempt) => msOf(attempt.startedAt) >= origin)
  const rows: TimelineRow[] = []
  let previous: Attempt | null = null
  let cursor = 0
  for (const attempt of attempts) {
    rows.push(...waitRows(task, previous, cursor, since(attempt.startedAt), since))
    rows.push(attemptRow(task, attempt, since), ...callRows(task, attempt, since))
    cursor = attempt.finishedAt === null ? since(attempt.startedAt) : since(attempt.finishedAt)
    previous = attempt
  }
  const running = previous !== null && previous.finishedAt === null
  if (open && !running) rows.push(...waitRows(task, previous, cursor, null, since))
  if (task.status === 'cancelled' && previous === null && task.finishedAt)
    rows.push(...waitRows(task, previous, cursor, since(task.finishedAt), since))
  if (task.status === 'pending' && nowMs !== null) rows.push(nextRow(task, nowMs))
  const sum = (kind: TimelineRow['kind']) =>
    rows
      .filter((row) => row.kind === kind && row.parent === undefined)
      .reduce((total, row) => total + ((row.endMs ?? nowMs ?? row.startMs) - row.startMs), 0)
  return {
    rows,
    nowMs,
    waitedMs: sum('waiting'),
    workedMs: sum('working'),
    earlierAttempts: task.attempts.length - attempts.length,
  }
}

/** The earliest start that was asked for; `task.notBefore` also moves with each scheduled retry. */
export function requestedStart(task: TaskDetail): string | null {
  const asked = task.events.find((event) => event.type === 'submitted')?.data?.['notBefore']
  return typeof asked === 'string' ? asked : null
}

export const OUTCOME_WORDS: Record<AttemptOutcome, string> = {
  completed: 'completed',
  failed: 'failed',
  blocked: 'blocked',
  cancelled: 'cancelled',
  rate_limited: 'rate limited',
  drained: 'handed back',
  lost: 'lost its worker',
}

const OUTCOME_TONES: Record<AttemptOutcome, string> = {
  completed: 's-completed',
  failed: 's-failed',
  blocked: 's-blocked',
  cancelled: 's-cancelled',
  rate_limited: 's-blocked',
  drained: 's-cancelled',
  lost: 's-failed',
}

type Since = (at: string) => number

function waitRows(task: TaskDetail, previous: Attempt | null, start: number, end: number | null, since: Since) {
  const rows: TimelineRow[] = []
  let from = start
  const asked = requestedStart(task)
  const notBefore = asked === null ? 0 : since(asked)
  if (previous === null && notBefore > start) {
    const until = end === null ? null : Math.min(end, notBefore)
    rows.push(waitRow(rows.length, 'Waiting for its start', undefined, from, until))
    if (until === null) return rows
    from = until
  }
  if (end !== null && end - from < 1 && rows.length + start > 0) return rows
  const { label, note } = waitWords(task, previous, end === null)
  rows.push(waitRow(`${previous?.epoch ?? 0}.${rows.length}`, label, note, from, end))
  return rows
}

function waitWords(task: TaskDetail, previous: Attempt | null, last: boolean): { label: string; note?: string } {
  if (previous?.outcome === 'blocked' || (last && task.status === 'blocked'))
    return { label: 'Blocked', note: (previous?.error?.code ?? (last ? task.reason : null))?.replaceAll('_', ' ') }
  if (previous?.outcome === 'failed') return { label: 'Waiting to retry' }
  if (previous?.outcome === 'rate_limited') return { label: 'Waiting to retry', note: 'as asked' }
  if (previous?.outcome === 'lost' || previous?.outcome === 'drained') return { label: 'Waiting for another worker' }
  return { label: 'Waiting for a slot' }
}

function waitRow(key: string | number, label: string, note: string | undefined, start: number, end: number | null) {
  const words = end === null ? `${label}, still` : `${label}, ${formatDuration(end - start)}`
  return {
    id: `wait-${key}-${label}`,
    label,
    note,
    kind: 'waiting' as const,
    startMs: start,
    endMs: end,
    words,
    of: { kind: 'wait' as const },
  }
}

function attemptRow(task: TaskDetail, attempt: Attempt, since: Since): TimelineRow {
  const number = task.attempts.indexOf(attempt) + 1
  const startMs = since(attempt.startedAt)
  const endMs = attempt.finishedAt === null ? null : since(attempt.finishedAt)
  const outcome = attempt.outcome === null ? 'running' : OUTCOME_WORDS[attempt.outcome]
  return {
    id: attemptId(attempt.epoch),
    label: `Attempt ${number}`,
    note: outcome,
    tone: attempt.outcome === null ? 's-progress' : OUTCOME_TONES[attempt.outcome],
    kind: 'working',
    startMs,
    endMs,
    words: `Attempt ${number} ${outcome}${endMs === null ? '' : ` after ${formatDuration(endMs - startMs)}`}`,
    of: { kind: 'attempt', attempt },
  }
}

function callRows(task: TaskDetail, attempt: Attempt, since: Since): TimelineRow[] {
  return task.calls
    .filter((call) => call.epoch === attempt.epoch)
    .map((call) => {
      const startMs = since(call.startedAt)
      const over = call.finishedAt ?? (call.state === 'sent' ? null : attempt.finishedAt)
      const endMs = over === null ? null : since(over)
      const label = call.purpose === 'repair' ? 'Repair turn' : 'Model call'
      const note = callNote(call)
      return {
        id: call.id,
        parent: attemptId(attempt.epoch),
        label,
        note,
        tone: call.state === 'failed' ? 's-failed' : call.state === 'unknown' ? 's-blocked' : undefined,
        kind: 'working' as const,
        startMs,
        endMs,
        words: `${label} to ${call.model}${note ? `, ${note}` : ''}${endMs === null ? '' : `, ${formatDuration(endMs - startMs)}`}`,
        of: { kind: 'call' as const, call },
      }
    })
}

function callNote(call: Call): string | undefined {
  if (call.state === 'failed') return call.error?.code.replaceAll('_', ' ') ?? 'failed'
  if (call.state === 'unknown') return 'outcome unknown'
  if (call.state === 'sent') return 'waiting for the answer'
  return call.outputTokens === null ? undefined : formatQuantity(call.outputTokens, 'token')
}

/** Drawn as an outline: the attempt that has not begun. */
function nextRow(task: TaskDetail, nowMs: number): TimelineRow {
  const label = `Attempt ${task.attempts.length + 1}`
  return {
    id: 'next',
    label,
    kind: 'not yet',
    startMs: nowMs,
    endMs: nowMs * 1.15 + 1,
    words: `${label} has not begun`,
    of: { kind: 'next' },
  }
}

function attemptId(epoch: number): string {
  return `attempt-${epoch}`
}

function msOf(at: string): number {
  return new Date(at).getTime()
}
