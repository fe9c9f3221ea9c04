// The JSON-safe shape of the combined report of a run: the page and the exports speak it. No schemas: safe to import
// anywhere. Dates are ISO strings, durations milliseconds, money millionths of a US dollar.
import type { BlockReason } from '#lib/tasks/states.ts'
import type { Confidence, ResultInfo } from '#lib/workers/define.ts'
import type { NumberedPlace } from '#lib/workers/evidence-numbers.ts'
import type { PageSpan, RunStatus, StepStatus } from '../states.ts'

/** In the order of the page. */
export const REPORT_PARTS = [
  'summary',
  'decisions',
  'findings',
  'tone',
  'categories',
  'insights',
  'risks',
  'actions',
  'questions',
  'translation',
] as const
export type PartName = (typeof REPORT_PARTS)[number]

export const PART_TITLES: Record<PartName, string> = {
  summary: 'Summary',
  decisions: 'Decisions and checks',
  findings: 'Findings by part',
  tone: 'Tone',
  categories: 'Categories',
  insights: 'Insights',
  risks: 'Risks',
  actions: 'Actions',
  questions: 'Questions',
  translation: 'Translation',
}

export const NOT_REVIEWED = 'Not reviewed by a person'

/** A quote that stands in the text, word for word, from `start` to before `end` (UTF-16 units). */
export type FoundQuote = { quote: string; start: number; end: number }
export type Statement = { text: string; evidence: FoundQuote[] }

/** What a step without a worker came to. */
export type Decision = {
  title: string
  /** `Yes`, `Approved by Ana Ruiz`, `Passed`. */
  outcome: string
  /** Null where neither way is better. */
  good: boolean | null
  /** What was written or found with it. */
  notes: string[]
}

export type PartContents = {
  summary: { headline: string | null; text: string; evidence: FoundQuote[] }
  tone: {
    /** Null when it could not be told; `explanation` says why. */
    label: string | null
    score: number | null
    confidence: Confidence | null
    urgency: string | null
    explanation: string
    manner: string[]
    emotions: { emotion: string; intensity: Confidence; evidence: FoundQuote[] }[]
    /** The strongest few, in the order of the text. */
    passages: { score: number; evidence: FoundQuote[] }[]
  }
  categories: {
    category: string | null
    confidence: Confidence | null
    reason: string
    evidence: FoundQuote[]
    /** The best few, from 0 to 1. A comparison, not a probability. */
    scores: { category: string; score: number }[]
    tags: { tag: string; evidence: FoundQuote[] }[]
  }
  decisions: Decision[]
  /** Of each part of a long text, in its order. */
  findings: {
    /** Its heading. */
    label: string
    pages: PageSpan | null
    taskId: string | null
    statements: Statement[]
    /** Why there are none. */
    missing: string | null
  }[]
  insights: Statement[]
  risks: (Statement & { severity: Confidence; kind: string })[]
  actions: (Statement & {
    priority: Confidence
    origin: 'stated' | 'recommended'
    owner: string | null
    due: string | null
  })[]
  /** `answer` is null where the text does not hold one. */
  questions: (Statement & { answer: string | null; kind: string })[]
  translation: {
    sourceLanguage: string | null
    targetLanguage: string
    /** The text already was in the language asked for. */
    unchanged: boolean
    text: string
    /** What its checks found wrong. */
    doubts: string[]
  }
}

/** Why a part has no content. */
export const MISSING_KINDS = [
  'not_yet',
  'needs_model',
  'blocked',
  'failed',
  'cancelled',
  'skipped',
  'unreadable',
  'nothing_found',
] as const
export type Missing = {
  kind: (typeof MISSING_KINDS)[number]
  message: string
  /** What is true and useful although there is no content, or what the person can do. */
  more: string | null
}

export type QuoteCounts = { found: number; missing: number }

type PartFrame = {
  title: string
  /** Empty for what no worker made. */
  worker: string
  workerTitle: string
  taskId: string | null
  /** Null when there is content. */
  missing: Missing | null
  /** Statements left out because none of their quotes stands in the text. */
  leftOut: number
  quotes: QuoteCounts
}

export type ReportPart = {
  [Name in PartName]: PartFrame & { name: Name; content: PartContents[Name] | null }
}[PartName]

/** How one worker did its share. */
export type StepMaking = {
  step: string
  title: string
  taskId: string | null
  status: StepStatus
  reason: BlockReason | null
  waitedMs: number
  workedMs: number
  /** Null until it has answered. */
  engine: ResultInfo['engine'] | null
  method: string | null
  limits: string[]
  /** Null without a call. */
  tokens: number | null
  /** Null while a call is unpriced or there is none. */
  costMicros: number | null
}

export type Report = {
  run: string
  workflow: { name: string; title: string }
  status: RunStatus
  /** Who has confirmed or refused it, or that nobody has. */
  review: string
  /** The summary's headline; without one the title of the run. */
  title: string
  /** The title of the run. */
  about: string
  /** BCP 47 tag of the text, null when it could not be told. */
  language: string | null
  createdAt: string
  finishedAt: string | null
  parts: ReportPart[]
  /** The places of the quotes, numbered once through the whole report in the order of the text. */
  evidence: (NumberedPlace & { quote: string })[]
  quotes: QuoteCounts
  leftOut: number
  making: StepMaking[]
  tokens: number | null
  costMicros: number | null
}
