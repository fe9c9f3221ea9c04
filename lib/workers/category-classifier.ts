import { z } from 'zod'
import { defineWorker, documentText } from './define.ts'
import { evidenceList } from './evidence.ts'
import { documentPrompt, outputLanguage, type Prompt } from './prompt.ts'

export type Category = { name: string; description: string }

const DEFAULT_CATEGORIES: Category[] = [
  {
    name: 'Billing & payments',
    description: 'Questions about invoices, charges, refunds, payment methods, subscription price',
  },
  {
    name: 'Technical problem',
    description:
      'Bugs, errors, crashes, outages, deleted or lost data, app, sync, software or website broken or not working',
  },
  {
    name: 'Account & login',
    description: 'Password reset, sign in, access, permissions, two-factor authentication, profile',
  },
  {
    name: 'Shipping & delivery',
    description: 'Late or lost parcels, tracking, damaged package, wrong address, courier',
  },
  {
    name: 'Legal & compliance',
    description:
      'Contracts, agreements, clauses, confidentiality, termination, privacy, GDPR, terms, liability, regulators, lawsuits',
  },
  { name: 'Medical & health', description: 'Patients, diagnosis, symptoms, treatment, medication, hospital notes' },
  { name: 'Finance & markets', description: 'Earnings, revenue, shares, bonds, interest rates, company results' },
  {
    name: 'Human resources',
    description: 'Hiring, vacation, leave, salary, employees, colleagues, performance review, onboarding',
  },
]

const categoryName = z.string().trim().min(1, 'Name the category.').max(80)

const input = z.strictObject({
  text: documentText,
  categories: z
    .array(
      z.union([
        categoryName,
        z.strictObject({ name: categoryName, description: z.string().trim().max(400).default('') }),
      ]),
    )
    .min(2, 'Give at least two categories.')
    .max(40)
    .refine(
      (list) => new Set(list.map((entry) => nameOf(entry).toLowerCase())).size === list.length,
      'Each category may stand in the list only once.',
    )
    .default(DEFAULT_CATEGORIES)
    .meta({
      title: 'Categories',
      description: 'Names, or names with a description. A description makes the choice much better.',
    }),
  maxTags: z.number().int().min(0).max(15).default(5).meta({ title: 'Tags, at most' }),
  allowNone: z.boolean().default(true).meta({
    title: 'May leave it open',
    description: 'If no category fits, the result says so instead of guessing.',
  }),
  outputLanguage,
})

const level = z.enum(['high', 'medium', 'low'])
const fit = z.number().min(0).max(1)

const output = z.object({
  category: z.string().max(80).nullable().meta({ title: 'Category', description: 'null = none fits well enough.' }),
  confidence: level.nullable().meta({ title: 'Confidence' }),
  reason: z.string().trim().min(1).max(1000).meta({ title: 'Why', description: 'One or two sentences.' }),
  evidence: evidenceList,
  scores: z
    .array(
      z.object({
        category: z.string().max(80).meta({ title: 'Category' }),
        score: fit.meta({ title: 'Fit', description: 'From 0 to 1. A comparison of categories, not a probability.' }),
      }),
    )
    .max(40)
    .meta({ title: 'Fit of each category', description: 'Best first.' }),
  tags: z
    .array(z.object({ tag: z.string().trim().min(1).max(60).meta({ title: 'Tag' }), evidence: evidenceList }))
    .max(15)
    .meta({ title: 'Tags' }),
})

const ROLE = `You sort one document into a fixed list of categories, the way a careful clerk would, and add tags that help to find it again.`

export const categoryClassifier = defineWorker({
  name: 'category-classifier',
  title: 'Category classifier',
  summary: 'Your own categories and tags',
  slots: 1,
  timeoutMs: 120_000,
  input,
  output,
  prompt: promptFor,
  run: async (values, { model }) => {
    const names = categoriesOf(values.categories).map((category) => category.name)
    const name = z.enum(names)
    const asked = output.extend({
      category: values.allowNone ? name.nullable() : name,
      scores: z.array(z.object({ category: name, score: fit })).max(40),
    })
    const result = await model.generate({ ...promptFor(values), output: asked, text: values.text })
    return {
      ...result,
      scores: result.scores.toSorted((left, right) => right.score - left.score),
      tags: result.tags.slice(0, values.maxTags),
    }
  },
  example: {
    input: {
      text: 'The parcel arrived crushed and I want my money back for the two broken glasses.',
      categories: ['Billing & payments', 'Shipping & delivery', 'Product question'],
    },
    output: {
      category: 'Shipping & delivery',
      confidence: 'high',
      reason: 'The writer reports a parcel damaged on the way; the refund follows from that.',
      evidence: [{ quote: 'The parcel arrived crushed', start: 0, end: 26 }],
      scores: [
        { category: 'Shipping & delivery', score: 0.9 },
        { category: 'Billing & payments', score: 0.4 },
        { category: 'Product question', score: 0.05 },
      ],
      tags: [
        { tag: 'damaged parcel', evidence: [{ quote: 'The parcel arrived crushed', start: 0, end: 26 }] },
        { tag: 'refund', evidence: [{ quote: 'I want my money back', start: 31, end: 51 }] },
      ],
    },
  },
})

export function categoriesOf(entries: readonly (string | Category)[]): Category[] {
  return entries.map((entry) => (typeof entry === 'string' ? { name: entry, description: '' } : entry))
}

function nameOf(entry: string | Category): string {
  return typeof entry === 'string' ? entry : entry.name
}

function promptFor(values: z.output<typeof input>): Prompt {
  const list = categoriesOf(values.categories)
    .map(({ name, description }) => `- ${JSON.stringify(name)}${description === '' ? '' : `: ${description}`}`)
    .join('\n')
  return documentPrompt(
    ROLE,
    [
      `The categories, by name:\n${list}`,
      `Choose by what the document is mainly about and what has to happen with it, not by single words. Use the names exactly as given. ${
        values.allowNone ? 'If none fits, `category` is null.' : 'Choose the nearest even if none fits well.'
      }`,
      'scores: each category once, best first, from 0 (does not fit) to 1 (fits fully).',
      'confidence is low when two categories fit almost equally well or the document says too little.',
      values.maxTags === 0
        ? 'Leave `tags` empty.'
        : `tags: at most ${values.maxTags}, lower case, one to three words, specific to this document; no repetition of the category's name. Each with one quote.`,
      'reason: one or two sentences that name what decided it.',
    ],
    values.text,
    values.outputLanguage,
  )
}
