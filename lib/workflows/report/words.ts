// Words that the report's page and its exports share.
import { formatMoney } from '#lib/money.ts'
import { BLOCK_REASON_WORDS, type BlockReason, STATUS_TITLES } from '#lib/tasks/states.ts'
import type { Confidence, ResultInfo } from '#lib/workers/define.ts'
import type { Missing, PartContents, QuoteCounts } from './shape.ts'
import type { StepStatus } from '../states.ts'

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

const MISSING_WORDS: Record<Missing['kind'], string> = {
  not_yet: 'Not yet',
  needs_model: 'Needs model',
  blocked: 'Blocked',
  failed: 'Failed',
  cancelled: 'Cancelled',
  skipped: 'Skipped',
  unreadable: 'Unreadable',
  nothing_found: 'Nothing found',
}

export function missingWord(kind: Missing['kind']): string {
  return MISSING_WORDS[kind]
}

/** `High`. */
export function levelWord(level: Confidence): string {
  return level.slice(0, 1).toUpperCase() + level.slice(1)
}

/** `high priority, asked for in the text, owner: Northgate Claims, due: before December 11`. */
export function actionWords({ priority, origin, owner, due }: PartContents['actions'][number]): string {
  const words = [
    `${priority} priority`,
    origin === 'stated' ? 'asked for in the text' : 'recommended',
    owner === null ? null : `owner: ${owner}`,
    due === null ? null : `due: ${due}`,
  ]
  return words.filter((word) => word !== null).join(', ')
}

export function costLine(costs: Parameters<typeof costWords>[0]): string {
  const words = costWords(costs)
  return words === 'no cost' ? 'No cost.' : `Cost: ${words}.`
}

export function secondsWords(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}

/** With a real minus sign. */
export function signedScore(score: number): string {
  return `${score > 0 ? '+' : ''}${score.toFixed(2)}`.replace('-', '−')
}
