import type { z } from 'zod'
import type { Confidence, Outcome } from '#lib/workers/define.ts'
import { languageName } from '#lib/workers/languages.ts'
import { EMOTIONS, type sentimentAnalyzer } from '#lib/workers/sentiment-analyzer.ts'
import { type Document, evidenceFor, type Line } from './document.ts'
import { completed, languageLimit, unknownLanguageLimit } from './info.ts'
import { valenceOf } from './valence.ts'

type Input = z.output<typeof sentimentAnalyzer.input>
type Output = z.output<typeof sentimentAnalyzer.output>
type Label = NonNullable<Output['label']>
type Scored = Line & { score: number; hits: number }

const METHOD = 'Tone of wording, from a word list. English only. Cannot see sarcasm.'

export function analyzeSentiment(document: Document, input: Input): Outcome {
  const emotions = emotionsOf(document)
  const tones = tonesOf(document)
  const urgency = urgencyOf(document)
  const limits = [unknownLanguageLimit(document), languageLimit(document, input.outputLanguage)]
  const silence = whyNoTone(document)
  if (silence !== null) {
    const result: Output = {
      label: null,
      score: null,
      confidence: null,
      urgency,
      explanation: silence,
      tones,
      emotions,
      passages: [],
      sentences: null,
    }
    const cuesOnly = emotions.length > 0 ? 'Emotions come from a short list of cue words and are uncertain.' : null
    return completed(document, result, { method: METHOD, limits: [silence, cuesOnly, ...limits] })
  }
  return scoredOutcome(document, input, { emotions, tones, urgency }, limits)
}

function whyNoTone({ language, domain }: Document): string | null {
  if (language === null) return 'The tone was not scored: the language of the text could not be told.'
  if (language !== 'en')
    return `The tone was not scored: the word list is English, and this text is in ${languageName(language)}. A connected model can score it.`
  if (domain?.toneMeaningless)
    return `The tone was not scored: this reads like ${domain.title}, where words such as "acute", "failure" or "liability" name facts and not moods.`
  return null
}

function scoredOutcome(
  document: Document,
  input: Input,
  parts: Pick<Output, 'emotions' | 'tones' | 'urgency'>,
  limits: (string | null)[],
): Outcome {
  const overlay = document.domain?.overlay ?? {}
  const scored = document.lines.map((line): Scored => ({ ...line, ...valenceOf(line.text, overlay) }))
  const hit = scored.filter(({ hits }) => hits > 0)
  const counts = {
    positive: hit.filter((line) => line.score > 0.2).length,
    negative: hit.filter((line) => line.score < -0.2).length,
    neutral: 0,
  }
  counts.neutral = scored.length - counts.positive - counts.negative
  const toned = (counts.positive + counts.negative) / Math.max(1, scored.length)
  const score = rounded(weightedMean(hit.map((line) => line.score)) * Math.min(1, toned / TONED_SHARE))
  const label = labelOf(score, counts)
  const confidence = confidenceOf(score, counts.positive + counts.negative, scored.length, label)
  const result: Output = {
    label,
    score,
    confidence: confidence.level,
    ...parts,
    explanation: explanationOf(counts, scored.length, hit, parts.emotions),
    passages: input.granularity === 'document' ? [] : passagesOf(hit, input.maxPassages),
    sentences: counts,
  }
  return completed(document, result, {
    method: METHOD,
    limits: ['Sarcasm and irony are read as they are worded.', ...limits],
    confidence: confidence.level,
    confidenceBasis: confidence.basis,
  })
}

/** Where fewer sentences than this have a tone, the text as a whole is closer to neutral. */
const TONED_SHARE = 0.4

/** Strong sentences count more: a page of neutral words does not hide one outburst. */
function weightedMean(scores: readonly number[]): number {
  const weight = scores.reduce((sum, score) => sum + Math.abs(score), 0)
  return weight === 0 ? 0 : scores.reduce((sum, score) => sum + score * Math.abs(score), 0) / weight
}

function labelOf(score: number, counts: { positive: number; negative: number; neutral: number }): Label {
  const toned = counts.positive + counts.negative
  const balance = Math.min(counts.positive, counts.negative) / Math.max(1, counts.positive, counts.negative)
  if (balance >= 0.6 && Math.abs(score) < 0.25 && toned >= 3) return 'mixed'
  const share = toned / (toned + counts.neutral)
  if (share < 0.2 && Math.abs(score) < 0.3) return 'neutral'
  if (score > 0.15) return 'positive'
  if (score < -0.15) return 'negative'
  return balance > 0 && share >= 0.3 ? 'mixed' : 'neutral'
}

function confidenceOf(score: number, toned: number, total: number, label: Label): { level: Confidence; basis: string } {
  const basis = `${toned} of ${total} ${total === 1 ? 'sentence is' : 'sentences are'} clearly positive or negative.`
  if (toned < 3 || label === 'mixed') return { level: 'low', basis }
  return { level: toned >= 6 && toned / total >= 0.4 && Math.abs(score) >= 0.25 ? 'high' : 'medium', basis }
}

function explanationOf(
  counts: { positive: number; negative: number },
  total: number,
  hit: readonly Scored[],
  emotions: Output['emotions'],
): string {
  if (hit.length === 0) return 'No word of the list occurs in the text, so its wording counts as neutral.'
  const strongest = hit.toSorted((left, right) => Math.abs(right.score) - Math.abs(left.score))[0]
  const parts = [
    total === 1
      ? `The wording is ${(strongest?.score ?? 0) > 0.2 ? 'positive' : (strongest?.score ?? 0) < -0.2 ? 'negative' : 'close to neutral'}.`
      : `Of ${total} sentences, ${counts.negative} are worded negatively and ${counts.positive} positively.`,
  ]
  if (strongest && total > 1) parts.push(`The strongest: “${shortened(strongest.reading, 200)}”`)
  if (emotions.length > 0)
    parts.push(`Cue words point to ${listed(emotions.slice(0, 3).map(({ emotion }) => emotion))}.`)
  return parts.join(' ')
}

function passagesOf(hit: readonly Scored[], limit: number): Output['passages'] {
  return hit
    .filter(({ score }) => Math.abs(score) > 0.1)
    .toSorted((left, right) => Math.abs(right.score) - Math.abs(left.score))
    .slice(0, limit)
    .toSorted((left, right) => left.start - right.start)
    .map((line) => ({
      label:
        line.score > 0.2 ? ('positive' as const) : line.score < -0.2 ? ('negative' as const) : ('neutral' as const),
      score: rounded(line.score),
      evidence: [evidenceFor(line)],
    }))
}

/** "We used to love it" is no joy. */
const OVER = /\bused to\b|\bno longer\b|\bwould (?:have )?(?:be|been|love|loved)\b/i
const PLEASANT = new Set(['joy', 'satisfaction', 'trust'])

function emotionsOf({ cues, lines, domain }: Document): Output['emotions'] {
  if (!cues || domain?.toneMeaningless) return []
  const found = cues.emotions.flatMap(([name, pattern]) => {
    const emotion = EMOTIONS.find((candidate) => candidate === name)
    const hits = lines.filter((line) => pattern.test(line.text) && !(PLEASANT.has(name) && OVER.test(line.text)))
    return emotion && hits.length > 0 ? [{ emotion, hits }] : []
  })
  const urgent = lines.filter((line) => cues.urgent.test(line.text))
  if (urgent.length > 0) found.push({ emotion: 'urgency', hits: urgent })
  return found
    .toSorted((left, right) => right.hits.length - left.hits.length)
    .map(({ emotion, hits }) => ({
      emotion,
      intensity: hits.length >= 4 || hits.length / lines.length > 0.4 ? 'high' : hits.length >= 2 ? 'medium' : 'low',
      evidence: hits.slice(0, 4).map(evidenceFor),
    }))
}

function tonesOf({ cues, text, domain }: Document): string[] {
  if (!cues || domain?.toneMeaningless) return []
  const found = cues.tones.filter(([, pattern]) => pattern.test(text.slice(0, 40_000))).map(([tone]) => tone)
  return found.filter((tone) => tone !== 'polite' || !found.includes('demanding')).slice(0, 4)
}

function urgencyOf({ cues, lines }: Document): Output['urgency'] {
  if (!cues) return null
  const urgent = lines.filter((line) => cues.urgent.test(line.text)).length
  const due = lines.filter((line) => cues.due.test(line.text)).length
  if (urgent >= 2) return 'high'
  return urgent === 1 || due >= 2 ? 'medium' : due > 0 ? 'low' : 'none'
}

function rounded(score: number): number {
  return Math.round(score * 100) / 100 + 0
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length).replace(/\s+\S*$/, '')} …`
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
