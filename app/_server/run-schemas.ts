// The shapes of runs as zod, for the API's description; each is held to the type that verbs and pages share.
import { z } from 'zod'
import { BLOCK_REASONS, EVENT_TYPES, PRIORITIES } from '#lib/tasks/states.ts'
import { approvalField, onFailure, STEP_KINDS } from '#lib/workflows/definition.ts'
import { BRANCHES } from '#lib/workflows/needs.ts'
import type {
  Approval,
  RunBoard,
  RunDetail,
  RunEventPage,
  RunItem,
  RunPage,
  RunStep,
  RunSummary,
  StepContent,
} from '#lib/workflows/shapes.ts'
import { RUN_EVENT_TYPES, RUN_STATUSES, SHOWN_STEP_STATUSES } from '#lib/workflows/states.ts'
import { fromDocument } from './document-schemas.ts'
import { resultInfo, submitter, taskError } from './response-schemas.ts'

const at = z.iso.datetime()
const count = z.number().int()

const summary = {
  id: z.uuid(),
  workflow: z.strictObject({ name: z.string(), title: z.string(), version: count.nullable() }),
  status: z.enum(RUN_STATUSES),
  title: z.string(),
  preview: z.string(),
  priority: z.enum(PRIORITIES),
  tags: z.array(z.string()),
  externalId: z.string().nullable(),
  dueAt: at.nullable(),
  notBefore: at.nullable(),
  submittedBy: submitter.nullable(),
  trigger: z.strictObject({ id: z.uuid(), title: z.string(), workflow: z.string() }).nullable(),
  createdAt: at,
  finishedAt: at.nullable(),
}

const stepState = {
  name: z.string(),
  status: z.enum(SHOWN_STEP_STATUSES),
  reason: z.enum(BLOCK_REASONS).nullable(),
  waitedMs: z.number(),
  workedMs: z.number(),
}

const runSummary = z
  .strictObject({ ...summary, steps: z.array(z.strictObject(stepState)) })
  .meta({ id: 'RunSummary' }) satisfies z.ZodType<RunSummary>

export const runPage = z.strictObject({
  items: z.array(runSummary),
  nextCursor: z.string().nullable(),
}) satisfies z.ZodType<RunPage>

const runItem = z.strictObject({
  item: count,
  label: z.string(),
  start: count.nullable(),
  end: count.nullable(),
  pages: z.strictObject({ first: count, last: count }).nullable(),
  status: z.enum(SHOWN_STEP_STATUSES),
  taskId: z.uuid().nullable(),
  waitedMs: z.number(),
  workedMs: z.number(),
  error: taskError.nullable(),
}) satisfies z.ZodType<RunItem>

const approval = z.strictObject({
  question: z.string(),
  fields: z.array(approvalField),
  show: z.array(z.strictObject({ path: z.string(), value: z.unknown() })),
  refusal: z.string().nullable(),
}) satisfies z.ZodType<Approval>

const boardStepShape = {
  ...stepState,
  title: z.string(),
  kind: z.enum(STEP_KINDS),
  worker: z.string().nullable(),
  reads: z.string().nullable(),
  needs: z.array(z.string()),
  onFailure,
  taskId: z.uuid().nullable(),
  tokens: count.nullable(),
  costMicros: count.nullable(),
  error: taskError.nullable(),
  startedAt: at.nullable(),
  finishedAt: at.nullable(),
  waitsFor: z.string().nullable(),
  whySkipped: z.string().nullable(),
  skippedBy: z.string().nullable(),
  wakeAt: at.nullable(),
  branch: z.enum(BRANCHES).nullable(),
  reused: z.boolean(),
  childRunId: z.uuid().nullable(),
}

const content = {
  result: z.unknown(),
  partial: z.record(z.string(), z.unknown()).nullable(),
  info: resultInfo.nullable(),
  items: z.array(runItem),
  approval: approval.nullable(),
}

const runStep = z.strictObject({ ...boardStepShape, ...content }).meta({ id: 'RunStep' }) satisfies z.ZodType<RunStep>

const whole = {
  ...summary,
  document: fromDocument.nullable(),
  parent: z.strictObject({ runId: z.uuid(), step: z.string() }).nullable(),
  replay: z.strictObject({ of: z.uuid(), from: z.string() }).nullable(),
  plannedBy: z.uuid().nullable(),
  tokens: count.nullable(),
  costMicros: count.nullable(),
}

export const runDetail = z
  .strictObject({ ...whole, text: z.string(), steps: z.array(runStep) })
  .meta({ id: 'Run' }) satisfies z.ZodType<RunDetail>

const itemCount = z.strictObject({ status: z.enum(SHOWN_STEP_STATUSES), count })

const decision = z.strictObject({ refusal: z.string().nullable(), hasForm: z.boolean() }).nullable()

export const runBoard = z.strictObject({
  ...whole,
  steps: z.array(z.strictObject({ ...boardStepShape, itemCounts: z.array(itemCount), decision })),
}) satisfies z.ZodType<RunBoard>

export const stepContent = z.strictObject({ name: z.string(), ...content }) satisfies z.ZodType<StepContent>

const runEvent = z.strictObject({
  id: z.string(),
  at,
  step: z.string().nullable(),
  title: z.string(),
  item: z.string().nullable(),
  type: z.enum([...RUN_EVENT_TYPES, ...EVENT_TYPES]),
  words: z.string(),
  by: z.string().nullable(),
  taskId: z.uuid().nullable(),
  costMicros: count.nullable(),
})

export const runEventPage = z.strictObject({
  items: z.array(runEvent),
  total: count,
  nextCursor: z.string().nullable(),
}) satisfies z.ZodType<RunEventPage>

/** The whole run for those who may read it. */
export const startedRun = z.union([runDetail, z.strictObject({ id: z.uuid() })])
