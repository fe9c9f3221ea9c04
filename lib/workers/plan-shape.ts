// A plan: steps of a workflow with the reason for each. What a plan may do is narrower than what a workflow may: no step
// waits, calls a server, runs another workflow or reads a secret, so that no text can talk a plan into one.
import { z } from 'zod'
import { optionsOf } from './plan-options.ts'
import { TEXT_WORKERS } from './text-workers.ts'

export const MAX_PLAN_STEPS = 30
export const PLAN_KINDS = ['worker', 'map', 'join', 'condition', 'validate', 'approval'] as const

/** What people read holds no address, so that nobody is sent where a text wants them to go. */
const words = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !/\b(https?:|www\.)/i.test(text), 'Leave web addresses out.')

const name = z.string().min(1).max(40).meta({ description: 'Small letters, digits and hyphens; its own.' })
const path = z.string().min(1).max(300)

const common = {
  name,
  title: words(80).meta({ description: 'What comes of it, as a noun, such as "Risks and deadlines".' }),
  reason: words(300).meta({ description: 'Why it is there, such as "Because the text is long".' }),
  needs: z
    .array(z.string().max(60))
    .max(MAX_PLAN_STEPS)
    .meta({ description: 'Steps that must have ended before; "name.yes" or "name.no" for a way of a decision.' }),
  onFailure: z.enum(['fail', 'continue']).meta({ description: '"continue" if the rest is of use without it.' }),
}

const option = z.object({
  name: z.string().min(1).max(60),
  value: z.union([
    z.string().max(1000),
    z.number(),
    z.boolean(),
    z.array(z.string().max(300)).max(40),
    z.array(z.object({ name: z.string().max(80), description: z.string().max(400) })).max(40),
  ]),
})

const work = {
  worker: z.enum(TEXT_WORKERS.map((worker) => worker.name) as [string, ...string[]]),
  options: z.array(option).max(12).meta({ description: 'Only those that differ from their default.' }),
}

const check = z.object({
  check: z.enum(['not_empty', 'quotes_exist', 'numbers_preserved', 'language']),
  of: path.meta({ description: 'The path that is checked.' }),
  from: path.nullable().meta({ description: 'Of numbers_preserved: the path whose numbers must stand in `of`.' }),
  is: z.string().max(3).nullable().meta({ description: 'Of language: en, de, …' }),
})

const field = z.object({
  name: z.string().min(1).max(40).meta({ description: 'Letters and digits, beginning with a small letter.' }),
  title: words(80),
  choices: z.array(words(80)).max(20).meta({ description: 'Empty for free text, else at least two.' }),
  required: z.boolean(),
})

const planStep = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('worker'),
    ...work,
    text: path.meta({ description: 'What it reads: input.text, or the path of a text of an earlier step.' }),
  }),
  z.object({
    ...common,
    kind: z.literal('map'),
    ...work,
    over: path.meta({ description: '"pages" or "chunks" of the text, or the path of a list of texts.' }),
    mayFail: z.number().int().min(0).max(1000),
  }),
  z.object({ ...common, kind: z.literal('join'), from: path.meta({ description: 'The path of a list of texts.' }) }),
  z.object({ ...common, kind: z.literal('condition'), if: z.string().min(1).max(1000) }),
  z.object({ ...common, kind: z.literal('validate'), checks: z.array(check).min(1).max(10) }),
  z.object({
    ...common,
    kind: z.literal('approval'),
    question: words(500),
    approvers: z.enum(['members', 'admins']),
    notSubmitter: z.boolean().meta({ description: 'Whoever starts the run may not decide.' }),
    show: z.array(path).max(5).meta({ description: 'Paths that help to decide.' }),
    fields: z.array(field).max(6),
  }),
])
export type PlanStep = z.output<typeof planStep>

export const planOutput = z.object({
  title: words(80).meta({ title: 'Title' }),
  summary: words(200).meta({ title: 'Summary', description: 'What the plan does, in a sentence.' }),
  about: z
    .string()
    .max(80)
    .nullable()
    .meta({ title: 'Kind of text', description: 'Such as "Appeal"; null when it is none in particular.' }),
  steps: z.array(planStep).min(1).max(MAX_PLAN_STEPS).meta({ title: 'Steps' }),
  notes: z
    .array(words(300))
    .max(8)
    .meta({ title: 'Notes', description: 'What of the goal the plan leaves out, and why.' }),
})
export type Plan = z.output<typeof planOutput>

/** As a workflow has it: nothing in it is trusted before it was checked as one. */
export function definitionOf({ title, summary, steps }: Pick<Plan, 'title' | 'summary' | 'steps'>, named: string) {
  return { name: named, title, summary, steps: steps.map(stepOf) }
}

function stepOf({ reason: _reason, ...step }: PlanStep): Record<string, unknown> {
  switch (step.kind) {
    case 'worker':
    case 'map':
      return { ...step, options: optionsOf(step) }
    case 'validate':
      return {
        ...step,
        checks: step.checks.map(({ check: kind, of, from, is }) => ({
          check: kind,
          of,
          ...(kind === 'numbers_preserved' && from !== null ? { from } : {}),
          ...(kind === 'language' && is !== null ? { is } : {}),
        })),
      }
    case 'approval':
      return {
        ...step,
        fields: step.fields.map(({ choices, ...one }) =>
          choices.length === 0 ? { ...one, kind: 'text' } : { ...one, kind: 'choice', choices },
        ),
      }
    case 'join':
    case 'condition':
      return step
  }
}
