// What the conditions, checks and approvals of a run came to, for its report.
import { type ApprovalOutput, CONDITION_OUTPUT, VALIDATION_OUTPUT } from '../outputs.ts'
import { type Decision, NOT_REVIEWED } from './shape.ts'
import type { RunStep } from '../shapes.ts'

const DECIDING = new Set(['condition', 'approval', 'validate'])

/** Null when the workflow has no such step. */
export function decisionsOf(steps: readonly RunStep[]): Decision[] | null {
  const deciding = steps.filter(({ kind }) => DECIDING.has(kind))
  return deciding.length === 0 ? null : deciding.flatMap((step) => decisionOf(step) ?? [])
}

function decisionOf(step: RunStep): Decision | null {
  const { title, kind, status } = step
  if (kind === 'validate') {
    const parsed = VALIDATION_OUTPUT.safeParse(step.result)
    if (!parsed.success) return null
    const { passed, checks } = parsed.data
    const failed = checks.filter((check) => !check.passed).map(({ message }) => message)
    return { title, outcome: passed ? 'Passed' : 'Failed', good: passed, notes: failed }
  }
  if (status === 'failed')
    return { title, outcome: 'Failed', good: false, notes: step.error ? [step.error.message] : [] }
  if (status !== 'completed') return null
  if (kind === 'condition') {
    const parsed = CONDITION_OUTPUT.safeParse(step.result)
    return parsed.success ? { title, outcome: parsed.data.holds ? 'Yes' : 'No', good: null, notes: [] } : null
  }
  const approval = approvalIn(step)
  if (!approval) return null
  const { decision, note, fields } = approval
  return {
    title,
    outcome: approvalWords(approval),
    good: decision === 'approved',
    notes: [
      ...Object.entries(fields).flatMap(([name, value]) => (value === '' ? [] : [`${labelOf(name)}: ${value}`])),
      note,
    ].filter((line) => line !== ''),
  }
}

/** Of the last decision of a person. */
export function reviewOf(steps: readonly RunStep[]): string {
  const last = steps
    .flatMap((step) => approvalIn(step) ?? [])
    .filter(({ by }) => by !== '')
    .toSorted((left, right) => (left.decidedAt < right.decidedAt ? -1 : 1))
    .at(-1)
  return last ? approvalWords(last) : NOT_REVIEWED
}

function approvalWords({ decision, by, decidedAt }: ApprovalOutput): string {
  const word = decision === 'approved' ? 'Approved' : 'Rejected'
  return by === '' ? `${word}, as nobody decided in time` : `${word} by ${by} on ${decidedAt.slice(0, 10)}`
}

function approvalIn({ kind, status, result }: RunStep): ApprovalOutput | null {
  return kind === 'approval' && status === 'completed' && result !== null ? (result as ApprovalOutput) : null
}

/** `channelOfSale` as `Channel of sale`. */
function labelOf(name: string): string {
  const words = name.replaceAll(/([A-Z])|_/g, (_, capital: string | undefined) =>
    capital ? ` ${capital.toLowerCase()}` : ' ',
  )
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
