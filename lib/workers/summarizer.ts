import { z } from 'zod'
import { defineWorker, documentText } from './define.ts'
import { claim, evidenceList } from './evidence.ts'
import { documentPrompt, outputLanguage, type Prompt } from './prompt.ts'

/** Sentences (or bullets) of a summary by its length. */
export const SUMMARY_SENTENCES = { short: 2, medium: 4, long: 8 } as const

const input = z.strictObject({
  text: documentText,
  length: z
    .enum(['short', 'medium', 'long'])
    .default('medium')
    .meta({
      title: 'Length',
      description: 'Two, four or eight sentences.',
      'x-labels': { short: 'Short', medium: 'Medium', long: 'Long' },
    }),
  style: z
    .enum(['paragraph', 'bullets'])
    .default('paragraph')
    .meta({
      title: 'Style',
      'x-labels': { paragraph: 'Paragraph', bullets: 'Bullet points' },
    }),
  maxKeyPoints: z.number().int().min(0).max(12).default(5).meta({
    title: 'Key points, at most',
    description: 'Single points beside the summary, each with its proof.',
  }),
  focus: z.string().trim().max(200).default('').meta({
    title: 'Focus on',
    description: 'What the reader cares about, for example "costs and dates". Empty = everything.',
  }),
  outputLanguage,
})

const output = z.object({
  headline: z.string().max(200).nullable().meta({ title: 'Headline', description: 'The one thing to remember.' }),
  summary: z.string().trim().min(1).max(8000).meta({
    title: 'Summary',
    description: 'Whole sentences; in the bullet style one "- " line each.',
  }),
  evidence: evidenceList.max(12).meta({ title: 'Evidence', description: 'The passages the summary rests on.' }),
  keyPoints: z.array(claim).max(12).meta({ title: 'Key points', description: 'Most important first.' }),
})

const ROLE = `You are a careful editor. You summarize one document so that someone who will not read it knows what it says and can act on it.`

export const summarizer = defineWorker({
  name: 'summarizer',
  title: 'Summarizer',
  summary: 'A short summary and key points',
  slots: 1,
  timeoutMs: 120_000,
  input,
  output,
  prompt: promptFor,
  run: async (values, { model }) => {
    const result = await model.generate({ ...promptFor(values), output, text: values.text })
    return { ...result, keyPoints: result.keyPoints.slice(0, values.maxKeyPoints) }
  },
  example: {
    input: {
      text: 'The pilot ran from March to May in two depots. Delays fell from 14% to 6%, and fuel use by 9%. The board will decide on June 12 whether all eleven depots follow.',
      length: 'short',
    },
    output: {
      headline: 'Pilot cut delays to 6%; decision on June 12',
      summary:
        'A three-month pilot in two depots cut delays from 14% to 6% and fuel use by 9%. The board decides on June 12 whether to extend it to all eleven depots.',
      evidence: [
        { quote: 'Delays fell from 14% to 6%, and fuel use by 9%.', start: 47, end: 94 },
        { quote: 'The board will decide on June 12', start: 95, end: 127 },
      ],
      keyPoints: [
        {
          text: 'Delays fell from 14% to 6%.',
          evidence: [{ quote: 'Delays fell from 14% to 6%', start: 47, end: 73 }],
        },
        { text: 'The pilot covered two of eleven depots.', evidence: [{ quote: 'in two depots', start: 32, end: 45 }] },
      ],
    },
  },
})

function promptFor(values: z.output<typeof input>): Prompt {
  const count = SUMMARY_SENTENCES[values.length]
  return documentPrompt(
    ROLE,
    [
      values.style === 'bullets'
        ? `summary: at most ${count} lines, each beginning with "- " and holding one point.`
        : `summary: at most ${count} sentences of running text, without a heading.`,
      'Lead with what was decided, found, asked for or changed; then why; then what comes next. Keep the numbers, dates and names that matter. Write plainly, without "this document" or "the author states".',
      'headline: at most ten words.',
      values.maxKeyPoints === 0
        ? 'Leave `keyPoints` empty.'
        : `keyPoints: at most ${values.maxKeyPoints}, one fact or statement each, that a reader would want to check.`,
      ...(values.focus === ''
        ? []
        : [
            `The reader cares most about: ${JSON.stringify(values.focus)}. Give this the most room, without leaving out what is essential.`,
          ]),
    ],
    values.text,
    values.outputLanguage,
  )
}
