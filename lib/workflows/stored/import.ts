// Takes a workflow over from a file in YAML or JSON: looked at first, then stored as a new one or as the draft of one
// that is there. Nothing that is there is replaced without the revision that was looked at.
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { Conflict, type FieldIssue, InvalidInput } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { parseJson } from '#lib/json.ts'
import { WORKFLOWS } from '../catalogue.ts'
import { stepName } from '../definition.ts'
import { createWorkflow, freeName, isTaken, nameAfter, saveDraft } from './drafts.ts'
import { checkDraft } from './publish.ts'
import { drawnDraft, getWorkflow } from './queries.ts'
import type { ImportCheck, LineIssue, NameTaken } from './shapes.ts'
import { linesOf, readDraft } from './yaml-draft.ts'

/** In characters: a workflow of 1,000 steps has about 200,000. Its text is parsed in the web process. */
export const MAX_IMPORT = 500_000

const NOT_TEXT = 'The file is not text in UTF-8. Save it as UTF-8, as YAML or JSON, and send it again.'

export const importFile = z.strictObject({
  text: z.string().max(MAX_IMPORT, 'The file is longer than 500,000 characters, more than any workflow is.'),
  /** Names the workflow where the file does not. */
  fileName: z.string().max(300).optional(),
})

export const importRequest = importFile
  .extend({
    /** Of the new workflow; left out: as the file says. */
    name: stepName.optional(),
    /** The workflow whose draft it becomes, and the revision of it that was looked at. */
    draftOf: z.strictObject({ name: stepName, revision: z.number().int().min(1) }).optional(),
    /** Stores it although something in it has to be corrected before it can run. */
    incomplete: z.boolean().default(false),
  })
  .refine(({ name, draftOf }) => name === undefined || draftOf === undefined, {
    path: ['name'],
    message: 'Import it under a new name, or as the draft of a workflow, not both.',
  })
export type ImportRequest = z.input<typeof importRequest>

/** @throws InvalidInput when it is not UTF-8. */
export function decodeImport(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new InvalidInput([{ path: '', message: NOT_TEXT }])
  }
}

/** What would be imported, what is wrong in it and where, and whether its name is taken. Stores nothing. */
export async function checkImport(ctx: Ctx, file: z.input<typeof importFile>): Promise<ImportCheck> {
  requireAccess(ctx, 'workflow.change')
  requireAccess(ctx, 'run.read')
  const { text, fileName } = parsedBy(importFile, file)
  const read = readImport(text)
  if (read.draft === null) return { readable: false, issues: read.issues }
  const { draft } = read
  const name = nameOf(draft, fileName)
  const { issues } = await checkDraft(ctx, { ...draft, name })
  return {
    readable: true,
    ...drawnDraft({ ...draft, name }, name),
    issues: withLines(text, issues),
    name,
    taken: await whoHas(ctx, name),
    free: await freeName(ctx, name),
  }
}

/** @throws Forbidden; NotFound; InvalidInput with the lines; Conflict `name_taken` or `stale_draft`. */
export async function importWorkflow(ctx: Ctx, request: ImportRequest): Promise<{ name: string; revision: number }> {
  requireAccess(ctx, 'workflow.change')
  const { text, fileName, name: wanted, draftOf, incomplete } = parsedBy(importRequest, request)
  const read = readImport(text)
  if (read.draft === null) throw refused(read.issues)
  const { draft } = read
  const name = draftOf?.name ?? wanted ?? nameOf(draft, fileName)
  const { issues } = await checkDraft(ctx, { ...draft, name })
  if (issues.length > 0 && !incomplete) throw refused(withLines(text, issues))
  if (draftOf) return { name, ...(await saveDraft(ctx, name, { draft, revision: draftOf.revision })) }
  if (await isTaken(ctx, name))
    throw new Conflict(
      `The name "${name}" is taken, by a workflow, a template or one that is archived. Import it under another name, or as the draft of the workflow that has it.`,
      'name_taken',
    )
  return { name: await createWorkflow(ctx, { name, draft }), revision: 1 }
}

function parsedBy<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new InvalidInput(fieldIssues(parsed.error))
}

type ReadImport = { draft: Record<string, unknown> } | { draft: null; issues: LineIssue[] }

/** What came as YAML is held to the limits of what comes as JSON. */
function readImport(text: string): ReadImport {
  const read = readDraft(text)
  if ('problem' in read) return { draft: null, issues: [{ path: '', message: read.problem, line: read.line }] }
  try {
    return { draft: parseJson(Buffer.from(JSON.stringify(read.draft))) as Record<string, unknown> }
  } catch (error) {
    if (error instanceof InvalidInput) return { draft: null, issues: withLines(text, error.issues) }
    throw error
  }
}

function withLines(text: string, issues: readonly FieldIssue[]): LineIssue[] {
  const lines = linesOf(
    text,
    issues.map(({ path }) => path),
  )
  return issues.map((issue, index) => ({ ...issue, line: lines[index] ?? null }))
}

function refused(issues: readonly LineIssue[]): InvalidInput {
  return new InvalidInput(
    issues.map(({ path, message, line }) => ({ path, message: line === null ? message : `Line ${line}: ${message}` })),
  )
}

function nameOf(draft: Record<string, unknown>, fileName: string | undefined): string {
  const own = stepName.safeParse(draft['name'])
  if (own.success) return own.data
  const stem = fileName?.replace(/^.*[/\\]/, '').replace(/\.(ya?ml|json)$/i, '')
  const title = typeof draft['title'] === 'string' ? draft['title'] : ''
  return nameAfter(stem || title)
}

async function whoHas(ctx: Ctx, name: string): Promise<NameTaken | null> {
  const template = WORKFLOWS.find((one) => one.name === name)
  if (template) return { by: 'template', title: template.title }
  const { rows } = await ctx.tx.execute<{ archived: boolean }>(sql`
    select archived_at is not null as archived from workflows
    where workspace_id = ${ctx.workspaceId} and name = ${name}`)
  if (!rows[0]) return null
  if (rows[0].archived) return { by: 'archived' }
  const { title, revision, savedBy, savedAt, version, changed } = await getWorkflow(ctx, name)
  return { by: 'workflow', title, revision, savedBy, savedAt, version, changed }
}
