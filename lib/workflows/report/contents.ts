// What each part of the report takes from the result of its worker. Nothing is said that no worker said.
import type { z } from 'zod'
import { categoryClassifier } from '#lib/workers/category-classifier.ts'
import { documentAnalyzer } from '#lib/workers/document-analyzer.ts'
import { questionGenerator } from '#lib/workers/question-generator.ts'
import { type Quote } from '#lib/workers/quotes.ts'
import { sentimentAnalyzer } from '#lib/workers/sentiment-analyzer.ts'
import { summarizer } from '#lib/workers/summarizer.ts'
import { translator } from '#lib/workers/translator.ts'
import type { FoundQuote, PartContents, PartName } from './shape.ts'

/** Keeps what the text proves, and counts what it does not. */
export class Proof {
  leftOut = 0
  readonly quotes = { found: 0, missing: 0 }
  readonly #text: string | null

  /** Null for a worker that read something else than the text: its places are not places there. */
  constructor(text: string | null) {
    this.#text = text
  }

  /** The quotes that stand in the text where they say they do. */
  found(evidence: readonly Quote[]): FoundQuote[] {
    const text = this.#text
    if (text === null) return []
    const found = evidence.flatMap(({ quote, start, end }) =>
      start !== null && end !== null && start < end && text.slice(start, end) === quote ? [{ quote, start, end }] : [],
    )
    this.quotes.found += found.length
    this.quotes.missing += evidence.length - found.length
    return found
  }

  /** The claims without those whose quotes are all missing. */
  claims<Claim extends { evidence: readonly Quote[] }>(
    list: readonly Claim[],
  ): (Omit<Claim, 'evidence'> & { evidence: FoundQuote[] })[] {
    return list.flatMap((claim) => {
      const evidence = this.found(claim.evidence)
      if (this.#text !== null && claim.evidence.length > 0 && evidence.length === 0) {
        this.leftOut += 1
        return []
      }
      return [{ ...claim, evidence }]
    })
  }
}

export type PartSource<Content> = {
  worker: string
  /** Null when the result does not fit today's schema of its worker. */
  read: (result: unknown, proof: Proof) => Content | null
  /** Said of an empty list. */
  nothing: string
}

/** Made from the result of one worker. */
export type WorkedPart = Exclude<PartName, 'decisions' | 'findings'>

export const PART_SOURCES: { [Name in WorkedPart]: PartSource<PartContents[Name]> } = {
  summary: source(summarizer, summaryOf),
  tone: source(sentimentAnalyzer, toneOf),
  categories: source(categoryClassifier, categoriesOf),
  insights: source(
    documentAnalyzer,
    ({ insights }, proof) => proof.claims(insights),
    'The document analyzer gave no insights.',
  ),
  risks: source(documentAnalyzer, ({ risks }, proof) => proof.claims(risks), 'The document analyzer named no risks.'),
  actions: source(
    documentAnalyzer,
    ({ actions }, proof) => proof.claims(actions),
    'The document analyzer named no actions.',
  ),
  questions: source(
    questionGenerator,
    ({ questions }, proof) =>
      proof.claims(questions).map(({ question, answer, kind, evidence }) => ({
        text: question,
        answer: answer?.trim() || null,
        kind,
        evidence,
      })),
    'The question generator asked nothing.',
  ),
  translation: source(translator, translationOf),
}

const PASSAGES = 3
const SCORES = 3
/** More numbers behind one word would crowd the page. */
const QUOTES_OF_EMOTION = 2
const QUOTES_OF_TAG = 1

function summaryOf({ headline, summary, evidence }: z.output<typeof summarizer.output>, proof: Proof) {
  return { headline, text: summary, evidence: proof.found(evidence) }
}

function toneOf({ tones, ...tone }: z.output<typeof sentimentAnalyzer.output>, proof: Proof) {
  const strongest = tone.passages
    .toSorted((left, right) => Math.abs(right.score) - Math.abs(left.score))
    .slice(0, PASSAGES)
  return {
    label: tone.label,
    score: tone.score,
    confidence: tone.confidence,
    urgency: tone.urgency,
    explanation: tone.explanation,
    manner: tones,
    emotions: proof.claims(shortened(tone.emotions, QUOTES_OF_EMOTION)),
    passages: proof
      .claims(tone.passages.filter((passage) => strongest.includes(passage)))
      .map(({ score, evidence }) => ({ score, evidence })),
  }
}

function categoriesOf(value: z.output<typeof categoryClassifier.output>, proof: Proof) {
  return {
    category: value.category,
    confidence: value.confidence,
    reason: value.reason,
    evidence: proof.found(value.evidence),
    scores: value.scores.filter(({ score }) => score > 0).slice(0, SCORES),
    tags: proof.claims(shortened(value.tags, QUOTES_OF_TAG)),
  }
}

function translationOf(value: z.output<typeof translator.output>) {
  return {
    sourceLanguage: value.sourceLanguage,
    targetLanguage: value.targetLanguage,
    unchanged: value.unchanged,
    text: value.translation,
    doubts: value.checks.filter(({ passed }) => !passed).map(({ message }) => message),
  }
}

function shortened<Claim extends { evidence: Quote[] }>(list: readonly Claim[], quotes: number): Claim[] {
  return list.map((claim) => ({ ...claim, evidence: claim.evidence.slice(0, quotes) }))
}

function source<Output extends z.ZodType, Content>(
  { name, output }: { name: string; output: Output },
  build: (value: z.output<Output>, proof: Proof) => Content,
  nothing = '',
): PartSource<Content> {
  return {
    worker: name,
    nothing,
    read: (result, proof) => {
      const parsed = output.safeParse(result)
      return parsed.success ? build(parsed.data, proof) : null
    },
  }
}
