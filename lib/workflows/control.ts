// Carries out the steps that need no worker: what comes of them at once, or what they wait for.
import type { TaskError } from '#lib/tasks/states.ts'
import { evaluateCondition } from './conditions.ts'
import type { StepDefinition } from './definition.ts'
import { textOf, textsOf, type Values } from './mapping.ts'
import type { Branch } from './needs.ts'
import type { ApprovalOutput } from './outputs.ts'
import { readPath } from './paths.ts'
import type { LockedStep } from './locked-run.ts'
import { validate } from './validate.ts'

export type StepOutcome = {
  name: string
  status: 'completed' | 'failed' | 'cancelled' | 'in_progress'
  output?: unknown
  branch?: Branch
  error?: TaskError
  /** From now, until it goes on by itself. */
  wakeInMs?: number
  childRunId?: string
}

type ControlStep = Extract<StepDefinition, { kind: 'condition' | 'join' | 'validate' | 'approval' | 'wait' }>

export function isControl(step: StepDefinition): step is ControlStep {
  return !['worker', 'map', 'workflow', 'webhook'].includes(step.kind)
}

/** Of a step that may start now. */
export async function carryOut(step: ControlStep, values: Values): Promise<StepOutcome> {
  const { name } = step
  switch (step.kind) {
    case 'condition':
      try {
        const holds = await evaluateCondition(step.if, values)
        return { name, status: 'completed', output: { holds }, branch: holds ? 'yes' : 'no' }
      } catch (error) {
        return failure(name, 'condition_failed', (error as Error).message, 'Change the condition, and run again.')
      }
    case 'join': {
      const found = readPath(values, step.from)
      const items = Array.isArray(found) ? found : found === undefined || found === null ? [] : [found]
      const output = { text: textsOf(items).join('\n\n'), items: step.as === 'list' ? items : [], count: items.length }
      return { name, status: 'completed', output }
    }
    case 'validate': {
      const output = await validate(step.checks, values)
      if (output.passed) return { name, status: 'completed', output }
      const failed = output.checks.filter(({ passed }) => !passed).map(({ message }) => message)
      return {
        ...failure(name, 'validation_failed', failed.join(' '), 'Look at the output of the step before it.'),
        output,
      }
    }
    case 'approval':
      return {
        name,
        status: 'in_progress',
        ...(step.timeoutHours === undefined ? {} : { wakeInMs: step.timeoutHours * 3_600_000 }),
      }
    case 'wait':
      return { name, status: 'in_progress', wakeInMs: step.seconds * 1_000 }
  }
}

/** What has come of a step that waits, without anyone having touched it; null while it waits on. */
export function comeDue(definition: StepDefinition, step: LockedStep): StepOutcome | null {
  const { name } = step
  if (definition.kind === 'workflow') return childOutcome(step)
  if (step.status !== 'in_progress' || !step.due) return null
  if (definition.kind === 'wait') return { name, status: 'completed', output: {} }
  if (definition.kind !== 'approval') return null
  if (definition.onTimeout === 'fail')
    return failure(
      name,
      'approval_timed_out',
      `Nobody decided within ${hours(definition.timeoutHours ?? 0)}.`,
      'Run again from this step to ask once more.',
    )
  const approved = definition.onTimeout === 'approve'
  return decided(name, {
    decision: approved ? 'approved' : 'rejected',
    by: '',
    note: `Nobody decided within ${hours(definition.timeoutHours ?? 0)}.`,
    fields: {},
    decidedAt: new Date().toISOString(),
  })
}

export function decided(name: string, output: ApprovalOutput): StepOutcome {
  return { name, status: 'completed', output, branch: output.decision === 'approved' ? 'yes' : 'no' }
}

/** The other run is looked at again after it has ended: a retry may have opened it. */
function childOutcome({ name, status, child }: LockedStep): StepOutcome | null {
  if (child === null || child === status) return null
  if (child === 'failed')
    return failure(name, 'workflow_failed', 'The workflow within this one failed.', 'Open its run to see why.')
  return { name, status: child }
}

export function failure(name: string, code: string, message: string, advice: string): StepOutcome {
  return { name, status: 'failed', error: { code, message, advice } }
}

function hours(count: number): string {
  return count === 1 ? 'an hour' : `${count} hours`
}

/** The text that a step is given; a failure when there is none. */
export function textFor(name: string, path: string, values: Values): string | StepOutcome {
  const text = textOf(readPath(values, path))
  return text.trim() === ''
    ? failure(name, 'no_text', `"${path}" holds no text for this step.`, 'Look at the output of the step before it.')
    : text
}
