import { z } from 'zod'
import { defineWorker, documentText } from './define.ts'
import { evidenceList } from './evidence.ts'
import { documentPrompt, outputLanguage, type Prompt } from './prompt.ts'

export const QUESTION_KINDS = ['comprehension', 'review', 'interview', 'discussion'] as const

const input = z.strictObject({
  text: documentText,
  count: z.number().int().min(1).max(20).default(8).meta({ title: 'Questions, at most' }),
  kind: z
    .enum(['mixed', ...QUESTION_KINDS])
    .default('mixed')
    .meta({
      title: 'Kind',
      description: 'What the questions are for.',
      'x-labels': {
        mixed: 'Mixed',
        comprehension: 'Comprehension: was it read and understood?',
        review: 'Review: what is missing or unclear?',
        interview: 'Interview: ask the writer',
        discussion: 'Discussion: open, for a group',
      },
    }),
  difficulty: z
    .enum(['mixed', 'easy', 'medium', 'hard'])
    .default('mixed')
    .meta({
      title: 'Difficulty',
      'x-labels': { mixed: 'Mixed', easy: 'Easy', medium: 'Medium', hard: 'Hard' },
    }),
  answers: z.boolean().default(true).meta({
    title: 'With answers',
    description: 'Where the text holds the answer.',
  }),
  outputLanguage,
})

const output = z.object({
  questions: z
    .array(
      z.object({
        question: z.string().trim().min(1).max(1200).meta({ title: 'Question' }),
        answer: z.string().max(1200).nullable().meta({
          title: 'Answer',
          description: 'From the text; null when the text does not answer it.',
        }),
        kind: z.enum(QUESTION_KINDS).meta({ title: 'Kind' }),
        form: z.enum(['open', 'fill_in']).meta({
          title: 'Form',
          description: '"fill_in" = a sentence of the text with a gap (_____).',
        }),
        difficulty: z.enum(['easy', 'medium', 'hard']).nullable().meta({ title: 'Difficulty' }),
        evidence: evidenceList,
      }),
    )
    .min(1)
    .max(20)
    .meta({ title: 'Questions' }),
})

const ROLE = `You write good questions about one document: precise, answerable, and worth the time of the person who answers.`

const KINDS = {
  mixed: 'Mix comprehension, review and discussion questions.',
  comprehension:
    'All questions are of the kind "comprehension": the document answers them, and answering needs real reading, not matching words.',
  review:
    'All questions are of the kind "review": what a careful reviewer would ask because it is missing, vague, contradictory or not backed up. The quote shows the passage that raises the question; the answer is null unless the document gives it elsewhere.',
  interview:
    'All questions are of the kind "interview": what to ask the writer or the people named, to learn more than the document says.',
  discussion: 'All questions are of the kind "discussion": open, fair, and rooted in what the document says.',
}

export const questionGenerator = defineWorker({
  name: 'question-generator',
  title: 'Question generator',
  summary: 'Questions worth asking, answered',
  slots: 1,
  timeoutMs: 120_000,
  input,
  output,
  prompt: promptFor,
  run: async (values, { model }) => {
    const result = await model.generate({ ...promptFor(values), output, text: values.text })
    const questions = result.questions.slice(0, values.count)
    return { questions: values.answers ? questions : questions.map((question) => ({ ...question, answer: null })) }
  },
  example: {
    input: {
      text: 'The bridge was closed on May 4 after sensors reported movement in the north pier. Repairs are expected to cost $2.1 million.',
      count: 2,
    },
    output: {
      questions: [
        {
          question: 'Why was the bridge closed?',
          answer: 'Sensors reported movement in the north pier.',
          kind: 'comprehension',
          form: 'open',
          difficulty: 'easy',
          evidence: [{ quote: 'sensors reported movement in the north pier', start: 37, end: 80 }],
        },
        {
          question: 'Who pays for the repairs, and how long will they take?',
          answer: null,
          kind: 'review',
          form: 'open',
          difficulty: 'medium',
          evidence: [{ quote: 'Repairs are expected to cost $2.1 million.', start: 82, end: 124 }],
        },
      ],
    },
  },
})

function promptFor(values: z.output<typeof input>): Prompt {
  return documentPrompt(
    ROLE,
    [
      KINDS[values.kind],
      `Write ${values.count} questions; fewer if the document does not carry that many good ones. Spread them over the whole document and put the most useful first. No two may ask the same.`,
      'Each question can be understood without seeing the document: name the people and things, not "he" or "the above". Never ask for trivia such as the date of the letter unless it matters.',
      values.difficulty === 'mixed'
        ? 'Mix easy, medium and hard questions.'
        : `All questions are ${values.difficulty}.`,
      values.answers
        ? 'answer: short and complete, from the document alone; null when the document does not answer.'
        : 'answer is always null.',
      'form is "open" unless the question is a sentence of the document with a gap.',
    ],
    values.text,
    values.outputLanguage,
  )
}
