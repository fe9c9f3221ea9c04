// Words that the report's page and its exports share.
import { formatMoney } from '#lib/money.ts'
import { BLOCK_REASON_WORDS, type BlockReason, STATUS_TITLES } from '#lib/tasks/states.ts'
import type { ResultInfo } from '#lib/workers/define.ts'
import type { PartContents, QuoteCounts } from './report-shape.ts'
import type { StepStatus } from './states.ts'

const STEP_WORDS: Record<StepStatus, string> = { ...STATUS_TITLES, waiting: 'Not yet', skipped: 'Skipped' }

export function stepWord(status: StepStatus, reason: BlockReason | null): string {
  return status === 'blocked' && reason ? BLOCK_REASON_WORDS[reason] : STEP_WORDS[status]
}

export function engineWords(engine: ResultInfo['engine']): string {
  return engine.kind === 'rules' ? 'built-in, no AI' : (engine.model ?? engine.name)
}

/** Without a call there is no cost; a call without a price is never $0. */
export function costWords({ tokens, costMicros }: { tokens: number | null; costMicros: number | null }): string {
  if (costMicros !== null) return formatMoney(costMicros)
  return tokens === null ? 'no cost' : 'unpriced'
}

/** Empty without quotes. */
export function quotesWords({ found, missing }: QuoteCounts): string {
  const all = found + missing
  return all === 0
    ? ''
    : `${found.toLocaleString('en')} of ${all.toLocaleString('en')} ${all === 1 ? 'quote' : 'quotes'} found word for word.`
}

/** Empty when nothing was left out. */
export function leftOutWords(count: number): string {
  if (count === 0) return ''
  return count === 1
    ? 'One statement was left out: its quote was not found in the text.'
    : `${count.toLocaleString('en')} statements were left out: their quotes were not found in the text.`
}

/** `Negative -0.62, medium confidence, high urgency, civil`. */
export function toneWords({ label, score, confidence, urgency, manner }: PartContents['tone']): string {
  const words = [
    label === null
      ? 'could not be told'
      : `${label}${score === null ? '' : ` ${score > 0 ? '+' : ''}${score.toFixed(2)}`}`,
    confidence === null ? null : `${confidence} confidence`,
    urgency === null ? null : urgency === 'none' ? 'no urgency' : `${urgency} urgency`,
    ...manner,
  ]
    .filter((word) => word !== null)
    .join(', ')
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
