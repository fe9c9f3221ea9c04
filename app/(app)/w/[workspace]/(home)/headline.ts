// What Home says first, and what needs a person. Pure.
import { spelled } from '#app/_ui/format.ts'
import type { BlockedGroup, FailureGroup } from '#lib/tasks/attention.ts'
import type { BlockReason } from '#lib/tasks/states.ts'
import type { AwaitedDecision } from '#lib/workflows/awaited.ts'
import type { HomeState } from './state.ts'

export type Need =
  | { kind: 'no_worker'; title: string }
  | { kind: 'decision'; title: string; count: number; oldest: readonly AwaitedDecision[] }
  | { kind: 'failed'; title: string; group: FailureGroup }
  | { kind: 'blocked'; title: string; group: BlockedGroup }

/** Most pressing first. */
export function needsOf({
  alive,
  attention,
  decisions: { count, oldest },
  open,
}: Pick<HomeState, 'alive' | 'attention' | 'decisions' | 'open'>): Need[] {
  return [
    ...(alive
      ? []
      : [
          {
            kind: 'no_worker' as const,
            title:
              open.count === 0
                ? 'No worker is online'
                : `No worker is online, ${tasks(open.count)} ${open.count === 1 ? 'waits' : 'wait'}`,
          },
        ]),
    ...(oldest[0] === undefined
      ? []
      : [
          {
            kind: 'decision' as const,
            title: count === 1 ? oldest[0].question : `${count.toLocaleString('en')} decisions wait for you`,
            count,
            oldest,
          },
        ]),
    ...attention.failed.map((group): Need => ({
      kind: 'failed',
      title: `${tasks(group.count)} failed: ${lowerFirst(group.message)}`,
      group,
    })),
    ...attention.blocked.map((group): Need => ({
      kind: 'blocked',
      title: `${tasks(group.count)} ${BLOCKED[group.reason](group.count)}`,
      group,
    })),
  ]
}

/** "Nothing needs you", "Two tasks failed in the last 24 hours", "Three things need you". */
export function headlineOf(needs: readonly Need[]): string {
  const [only] = needs
  if (only === undefined) return 'Nothing needs you'
  if (needs.length > 1) {
    if (needs.every((need) => need.kind === 'failed')) {
      const failed = needs.reduce((sum, need) => sum + (need.kind === 'failed' ? need.group.count : 0), 0)
      return `${spelled(failed)} tasks failed in the last 24 hours`
    }
    return `${spelled(needs.length)} things need you`
  }
  if (only.kind === 'no_worker') return 'No worker is online'
  if (only.kind === 'decision')
    return `${spelled(only.count)} ${only.count === 1 ? 'decision waits' : 'decisions wait'} for you`
  const { count } = only.group
  const subject = `${spelled(count)} ${count === 1 ? 'task' : 'tasks'}`
  return only.kind === 'failed'
    ? `${subject} failed in the last 24 hours`
    : `${subject} ${BLOCKED[only.group.reason](count)}`
}

export const BLOCKED: Record<BlockReason, (count: number) => string> = {
  needs_model: (count) => (count === 1 ? 'needs a model' : 'need a model'),
  provider: (count) => (count === 1 ? 'waits for the model provider' : 'wait for the model provider'),
  budget: (count) => (count === 1 ? 'waits for budget' : 'wait for budget'),
  paused: (count) => (count === 1 ? 'waits for a paused worker' : 'wait for a paused worker'),
}

function tasks(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'task' : 'tasks'}`
}

function lowerFirst(text: string): string {
  const trimmed = text.replace(/\.$/, '')
  return /^(The|A|An|No|It|Its|This|That) /.test(trimmed) ? trimmed.charAt(0).toLowerCase() + trimmed.slice(1) : trimmed
}
