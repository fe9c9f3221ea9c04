// Accepts a batch: texts, batch, items and the first tasks in the caller's transaction, all or none. The same batch
// again is refused, and leads to the first one, unless the person insists.
import { sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import type { Ctx } from '#lib/context.ts'
import { openBudget } from '#lib/budgets/open.ts'
import { refuseUnpriced } from '#lib/budgets/unpriced.ts'
import { batches } from '#lib/db/batches-schema.ts'
import { Conflict, InvalidInput } from '#lib/errors.ts'
import { checkInput } from '#lib/tasks/input.ts'
import type { Engine } from '#lib/tasks/states.ts'
import { findWorkflow, type FoundWorkflow } from '#lib/workflows/stored/find.ts'
import { feedBatch } from './feed.ts'
import { contentHash, type NewItem } from './items.ts'

/** Refused because the same one is here already. */
export class SameBatch extends Conflict {
  readonly batchId: string
  constructor({ id, name }: { id: string; name: string }) {
    super(
      `The same batch is here already, as “${name}”. Nothing was started. Send it with again=true to run it twice.`,
      'same_batch',
    )
    this.batchId = id
  }
}

/** What is done with each item. */
export type Doing = {
  name: string
  worker?: string | undefined
  workflow?: string | undefined
  options?: Record<string, unknown> | undefined
  engine: Engine
  again: boolean
  capMicros?: number | undefined
  unpriced: boolean
}

/** Columns and the one that holds the texts; null for files. */
type Table = { columns: string[]; column: number } | null

/** The caller has checked who asks. @throws InvalidInput with the field's path; SameBatch @returns its id */
export async function acceptBatch(ctx: Ctx, doing: Doing, items: readonly NewItem[], table: Table): Promise<string> {
  const { worker, workflow, options } = await targetOf(ctx, doing)
  const { engine, again, name, capMicros, unpriced } = doing
  if (capMicros !== undefined && engine !== 'rules' && !unpriced) await refuseUnpriced(ctx, workflow?.definition)
  const hash = contentHash([worker, workflow?.definition ?? null, options, engine, table?.column ?? null], items)
  await refuseSame(ctx, hash, again)
  const { tx, workspaceId, actor } = ctx
  const id = newId()
  await insertTexts(ctx, items)
  await tx.insert(batches).values({
    id,
    workspaceId,
    name,
    worker,
    workflow: workflow?.definition.name ?? null,
    definition: workflow?.definition ?? null,
    workflowId: workflow?.stored?.id ?? null,
    workflowVersion: workflow?.stored?.version ?? null,
    options,
    engine,
    size: items.length,
    columns: table?.columns ?? null,
    textColumn: table?.column ?? null,
    contentHash: hash,
    actor,
    submittedBy: actor.kind === 'user' ? actor.id : null,
    apiKeyId: actor.kind === 'key' ? actor.id : null,
  })
  await insertItems(ctx, id, items)
  if (capMicros !== undefined) await openBudget(tx, { workspaceId, id }, { capMicros, unpriced })
  await feedBatch(ctx, id, { strict: true })
  return id
}

type Target = { worker: string | null; workflow: FoundWorkflow | null; options: Record<string, unknown> }

async function targetOf(ctx: Ctx, { worker, workflow = '', options = {} }: Doing): Promise<Target> {
  if (worker !== undefined) return { worker, workflow: null, options: checkOptions(worker, options) }
  const found = await findWorkflow(ctx, workflow)
  if (found) return { worker: null, workflow: found, options }
  throw new InvalidInput([{ path: 'workflow', message: `There is no workflow named ${JSON.stringify(workflow)}.` }])
}

/** With their defaults filled in. */
function checkOptions(worker: string, options: Record<string, unknown>): Record<string, unknown> {
  if ('text' in options)
    throw new InvalidInput([{ path: 'options.text', message: 'The texts come from the rows or files.' }])
  try {
    return checkInput(worker, { ...options, text: 'Any text.' }).options
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error
    throw new InvalidInput(error.issues.map((issue) => ({ ...issue, path: issue.path.replace(/^input/, 'options') })))
  }
}

/** The lock makes two that are sent at once come one after the other. */
async function refuseSame({ tx, workspaceId }: Ctx, hash: Buffer, again: boolean): Promise<void> {
  const lock = `${workspaceId} ${hash.toString('hex')}`
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 7802))`)
  if (again) return
  const { rows } = await tx.execute<{ id: string; name: string }>(sql`
    select id, name from batches where workspace_id = ${workspaceId} and content_hash = ${hash} and state <> 'cancelled'
    order by id limit 1`)
  if (rows[0]) throw new SameBatch(rows[0])
}

/** Texts in one statement, and items. */
const AT_ONCE = 2_000

/** In the order of their hashes, as everyone stores several: no deadlock. */
async function insertTexts({ tx, workspaceId }: Ctx, items: readonly NewItem[]): Promise<void> {
  const distinct = new Map(
    items.flatMap(({ text, sha256 }) =>
      text === null || sha256 === null ? [] : [[sha256.toString('hex'), text] as const],
    ),
  )
  const sorted = [...distinct].sort(([a], [b]) => (a < b ? -1 : 1))
  for (let from = 0; from < sorted.length; from += AT_ONCE) {
    const part = sorted.slice(from, from + AT_ONCE)
    await tx.execute(sql`
      insert into texts (workspace_id, sha256, body)
      select ${workspaceId}::uuid, decode(hash, 'hex'), body
      from unnest(${sql.param(part.map(([hash]) => hash))}::text[], ${sql.param(part.map(([, body]) => body))}::text[])
        as d(hash, body)
      on conflict do nothing`)
  }
}

async function insertItems({ tx, workspaceId }: Ctx, id: string, items: readonly NewItem[]): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const part = items.slice(from, from + AT_ONCE).map(({ row, title, preview, sha256, documentId, cells, error }) => ({
      row,
      title,
      preview,
      hash: sha256?.toString('hex') ?? null,
      document: documentId,
      cells,
      error,
    }))
    await tx.execute(sql`
      insert into batch_items (workspace_id, batch_id, row, title, preview, text_sha256, document_id, cells, error)
      select ${workspaceId}::uuid, ${id}::uuid, d.row, d.title, d.preview, decode(d.hash, 'hex'), d.document, d.cells,
        d.error
      from jsonb_to_recordset(${JSON.stringify(part)}::jsonb)
        as d(row int, title text, preview text, hash text, document uuid, cells jsonb, error jsonb)`)
  }
}
