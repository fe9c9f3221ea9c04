// The shapes of batches as zod, for the API's description; each is held to the type that verbs and pages share.
import { z } from 'zod'
import type {
  BatchDetail,
  BatchItem,
  BatchPage,
  BatchSummary,
  ItemPage,
  TablePreview,
  TableRows,
} from '#lib/batches/shapes.ts'
import type { Budget } from '#lib/budgets/shapes.ts'
import { BATCH_STATUSES, ITEM_STATES, type ItemCounts } from '#lib/batches/states.ts'
import { BLOCK_REASONS, ENGINES } from '#lib/tasks/states.ts'
import { submitter, taskError } from './response-schemas.ts'

const at = z.iso.datetime()
const count = z.number().int()

const counts = z.strictObject(
  Object.fromEntries(ITEM_STATES.map((state) => [state, count])) as Record<(typeof ITEM_STATES)[number], typeof count>,
) satisfies z.ZodType<ItemCounts>

const summary = {
  id: z.uuid(),
  name: z.string(),
  status: z.enum(BATCH_STATUSES),
  target: z.strictObject({ kind: z.enum(['worker', 'workflow']), name: z.string(), title: z.string() }),
  of: z.enum(['row', 'file']),
  size: count,
  counts,
  submittedBy: submitter.nullable(),
  createdAt: at,
  finishedAt: at.nullable(),
}

const batchSummary = z.strictObject(summary).meta({ id: 'BatchSummary' }) satisfies z.ZodType<BatchSummary>

export const batchPage = z.strictObject({
  items: z.array(batchSummary),
  nextCursor: z.string().nullable(),
}) satisfies z.ZodType<BatchPage>

const budget = z
  .strictObject({
    capMicros: count.nullable(),
    spentMicros: count,
    assumedMicros: count,
    reservedMicros: count,
    unpriced: z.boolean(),
    waiting: count,
    neededMicros: count.nullable(),
    unpricedModels: z.array(z.string()),
  })
  .meta({ id: 'Budget' }) satisfies z.ZodType<Budget>

export const batchDetail = z
  .strictObject({
    ...summary,
    engine: z.enum(ENGINES),
    options: z.record(z.string(), z.unknown()),
    columns: z.array(z.string()).nullable(),
    textColumn: z.string().nullable(),
    cells: z.string(),
    endedLastMinute: count,
    retryable: count,
    needsPerson: count,
    tokens: count.nullable(),
    costMicros: count.nullable(),
    budget: budget.nullable(),
  })
  .meta({ id: 'Batch' }) satisfies z.ZodType<BatchDetail>

/** The whole batch for those who may read it. */
export const changedBatch = z.union([batchDetail, z.strictObject({ id: z.uuid() })])

const batchItem = z
  .strictObject({
    row: count,
    title: z.string(),
    preview: z.string(),
    state: z.enum(ITEM_STATES),
    reason: z.enum(BLOCK_REASONS).nullable(),
    needsPerson: z.boolean(),
    taskId: z.uuid().nullable(),
    runId: z.uuid().nullable(),
    documentId: z.uuid().nullable(),
    waitedMs: z.number(),
    workedMs: z.number(),
    tokens: count.nullable(),
    costMicros: count.nullable(),
    error: taskError.nullable(),
    result: z.unknown(),
  })
  .meta({ id: 'BatchItem' }) satisfies z.ZodType<BatchItem>

export const itemPage = z.strictObject({
  items: z.array(batchItem),
  after: count.nullable(),
}) satisfies z.ZodType<ItemPage>

export const tablePreview = z.strictObject({
  columns: z.array(z.string()),
  column: z.string(),
  rows: count,
  first: z.array(z.array(z.string())),
  encoding: z.string(),
  delimiter: z.string(),
  ragged: count,
  unusable: z.array(z.strictObject({ row: count, message: z.string() })),
  unusableCount: count,
  characters: count,
  tokens: count,
  repeated: count,
}) satisfies z.ZodType<TablePreview>

export const tableRows = z.strictObject({
  columns: z.array(z.string()),
  textColumn: z.string(),
  rows: z.array(z.array(z.string())),
  documents: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
}) satisfies z.ZodType<TableRows>

export const sameBatch = z.looseObject({ code: z.literal('same_batch'), detail: z.string(), batchId: z.uuid() })
