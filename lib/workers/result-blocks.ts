// A result as headings, paragraphs and lists: what is copied and exported. A statement whose quotes are all missing from
// the text is left out and counted.
import type { z } from 'zod'
import { categoryClassifier } from './category-classifier.ts'
import { documentAnalyzer } from './document-analyzer.ts'
import type { Evidence } from './evidence.ts'
import { languageName } from './languages.ts'
import { planner } from './planner.ts'
import { questionGenerator } from './question-generator.ts'
import { sentimentAnalyzer } from './sentiment-analyzer.ts'
import { summarizer } from './summarizer.ts'
import { translator } from './translator.ts'

export type Item = { text: string; note?: string; quotes?: string[] }
export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string; quotes?: string[] }
  | { kind: 'list'; items: Item[]; numbered?: boolean }
  /** Kept word for word: line breaks count. */
  | { kind: 'verbatim'; text: string }
  | { kind: 'json'; value: unknown }

export type Blocks = { blocks: Block[]; leftOut: number }

/** A result that does not fit today's schema of its worker comes as JSON. */
export function resultBlocks(worker: string, result: unknown): Blocks {
  const claims = new Claims()
  const blocks = typedBlocks(worker, result, claims) ?? [{ kind: 'json', value: result }]
  return { blocks: blocks.filter((block) => block.kind !== 'list' || block.items.length > 0), leftOut: claims.leftOut }
}

function typedBlocks(worker: string, result: unknown, claims: Claims): Block[] | null {
  const known = {
    [documentAnalyzer.name]: () => built(documentAnalyzer.output, result, (value) => analysis(value, claims)),
    [sentimentAnalyzer.name]: () => built(sentimentAnalyzer.output, result, (value) => sentiment(value, claims)),
    [translator.name]: () => built(translator.output, result, translation),
    [summarizer.name]: () => built(summarizer.output, result, (value) => summary(value, claims)),
    [questionGenerator.name]: () => built(questionGenerator.output, result, (value) => questions(value, claims)),
    [planner.name]: () => built(planner.output, result, plan),
    [categoryClassifier.name]: () => built(categoryClassifier.output, result, (value) => classification(value, claims)),
  }
  return Object.hasOwn(known, worker) ? (known[worker]?.() ?? null) : null
}

function built<Output extends z.ZodType>(
  schema: Output,
  result: unknown,
  build: (value: z.output<Output>) => Block[],
): Block[] | null {
  const parsed = schema.safeParse(result)
  return parsed.success ? build(parsed.data) : null
}

class Claims {
  leftOut = 0
  /** The claims that may be passed on, as list items. */
  items<Claim extends { evidence: Evidence[] }>(
    list: readonly Claim[],
    item: (claim: Claim) => Omit<Item, 'quotes'>,
  ): Item[] {
    return list.flatMap((claim) => {
      const quotes = this.quotes(claim.evidence)
      if (claim.evidence.length > 0 && quotes.length === 0) {
        this.leftOut += 1
        return []
      }
      return [{ ...item(claim), quotes }]
    })
  }
  quotes(evidence: readonly Evidence[]): string[] {
    return evidence.filter(({ start }) => start !== null).map(({ quote }) => quote.replace(/\s+/g, ' ').trim())
  }
}

type Analysis = z.output<typeof documentAnalyzer.output>

function analysis(value: Analysis, claims: Claims): Block[] {
  const stated = value.actions.every(({ origin }) => origin === 'stated')
  return section('Summary', {
    kind: 'paragraph',
    text: value.summary.text,
    quotes: quotesUnlessSame(value.summary, claims),
  })
    .concat(
      section('Key insights', {
        kind: 'list',
        items: claims.items(value.insights, ({ text }) => ({ text })),
        numbered: true,
      }),
    )
    .concat(
      section('Risks', {
        kind: 'list',
        items: claims.items(value.risks, ({ text, severity, kind }) => ({ text, note: `${severity}, ${kind}` })),
      }),
    )
    .concat(
      section(stated ? 'Actions stated in the text' : 'Recommendations', {
        kind: 'list',
        items: claims.items(value.actions, ({ text, priority, owner, due }) => ({
          text,
          note: [`${priority} priority`, owner && `owner: ${owner}`, due && `due: ${due}`].filter(Boolean).join(', '),
        })),
      }),
    )
    .concat(
      section('Facts', {
        kind: 'list',
        items: claims
          .items(value.facts, ({ value: fact, label, kind }) => ({ text: fact, note: label ?? kind }))
          .map(bare),
      }),
    )
    .concat(
      section('Names found', {
        kind: 'list',
        items: claims.items(value.names, ({ name, kind }) => ({ text: name, note: kind ?? undefined })).map(bare),
      }),
    )
    .concat(
      value.keyPhrases.length > 0
        ? section('Key phrases', { kind: 'paragraph', text: value.keyPhrases.join(', ') })
        : [],
    )
}

type Sentiment = z.output<typeof sentimentAnalyzer.output>

function sentiment(value: Sentiment, claims: Claims): Block[] {
  const tone =
    value.label === null
      ? 'Not scored'
      : `${sentence(value.label)} (${signed(value.score)}), confidence ${value.confidence ?? 'unknown'}`
  return [
    { kind: 'heading', text: 'Tone' },
    { kind: 'paragraph', text: tone },
    { kind: 'paragraph', text: value.explanation },
    ...(value.urgency === null ? [] : [{ kind: 'paragraph' as const, text: `Urgency: ${value.urgency}` }]),
    ...section('Emotions', {
      kind: 'list',
      items: claims.items(value.emotions, ({ emotion, intensity }) => ({ text: sentence(emotion), note: intensity })),
    }),
    ...section('Strongest sentences', {
      kind: 'list',
      items: value.passages.flatMap(({ evidence, score }) =>
        claims.quotes(evidence).map((text) => ({ text, note: signed(score) })),
      ),
    }),
  ]
}

function translation(value: z.output<typeof translator.output>): Block[] {
  const from = value.sourceLanguage === null ? 'unknown language' : languageName(value.sourceLanguage)
  const open = value.checks.filter(({ passed }) => !passed)
  return [
    { kind: 'heading', text: `Translation: ${from} to ${languageName(value.targetLanguage)}` },
    ...(value.unchanged ? [{ kind: 'paragraph' as const, text: 'The text was left unchanged.' }] : []),
    { kind: 'verbatim', text: value.translation },
    ...section('To check', {
      kind: 'list',
      items: open.map(({ message, segment }) => ({
        text: message,
        note: segment === null ? undefined : `segment ${segment + 1}`,
      })),
    }),
  ]
}

function summary(value: z.output<typeof summarizer.output>, claims: Claims): Block[] {
  return [
    { kind: 'heading', text: value.headline ?? 'Summary' },
    { kind: 'verbatim', text: value.summary },
    ...section('Key points', { kind: 'list', items: claims.items(value.keyPoints, ({ text }) => ({ text })) }),
  ]
}

function questions(value: z.output<typeof questionGenerator.output>, claims: Claims): Block[] {
  return [
    { kind: 'heading', text: 'Questions' },
    {
      kind: 'list',
      numbered: true,
      items: claims
        .items(value.questions, ({ question, answer, kind }) => ({
          text: question,
          note: answer === null ? kind : `${kind}. Answer: ${answer}`,
        }))
        .map(bare),
    },
  ]
}

function classification(value: z.output<typeof categoryClassifier.output>, claims: Claims): Block[] {
  return [
    { kind: 'heading', text: value.category ?? 'No category' },
    {
      kind: 'paragraph',
      text: value.confidence === null ? value.reason : `${value.reason} Confidence: ${value.confidence}.`,
      quotes: claims.quotes(value.evidence),
    },
    ...section('Tags', { kind: 'list', items: claims.items(value.tags, ({ tag }) => ({ text: tag })).map(bare) }),
    ...section('Fit of each category', {
      kind: 'list',
      items: value.scores.map(({ category, score }) => ({ text: category, note: score.toFixed(2) })),
    }),
  ]
}

function plan(value: z.output<typeof planner.output>): Block[] {
  return [
    { kind: 'heading', text: value.title },
    { kind: 'paragraph', text: value.summary },
    { kind: 'list', numbered: true, items: value.steps.map(({ title, reason }) => ({ text: title, note: reason })) },
    ...section('Notes', { kind: 'list', items: value.notes.map((text) => ({ text })) }),
  ]
}

/** A heading is worth its line only with something below it. */
function section(heading: string, block: Block): Block[] {
  return block.kind === 'list' && block.items.length === 0 ? [] : [{ kind: 'heading', text: heading }, block]
}

function quotesUnlessSame({ text, evidence }: { text: string; evidence: Evidence[] }, claims: Claims): string[] {
  return claims.quotes(evidence).filter((quote) => !text.includes(quote))
}

function bare({ text, note }: Item): Item {
  return { text, note }
}

function sentence(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function signed(score: number | null): string {
  return score === null ? 'no score' : `${score > 0 ? '+' : ''}${score.toFixed(2)}`
}
