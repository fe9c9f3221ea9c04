// The shapes of workflows as zod, for the API's description; each is held to the type that verbs and pages share.
import { z } from 'zod'
import { STEP_KINDS, stepName, workflowDefinition } from '#lib/workflows/definition.ts'
import { BRANCHES } from '#lib/workflows/needs.ts'
import type { StepChange, WorkflowChanges } from '#lib/workflows/stored/compare.ts'
import type {
  ImportCheck,
  StepPins,
  StepTrial,
  WorkflowDetail,
  WorkflowSummary,
  WorkflowVersion,
} from '#lib/workflows/stored/shapes.ts'
import { taskError } from './response-schemas.ts'
import { workspaceParams } from './route.ts'

export const workflowParams = workspaceParams.extend({ name: stepName })

const count = z.number().int()

const drawnSteps = z.array(
  z.strictObject({
    name: z.string(),
    title: z.string(),
    kind: z.enum(STEP_KINDS),
    worker: z.string().optional(),
    needs: z.array(z.string()),
  }),
)

export const workflowSummary = z
  .strictObject({
    name: z.string(),
    title: z.string(),
    summary: z.string(),
    id: z.uuid().nullable(),
    version: count.nullable(),
    changed: z.boolean(),
    steps: drawnSteps,
  })
  .meta({ id: 'WorkflowSummary' }) satisfies z.ZodType<Omit<WorkflowSummary, 'steps'>>

export const workflowDetail = z
  .strictObject({
    name: z.string(),
    title: z.string(),
    summary: z.string(),
    id: z.uuid(),
    version: count.nullable(),
    changed: z.boolean(),
    draft: z.unknown(),
    revision: count,
    savedBy: z.string(),
    savedAt: z.iso.datetime(),
    template: z.string().nullable(),
    definition: workflowDefinition.nullable(),
    issues: z.array(z.strictObject({ path: z.string(), message: z.string() })),
  })
  .meta({ id: 'Workflow' }) satisfies z.ZodType<WorkflowDetail>

export const workflowVersions = z.strictObject({
  items: z.array(
    z.strictObject({
      version: count,
      definition: workflowDefinition,
      note: z.string(),
      publishedBy: z.string(),
      publishedAt: z.iso.datetime(),
    }),
  ),
}) satisfies z.ZodType<{ items: WorkflowVersion[] }>

const lineIssue = z.strictObject({ path: z.string(), message: z.string(), line: count.nullable() })

const nameTaken = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('workflow'),
    title: z.string(),
    revision: count,
    savedBy: z.string(),
    savedAt: z.iso.datetime(),
    version: count.nullable(),
    changed: z.boolean(),
  }),
  z.strictObject({ by: z.literal('template'), title: z.string() }),
  z.strictObject({ by: z.literal('archived') }),
])

export const importCheck = z
  .discriminatedUnion('readable', [
    z.strictObject({ readable: z.literal(false), issues: z.array(lineIssue) }),
    z.strictObject({
      readable: z.literal(true),
      issues: z.array(lineIssue),
      name: z.string(),
      taken: nameTaken.nullable(),
      free: z.string(),
      title: z.string(),
      summary: z.string(),
      steps: drawnSteps,
    }),
  ])
  .meta({ id: 'ImportCheck' }) satisfies z.ZodType<ImportCheck>

export const importedWorkflow = z.strictObject({ name: z.string(), revision: count })

const fieldChange = z.strictObject({ field: z.string(), before: z.unknown().optional(), after: z.unknown().optional() })

const stepChange = z.strictObject({
  name: z.string(),
  was: z.string().nullable(),
  title: z.string(),
  kind: z.enum(STEP_KINDS).nullable(),
  worker: z.string().nullable(),
  change: z.enum(['new', 'gone', 'changed', 'same']),
  fields: z.array(fieldChange),
}) satisfies z.ZodType<StepChange>

const side = z.union([count, z.literal('draft')]).nullable()

export const comparedWorkflow = z
  .strictObject({
    from: side,
    to: side,
    fields: z.array(fieldChange),
    steps: z.array(stepChange),
    reordered: z.boolean(),
  })
  .meta({ id: 'WorkflowChanges' }) satisfies z.ZodType<WorkflowChanges>

export const stepTrial = z
  .discriminatedUnion('did', [
    z.strictObject({ did: z.literal('task'), taskId: z.uuid(), items: count.nullable() }),
    z.strictObject({
      did: z.literal('computed'),
      status: z.enum(['completed', 'failed']),
      output: z.unknown(),
      branch: z.enum(BRANCHES).nullable(),
      error: taskError.nullable(),
      tookMs: z.number(),
    }),
    z.strictObject({
      did: z.literal('shown'),
      kind: z.enum(['approval', 'wait', 'webhook', 'workflow']),
      shows: z.array(z.strictObject({ title: z.string(), value: z.unknown() })),
    }),
  ])
  .meta({ id: 'StepTrial' }) satisfies z.ZodType<StepTrial>

export const stepPinsSchema = z
  .strictObject({
    title: z.string(),
    text: z.string(),
    pins: z.array(
      z.strictObject({ name: z.string(), title: z.string(), from: z.enum(['run', 'example']), value: z.unknown() }),
    ),
    issues: z.array(z.strictObject({ path: z.string(), message: z.string() })),
    lastTest: z.uuid().nullable(),
  })
  .meta({ id: 'StepPins' }) satisfies z.ZodType<StepPins>
