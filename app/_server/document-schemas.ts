// Documents in answers, as zod for the API's description; held to the types that verbs and pages share.
import { z } from 'zod'
import type {
  DocumentList,
  DocumentPage,
  DocumentResult,
  DocumentState,
  DocumentSummary,
  DocumentUses,
  Uploaded,
  UsedDocument,
} from '#lib/documents/shapes.ts'
import { BLOCK_REASONS, STATUSES } from '#lib/tasks/states.ts'
import { RUN_STATUSES } from '#lib/workflows/states.ts'
import { DOCUMENT_STATUSES, REJECTION_REASONS } from '#lib/documents/states.ts'

const at = z.iso.datetime()
const count = z.number().int()

const metadata = z.strictObject({
  title: z.string().optional(),
  author: z.string().optional(),
  subject: z.string().optional(),
  date: z.string().optional(),
  format: z.string().optional(),
  pagesWithoutText: z.array(count).optional(),
  damagedPages: z.array(count).optional(),
  cutOff: z.boolean().optional(),
  replacedCharacters: count.optional(),
  attachments: count.optional(),
})

const summary = {
  id: z.uuid(),
  name: z.string(),
  status: z.enum(DOCUMENT_STATUSES),
  rejection: z.strictObject({ reason: z.enum(REJECTION_REASONS), message: z.string(), advice: z.string() }).nullable(),
  mediaType: z.string().nullable(),
  size: count,
  sha256: z.string(),
  pages: count.nullable(),
  paged: z.boolean(),
  characters: count.nullable(),
  metadata,
  uploadedBy: z.strictObject({ kind: z.enum(['user', 'key']), id: z.uuid(), name: z.string() }).nullable(),
  createdAt: at,
  finishedAt: at.nullable(),
}

export const documentSummary = z.strictObject(summary).meta({ id: 'Document' }) satisfies z.ZodType<DocumentSummary>

const range = z.strictObject({ from: count, to: count })

/** Where the text of a task or a run is from. */
export const fromDocument = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  paged: z.boolean(),
  pages: range.nullable(),
  start: count,
  deleted: z.boolean(),
}) satisfies z.ZodType<UsedDocument>

export const documentList = z.strictObject({
  items: z.array(documentSummary),
  nextCursor: z.string().nullable(),
}) satisfies z.ZodType<DocumentList>

const state = z.strictObject({ id: z.uuid(), status: z.enum(DOCUMENT_STATUSES) }) satisfies z.ZodType<DocumentState>

/** The whole document for those who may read it. */
export const uploadedDocument = z.union([
  z.strictObject({ ...summary, duplicate: z.boolean() }),
  state.extend({ duplicate: z.boolean() }),
]) satisfies z.ZodType<Uploaded>

export const documentPages = z.strictObject({
  items: z.array(z.strictObject({ page: count, start: count, text: z.string() }) satisfies z.ZodType<DocumentPage>),
})

const use = {
  id: z.uuid(),
  title: z.string(),
  pages: range.nullable(),
  submittedBy: summary.uploadedBy,
  createdAt: at,
  finishedAt: at.nullable(),
  tokens: count.nullable(),
  costMicros: count.nullable(),
}

export const documentUses = z.strictObject({
  items: z.array(
    z.union([
      z.strictObject({
        kind: z.literal('task'),
        worker: z.string(),
        status: z.enum(STATUSES),
        reason: z.enum(BLOCK_REASONS).nullable(),
        ...use,
      }),
      z.strictObject({ kind: z.literal('run'), workflow: z.string(), status: z.enum(RUN_STATUSES), ...use }),
    ]),
  ),
  total: count,
  completed: count,
  failed: count,
  tokens: count.nullable(),
  costMicros: count.nullable(),
}) satisfies z.ZodType<DocumentUses>

export const documentResults = z.strictObject({
  items: z.array(
    z.strictObject({
      taskId: z.uuid(),
      worker: z.string(),
      title: z.string().nullable(),
      part: z.strictObject({ label: z.string(), start: count, end: count }).nullable(),
      language: z.string().nullable(),
      result: z.unknown(),
    }) satisfies z.ZodType<DocumentResult>,
  ),
})
