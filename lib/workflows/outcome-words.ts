// What came of a step, in one line, for the list of what happened. Pure.
import type { StepOutcome } from './control.ts'

/** Null where there is nothing to say beside that it began or ended. */
export function outcomeWords({ output, error }: Pick<StepOutcome, 'output' | 'error'>): string | null {
  if (error) return error.message
  if (typeof output !== 'object' || output === null) return null
  const said = output as Record<string, unknown>
  if (typeof said['decision'] === 'string') return decisionWords(said['decision'], said['note'])
  if (typeof said['holds'] === 'boolean') return said['holds'] ? 'Yes' : 'No'
  if (Array.isArray(said['checks'])) return `${counted(said['checks'].length, 'check')} passed`
  if (typeof said['count'] === 'number') return `Put ${counted(said['count'], 'item')} together`
  if (typeof said['attempts'] === 'number')
    return `Answered with ${String(said['status'])}${said['attempts'] > 1 ? ` at attempt ${said['attempts']}` : ''}`
  return null
}

/** "38 of 50 done, 2 failed". */
export function itemsWords({ all, failed }: { all: number; failed: number }): string {
  return `${all - failed} of ${all} done${failed > 0 ? `, ${failed} failed` : ''}`
}

function decisionWords(decision: string, note: unknown): string {
  const word = decision === 'approved' ? 'Approved' : 'Declined'
  return typeof note === 'string' && note !== '' ? `${word}: ${note}` : word
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
