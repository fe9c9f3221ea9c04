// Uploaded files and the text that was read from them.
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { DocumentMetadata } from '#lib/documents/shapes.ts'
import { DOCUMENT_STATUSES, REJECTION_REASONS } from '#lib/documents/states.ts'
import { users } from './auth-schema.ts'
import { at, bytea, oneOf, workspaceId, workspaceOfTask } from './columns.ts'
import { apiKeys, tasks } from './schema.ts'
import { runs } from './workflow-schema.ts'

export const documents = pgTable(
  'documents',
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceId(),
    name: text().notNull(),
    status: text({ enum: DOCUMENT_STATUSES }).notNull().default('uploaded'),
    reason: text({ enum: REJECTION_REASONS }),
    /** Found by its content. */
    mediaType: text(),
    size: integer().notNull(),
    sha256: bytea().notNull(),
    pages: integer(),
    paged: boolean().notNull().default(true),
    /** UTF-16 units of all pages and the breaks between them. */
    characters: integer(),
    metadata: jsonb().$type<DocumentMetadata>().notNull().default({}),
    uploadedBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    apiKeyId: uuid(),
    /** Raised by every claim: what an older one has found is not stored. */
    epoch: integer().notNull().default(0),
    /** Claims that ended through the document. */
    parseAttempts: integer().notNull().default(0),
    /** Until then the claim holds; prolonged while its process lives. */
    leasedUntil: at(),
    /** Of the latest claim. */
    claimedAt: at(),
    createdAt: at().notNull().defaultNow(),
    finishedAt: at(),
  },
  (t) => [
    unique('documents_workspace_id_id_unique').on(t.workspaceId, t.id),
    unique('documents_workspace_id_sha256_unique').on(t.workspaceId, t.sha256),
    index('documents_unread_index')
      .on(t.id)
      .where(sql`finished_at is null`),
    index().on(t.workspaceId, t.claimedAt),
    index()
      .on(t.workspaceId, t.apiKeyId)
      .where(sql`api_key_id is not null`),
    foreignKey({ columns: [t.workspaceId, t.apiKeyId], foreignColumns: [apiKeys.workspaceId, apiKeys.id] }),
    check('documents_status', oneOf(t.status, DOCUMENT_STATUSES)),
    check(
      'documents_reason',
      sql`(status = 'rejected') = (reason is not null) and (reason is null or ${oneOf(t.reason, REJECTION_REASONS)})`,
    ),
    check('documents_finished', sql`(status in ('ready', 'rejected')) = (finished_at is not null)`),
  ],
)

export const documentPages = pgTable(
  'document_pages',
  {
    workspaceId: workspaceOfTask(),
    documentId: uuid().notNull(),
    page: integer().notNull(),
    /** Where the page begins in the whole text, in UTF-16 units. */
    start: integer().notNull(),
    text: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.documentId, t.page] }),
    foreignKey({
      columns: [t.workspaceId, t.documentId],
      foreignColumns: [documents.workspaceId, documents.id],
    }).onDelete('cascade'),
  ],
)

/** A file's bytes in pieces. Written before its document is, so without a reference to it. */
export const documentBytes = pgTable(
  'document_bytes',
  {
    workspaceId: workspaceId(),
    /** The document's id. */
    key: uuid().notNull(),
    /** 0, 1, 2, … */
    piece: integer().notNull(),
    bytes: bytea().notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.key, t.piece] }), index().on(t.createdAt)],
)

/** A task or a run whose text is a document's. It outlives the document, so it has no reference to it. */
export const documentUses = pgTable(
  'document_uses',
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceId(),
    documentId: uuid().notNull(),
    /** The document's name, and whether it has pages or parts. */
    name: text().notNull(),
    paged: boolean().notNull(),
    /** Null for the whole document. */
    firstPage: integer(),
    lastPage: integer(),
    /** Where the text begins in the document's whole text, in UTF-16 units. */
    start: integer().notNull(),
    taskId: uuid(),
    runId: uuid(),
  },
  (t) => [
    unique('document_uses_task_id_unique').on(t.taskId),
    unique('document_uses_run_id_unique').on(t.runId),
    index().on(t.workspaceId, t.documentId, t.id),
    foreignKey({ columns: [t.workspaceId, t.taskId], foreignColumns: [tasks.workspaceId, tasks.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }).onDelete('cascade'),
    check('document_uses_by', sql`num_nonnulls(task_id, run_id) = 1`),
    check('document_uses_pages', sql`(first_page is null) = (last_page is null)`),
  ],
)
