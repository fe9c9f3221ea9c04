// The one line that tells the most about a step. Pure.
import { formatDuration } from '#app/_ui/format.ts'
import { type DraftStep, kindOf, listOf, textOf } from '#lib/workflows/draft/read.ts'

export function stepFact(step: DraftStep): string {
  switch (kindOf(step)) {
    case 'worker':
      return `reads ${textOf(step, 'text') || 'input.text'}`
    case 'map':
      return `over ${textOf(step, 'over') || 'nothing yet'}`
    case 'join':
      return `from ${textOf(step, 'from') || 'nothing yet'}`
    case 'condition':
      return textOf(step, 'if') || 'no expression yet'
    case 'validate': {
      const count = listOf(step, 'checks').length
      return count === 1 ? '1 check' : `${count} checks`
    }
    case 'approval':
      return textOf(step, 'question') || 'no question yet'
    case 'wait': {
      const { seconds } = step
      return typeof seconds === 'number' ? formatDuration(seconds * 1_000) : 'no time yet'
    }
    case 'webhook':
      return textOf(step, 'url') || 'no address yet'
    case 'workflow':
      return textOf(step, 'workflow') || 'no workflow yet'
    case null:
      return textOf(step, 'kind') || 'no kind yet'
  }
}
