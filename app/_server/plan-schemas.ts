// The shapes of plans as zod, for the API's description; each is held to the type that verbs and pages share.
import { z } from 'zod'
import type { PlanDetail } from '#lib/plans/shapes.ts'
import { BLOCK_REASONS, ENGINES, STATUSES } from '#lib/tasks/states.ts'
import { planOutput } from '#lib/workers/plan-shape.ts'
import { stepDefinition } from '#lib/workflows/definition.ts'
import { RUN_STATUSES } from '#lib/workflows/states.ts'
import { fromDocument } from './document-schemas.ts'
import { resultInfo, taskError } from './response-schemas.ts'

const at = z.iso.datetime()
const count = z.number().int()

export const planDetail = z
  .strictObject({
    id: z.uuid(),
    goal: z.string(),
    title: z.string(),
    engine: z.enum(ENGINES),
    status: z.enum(STATUSES),
    reason: z.enum(BLOCK_REASONS).nullable(),
    error: taskError.nullable(),
    preview: z.string(),
    characters: count,
    document: fromDocument.nullable(),
    createdAt: at,
    proposal: planOutput.nullable(),
    info: resultInfo.nullable(),
    removed: z.array(z.string()),
    gone: z.array(z.string()),
    options: z.record(z.string(), z.record(z.string(), z.unknown())),
    steps: z.array(stepDefinition),
    issues: z.array(z.strictObject({ path: z.string(), message: z.string() })),
    revision: count,
    runs: z.array(z.strictObject({ id: z.uuid(), title: z.string(), status: z.enum(RUN_STATUSES), createdAt: at })),
  })
  .meta({ id: 'Plan' }) satisfies z.ZodType<PlanDetail>

/** The whole plan for those who may read it. */
export const startedPlan = z.union([planDetail, z.strictObject({ id: z.uuid() })])
