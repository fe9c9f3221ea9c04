import { z } from 'zod'
import { claim, evidenceList } from './evidence.ts'
import { defineWorker, documentText } from './define.ts'
import { FACT_KINDS } from './facts.ts'
import { documentPrompt, outputLanguage, type Prompt } from './prompt.ts'

const level = z.enum(['high', 'medium', 'low'])

const input = z.strictObject({
  text: documentText,
  focus: z
    .enum(['balanced', 'risks', 'actions'])
    .default('balanced')
    .meta({
      title: 'Focus',
      description: 'What gets the most room in the result.',
      'x-labels': { balanced: 'Balanced', risks: 'Risks first', actions: 'Actions first' },
    }),
  maxInsights: z.number().int().min(1).max(12).default(6).meta({ title: 'Insights, at most' }),
  maxRisks: z.number().int().min(0).max(12).default(6).meta({ title: 'Risks, at most' }),
  maxActions: z.number().int().min(0).max(12).default(6).meta({ title: 'Actions, at most' }),
  outputLanguage,
})

const output = z.object({
  documentType: z
    .string()
    .max(80)
    .nullable()
    .meta({ title: 'Kind of document', description: 'For example "Appeal letter".' }),
  summary: claim.meta({ title: 'Summary', description: 'Who writes what to whom, and what matters most.' }),
  insights: z.array(claim).min(1).max(12).meta({ title: 'Key insights', description: 'Most important first.' }),
  risks: z
    .array(
      claim.extend({
        severity: level.meta({ title: 'Severity' }),
        kind: z
          .string()
          .max(60)
          .meta({ title: 'Kind', description: 'One or two words, such as "deadline" or "financial".' }),
      }),
    )
    .max(12)
    .meta({ title: 'Risks', description: 'What could go wrong, most severe first.' }),
  actions: z
    .array(
      claim.extend({
        priority: level.meta({ title: 'Priority' }),
        origin: z.enum(['stated', 'recommended']).meta({
          title: 'Origin',
          description: '"stated" if the document itself asks for it or plans it, "recommended" if it is your advice.',
        }),
        owner: z
          .string()
          .max(120)
          .nullable()
          .meta({ title: 'Owner', description: 'Who is to do it, if the document says so.' }),
        due: z
          .string()
          .max(80)
          .nullable()
          .meta({ title: 'Due', description: 'By when, in the words of the document.' }),
      }),
    )
    .max(12)
    .meta({ title: 'Recommendations', description: 'What to do next, most urgent first.' }),
  facts: z
    .array(
      z.object({
        kind: z.enum(FACT_KINDS).meta({ title: 'Kind' }),
        value: z.string().max(200).meta({ title: 'Value', description: 'As it stands in the document.' }),
        label: z.string().max(160).nullable().meta({ title: 'What it is', description: 'For example "Total charge".' }),
        evidence: evidenceList,
      }),
    )
    .max(60)
    .meta({ title: 'Facts', description: 'Amounts, dates, identifiers and other values.' }),
  names: z
    .array(
      z.object({
        name: z.string().max(160).meta({ title: 'Name' }),
        kind: z.enum(['person', 'organization', 'place', 'other']).nullable().meta({ title: 'Kind' }),
        mentions: z.number().int().min(1).max(100_000).nullable().meta({ title: 'Mentions' }),
        evidence: evidenceList,
      }),
    )
    .max(40)
    .meta({ title: 'Names found' }),
  keyPhrases: z.array(z.string().max(120)).max(15).meta({ title: 'Key phrases' }),
})

const ROLE = `You are a careful document analyst. You read one document and report what a busy, responsible reader must know: what it says, what could go wrong, and what to do.`

const FOCUS = {
  balanced: 'Give insights, risks and actions equal care.',
  risks:
    'Look hardest for risks: deadlines, money, legal exposure, safety, broken promises, and contradictions. Keep the rest short.',
  actions:
    'Look hardest for actions: requests, decisions, duties and deadlines, with owner and date. Keep the rest short.',
}

export const documentAnalyzer = defineWorker({
  name: 'document-analyzer',
  title: 'Document analyzer',
  summary: 'Insights, risks and actions, with proof',
  slots: 2,
  timeoutMs: 120_000,
  input,
  output,
  prompt: promptFor,
  run: async (values, { model }) => {
    const result = await model.generate({ ...promptFor(values), output, text: values.text })
    return {
      ...result,
      insights: result.insights.slice(0, values.maxInsights),
      risks: result.risks.slice(0, values.maxRisks),
      actions: result.actions.slice(0, values.maxActions),
    }
  },
  example: {
    input: {
      text: 'Dear Northgate Claims, my claim 5108-34-2267 was denied on October 29. The hose failed suddenly. Please send an independent inspector before December 11, 2026, when my temporary housing ends.',
    },
    output: {
      documentType: 'Appeal letter',
      summary: {
        text: 'The writer appeals the denial of claim 5108-34-2267 and asks for an independent inspection before December 11, 2026.',
        evidence: [{ quote: 'my claim 5108-34-2267 was denied on October 29', start: 23, end: 69 }],
      },
      insights: [
        {
          text: 'The writer says the failure was sudden.',
          evidence: [{ quote: 'The hose failed suddenly.', start: 71, end: 96 }],
        },
      ],
      risks: [
        {
          text: 'Temporary housing ends on December 11, 2026.',
          severity: 'high',
          kind: 'deadline',
          evidence: [{ quote: 'when my temporary housing ends', start: 160, end: 190 }],
        },
      ],
      actions: [
        {
          text: 'Send an independent inspector.',
          priority: 'high',
          origin: 'stated',
          owner: 'Northgate Claims',
          due: 'before December 11, 2026',
          evidence: [{ quote: 'Please send an independent inspector before December 11, 2026', start: 97, end: 158 }],
        },
      ],
      facts: [
        {
          kind: 'identifier',
          value: '5108-34-2267',
          label: 'Claim number',
          evidence: [{ quote: '5108-34-2267', start: 32, end: 44 }],
        },
      ],
      names: [
        {
          name: 'Northgate Claims',
          kind: 'organization',
          mentions: 1,
          evidence: [{ quote: 'Northgate Claims', start: 5, end: 21 }],
        },
      ],
      keyPhrases: ['temporary housing', 'independent inspector'],
    },
  },
})

function promptFor(values: z.output<typeof input>): Prompt {
  return documentPrompt(
    ROLE,
    [
      FOCUS[values.focus],
      `Give at most ${values.maxInsights} insights, ${values.maxRisks} risks and ${values.maxActions} actions. Fewer good ones are better than many. Do not say the same thing twice.`,
      'An insight is a finding that changes what the reader thinks or does, with its numbers and names; it is not a heading and not a retelling.',
      'Severity of a risk: high = serious harm or loss, or a date that is close; medium = likely cost or delay; low = worth watching.',
      'An action begins with a verb. Mark it "stated" only if the document itself asks for it or plans it.',
      'The summary has two to four sentences. Facts are values that stand in the document: amounts, dates, identifiers, quantities.',
    ],
    values.text,
    values.outputLanguage,
  )
}
