// What a workflow is: steps of several kinds that name the steps they need. This file checks the form and the graph;
// `check.ts` checks what the steps say about each other's outputs.
import { z } from 'zod'
import { WORKER_NAMES } from '#lib/workers/registry.ts'
import { ENGINES } from '#lib/tasks/states.ts'
import { graphIssues } from './graph-issues.ts'

/** Beyond this a picture of it helps nobody; a longer list of texts is a batch. */
export const MAX_STEPS = 1000
/** Parts of one text, or items of one list, that a step works through side by side. */
export const MAX_ITEMS = 1000

export const stepName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,59}$/, 'Use small letters, digits and hyphens, beginning with a letter.')

const need = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,59}(\.(yes|no))?$/,
    'Name a step, or a branch of a condition or approval, such as "angry.yes".',
  )

const path = z
  .string()
  .trim()
  .max(300)
  .regex(
    /^[a-z][a-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/,
    'Write a path such as input.text or summary.keyPoints.text, with _ for each hyphen of a step.',
  )

const text = (max: number) => z.string().trim().min(1).max(max)

export const onFailure = z.union([z.enum(['fail', 'continue']), z.strictObject({ fallback: stepName })])

const common = {
  name: stepName,
  title: text(80),
  /** Steps that must have ended before. */
  needs: z.array(need).max(MAX_STEPS).default([]),
  /**
   * `fail`: the run cannot succeed without it. `continue`: what needs it goes on without its output. `fallback`: the
   * step named there runs instead, and its output stands in for the missing one.
   */
  onFailure: onFailure.default('fail'),
}

const work = {
  worker: z.string().refine((value) => WORKER_NAMES.includes(value), 'There is no worker of this name.'),
  /** Of the worker; a value may be `{ "from": "a.path" }`. */
  options: z.record(z.string().max(60), z.unknown()).default({}),
  engine: z.enum(ENGINES).optional(),
  /** Attempts that may end through the task or its provider. */
  attempts: z.number().int().min(1).max(10).optional(),
  timeoutSeconds: z.number().int().min(1).max(600).optional(),
  model: text(100).optional(),
}

const check = z.discriminatedUnion('check', [
  z.strictObject({ check: z.literal('not_empty'), of: path }),
  z.strictObject({
    check: z.literal('length'),
    of: path,
    unit: z.enum(['characters', 'words']).default('words'),
    min: z.number().int().min(0).optional(),
    max: z.number().int().min(1).optional(),
  }),
  /** Every number of `from` stands in `of` too. */
  z.strictObject({ check: z.literal('numbers_preserved'), of: path, from: path.default('input.text') }),
  /** Every quote of the step's output was found in its text. */
  z.strictObject({ check: z.literal('quotes_exist'), of: path }),
  z.strictObject({
    check: z.literal('language'),
    of: path,
    is: z.string().regex(/^[a-z]{2,3}$/, 'Give a language such as en or de.'),
  }),
  /** JSON Schema. */
  z.strictObject({ check: z.literal('schema'), of: path, schema: z.record(z.string(), z.unknown()) }),
])
export type Check = z.output<typeof check>

export const approvalField = z.strictObject({
  name: z.string().regex(/^[a-z][A-Za-z0-9_]{0,39}$/, 'Use letters, digits and _, beginning with a small letter.'),
  title: text(80),
  kind: z.enum(['text', 'choice']).default('text'),
  choices: z.array(text(80)).max(20).optional(),
  required: z.boolean().default(false),
})
export type ApprovalField = z.output<typeof approvalField>

const MONTH_SECONDS = 31 * 86_400

export const stepDefinition = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('worker'),
    ...work,
    /** What the worker reads; the run's text unless told otherwise. A list becomes paragraphs. */
    text: path.default('input.text'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('map'),
    ...work,
    /** `chunks` or `pages` of the run's text, or a path to a list of texts. */
    over: path,
    /** Length of a chunk at most, in characters: short enough for an exact answer, long enough to keep together what belongs together. */
    chunkCharacters: z.number().int().min(500).max(50_000).default(12_000),
    /** Items that may fail without failing the step. */
    mayFail: z.number().int().min(0).max(MAX_ITEMS).default(0),
  }),
  z.strictObject({ ...common, kind: z.literal('join'), from: path, as: z.enum(['text', 'list']).default('text') }),
  /** An expression in CEL over the outputs of earlier steps. */
  z.strictObject({ ...common, kind: z.literal('condition'), if: text(1000) }),
  z.strictObject({ ...common, kind: z.literal('validate'), checks: z.array(check).min(1).max(20) }),
  z.strictObject({
    ...common,
    kind: z.literal('approval'),
    question: text(500),
    /** Whose role suffices. */
    approvers: z.enum(['members', 'admins']).default('members'),
    /** Whoever started the run may not decide. */
    notSubmitter: z.boolean().default(false),
    timeoutHours: z.number().min(0.01).max(2160).optional(),
    onTimeout: z.enum(['reject', 'approve', 'fail']).default('reject'),
    fields: z.array(approvalField).max(10).default([]),
    /** Shown to whoever decides. */
    show: z.array(path).max(5).default([]),
  }),
  z.strictObject({ ...common, kind: z.literal('wait'), seconds: z.number().int().min(1).max(MONTH_SECONDS) }),
  /** Calls a server of somebody's, and ends when it has answered. */
  z.strictObject({
    ...common,
    kind: z.literal('webhook'),
    url: z.url({ protocol: /^https?$/, error: 'Give a whole URL, such as https://example.com/hooks/baton.' }).max(2000),
    /** What is sent along: any value of the run. */
    body: path.default('input.text'),
  }),
  /** Another workflow, as a run of its own. */
  z.strictObject({ ...common, kind: z.literal('workflow'), workflow: stepName, text: path.default('input.text') }),
])
export type StepDefinition = z.output<typeof stepDefinition>
export type StepKind = StepDefinition['kind']
export const STEP_KINDS = [
  'worker',
  'map',
  'join',
  'condition',
  'validate',
  'approval',
  'wait',
  'webhook',
  'workflow',
] as const satisfies readonly StepKind[]
export type WorkStep = Extract<StepDefinition, { kind: 'worker' | 'map' }>

export const workflowDefinition = z
  .strictObject({
    name: stepName,
    title: text(80),
    summary: text(200),
    steps: z.array(stepDefinition).min(1).max(MAX_STEPS, `A workflow has at most ${MAX_STEPS} steps.`),
  })
  .superRefine(({ steps }, checked) => {
    for (const { step, path: at, message } of graphIssues(steps))
      checked.addIssue({ code: 'custom', path: ['steps', step, ...at], message })
  })
export type WorkflowDefinition = z.output<typeof workflowDefinition>
export type WorkflowDraft = z.input<typeof workflowDefinition>

/** As a run keeps it, with the workflows that it uses, directly or through others. */
export type PinnedDefinition = WorkflowDefinition & { uses?: Record<string, WorkflowDefinition> }
