import { z } from 'zod'
import { defineWorker, documentText } from './define.ts'
import { evidenceList } from './evidence.ts'
import { documentPrompt, outputLanguage, type Prompt } from './prompt.ts'

export const SENTIMENTS = ['positive', 'neutral', 'negative', 'mixed'] as const
export const EMOTIONS = [
  'anger',
  'frustration',
  'disappointment',
  'worry',
  'sadness',
  'urgency',
  'confusion',
  'gratitude',
  'satisfaction',
  'joy',
  'trust',
] as const

const level = z.enum(['high', 'medium', 'low'])
const score = z.number().min(-1).max(1)

const input = z.strictObject({
  text: documentText,
  granularity: z
    .enum(['document', 'sentences'])
    .default('sentences')
    .meta({
      title: 'Detail',
      description: 'Whether the strongest sentences are scored one by one.',
      'x-labels': { document: 'Whole text only', sentences: 'Whole text and strongest sentences' },
    }),
  maxPassages: z.number().int().min(1).max(30).default(10).meta({
    title: 'Sentences, at most',
    description: 'How many of the strongest sentences the result lists.',
  }),
  outputLanguage,
})

const output = z.object({
  label: z.enum(SENTIMENTS).nullable().meta({
    title: 'Tone',
    description: 'The overall tone of the text; null when it could not be told.',
  }),
  score: score.nullable().meta({ title: 'Score', description: 'From -1 (very negative) to 1 (very positive).' }),
  confidence: level.nullable().meta({ title: 'Confidence' }),
  urgency: z.enum(['high', 'medium', 'low', 'none']).nullable().meta({
    title: 'Urgency',
    description: 'How soon the writer wants something to happen.',
  }),
  explanation: z.string().trim().min(1).max(1200).meta({ title: 'Why', description: 'Two or three sentences.' }),
  tones: z
    .array(z.string().max(40))
    .max(6)
    .meta({ title: 'Manner', description: 'Such as formal, polite, sarcastic.' }),
  emotions: z
    .array(
      z.object({
        emotion: z.enum(EMOTIONS).meta({ title: 'Emotion' }),
        intensity: level.meta({ title: 'Intensity' }),
        evidence: evidenceList,
      }),
    )
    .max(11)
    .meta({ title: 'Emotions', description: 'Strongest first.' }),
  passages: z
    .array(
      z.object({
        label: z.enum(SENTIMENTS).meta({ title: 'Tone' }),
        score: score.meta({ title: 'Score' }),
        evidence: evidenceList,
      }),
    )
    .max(30)
    .meta({ title: 'Strongest sentences', description: 'In the order of the text.' }),
  sentences: z
    .object({
      positive: z.number().int().min(0),
      neutral: z.number().int().min(0),
      negative: z.number().int().min(0),
    })
    .nullable()
    .meta({ title: 'Sentences by tone', description: 'A count; null when sentences were not scored.' }),
})

const ROLE = `You are a careful reader of tone. You judge the mood of a text as its writer wrote it: the overall tone, the emotions, and how urgent it is.`

export const sentimentAnalyzer = defineWorker({
  name: 'sentiment-analyzer',
  title: 'Sentiment analyzer',
  summary: 'Tone, mood and urgency',
  slots: 1,
  timeoutMs: 120_000,
  input,
  output,
  prompt: promptFor,
  run: async (values, { model }) => {
    const result = await model.generate({ ...promptFor(values), output, text: values.text })
    const passages = values.granularity === 'document' ? [] : result.passages.slice(0, values.maxPassages)
    return { ...result, passages }
  },
  example: {
    input: { text: 'The help desk was friendly. But this is the third outage this week, and I need an answer today.' },
    output: {
      label: 'negative',
      score: -0.4,
      confidence: 'medium',
      urgency: 'high',
      explanation:
        'The writer praises the people but is fed up with repeated outages and wants an answer the same day.',
      tones: ['direct', 'polite'],
      emotions: [
        {
          emotion: 'frustration',
          intensity: 'high',
          evidence: [{ quote: 'this is the third outage this week', start: 32, end: 66 }],
        },
        { emotion: 'urgency', intensity: 'high', evidence: [{ quote: 'I need an answer today', start: 72, end: 94 }] },
      ],
      passages: [
        { label: 'positive', score: 0.5, evidence: [{ quote: 'The help desk was friendly.', start: 0, end: 27 }] },
        {
          label: 'negative',
          score: -0.6,
          evidence: [
            { quote: 'But this is the third outage this week, and I need an answer today.', start: 28, end: 95 },
          ],
        },
      ],
      sentences: { positive: 1, neutral: 0, negative: 1 },
    },
  },
})

function promptFor(values: z.output<typeof input>): Prompt {
  return documentPrompt(
    ROLE,
    [
      'Judge what the writer feels and expresses, not whether the subject is pleasant: a factual report of an illness or a loss is neutral unless the writing shows feeling. Take sarcasm for what it means.',
      'label "mixed" needs clear positive and clear negative passages; otherwise choose the side that prevails. The score must agree with the label: negative below -0.15, positive above 0.15, neutral between.',
      'confidence is low when the text is short, sarcastic, or says little about feeling.',
      values.granularity === 'document'
        ? 'Leave `passages` empty and set `sentences` to null.'
        : `passages: the ${values.maxPassages} sentences with the strongest tone at most, in the order of the document, each with exactly one quote, the sentence itself. sentences: how many sentences of the document are positive, neutral and negative.`,
      'Give an emotion only when a quote shows it.',
    ],
    values.text,
    values.outputLanguage,
  )
}
