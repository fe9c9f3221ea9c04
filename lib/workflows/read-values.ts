// What earlier steps of a run have put out, by the names that paths use. Only what is asked for is read: outputs are long.
import { sql } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'
import type { PinnedDefinition, StepDefinition } from './definition.ts'
import { identifierOf } from './needs.ts'
import type { Values } from './mapping.ts'

type Run = { id: string; workspace_id: string; definition: PinnedDefinition }

type OutputRow = { name: string; item: number; status: string; output: unknown; child_run_id: string | null }

/** `roots` are first words of paths; a step without an output, and what it is replaced by, has none here either. */
export async function readValues(tx: Tx, run: Run, roots: ReadonlySet<string>): Promise<Values> {
  const values = new Map<string, unknown>()
  if (roots.has('input')) values.set('input', await readInput(tx, run.id))
  const wanted = run.definition.steps.filter(({ name }) => roots.has(identifierOf(name)))
  const names = wanted.flatMap(({ name, onFailure }) => [
    name,
    ...(typeof onFailure === 'string' ? [] : [onFailure.fallback]),
  ])
  if (names.length === 0) return values
  const { rows } = await tx.execute<OutputRow>(sql`
    select s.name, s.item, s.status, coalesce(s.output, t.result) as output, s.child_run_id
    from steps s left join tasks t on t.id = coalesce(s.task_id, s.reused_task_id)
    where s.run_id = ${run.id} and s.name = any(${sql.param(names)}::text[]) order by s.name, s.item`)
  const byName = Map.groupBy(rows, ({ name }) => name)
  const byDefinition = new Map(run.definition.steps.map((step) => [step.name, step]))
  const outputNamed = async (name: string): Promise<unknown> => {
    const step = byDefinition.get(name)
    const own = step && (await outputOf(tx, run, step, byName.get(name) ?? []))
    if (own !== undefined || !step || typeof step.onFailure === 'string') return own
    const other = byDefinition.get(step.onFailure.fallback)
    return other && outputOf(tx, run, other, byName.get(other.name) ?? [])
  }
  for (const { name } of wanted) {
    const output = await outputNamed(name)
    if (output !== undefined) values.set(identifierOf(name), output)
  }
  return values
}

export type RunInput = {
  text: string
  title: string
  /** Those of its document, and where they begin in the text; none when it is not from one, or the document is gone. */
  pages: { page: number; start: number }[]
}

async function readInput(tx: Tx, id: string): Promise<RunInput> {
  const { rows } = await tx.execute<RunInput>(sql`
    select x.body as text, r.title, (
      select coalesce(jsonb_agg(jsonb_build_object('page', p.page, 'start', p.start - u.start) order by p.page), '[]') from document_uses u
      join document_pages p on p.workspace_id = u.workspace_id and p.document_id = u.document_id
      where u.run_id = r.id and u.paged and p.page between coalesce(u.first_page, 1) and coalesce(u.last_page, p.page)) as pages
    from runs r join texts x on x.workspace_id = r.workspace_id and x.sha256 = r.text_sha256 where r.id = ${id}`)
  return rows[0] ?? { text: '', title: '', pages: [] }
}

async function outputOf(tx: Tx, run: Run, step: StepDefinition, rows: readonly OutputRow[]): Promise<unknown> {
  const own = rows.find(({ item }) => item === 0)
  if (own?.status !== 'completed') return undefined
  if (step.kind === 'map') {
    const items = rows.filter(({ item }) => item > 0)
    const completed = items.filter(({ status }) => status === 'completed')
    return {
      items: completed.map(({ output }) => output),
      completed: completed.length,
      failed: items.length - completed.length,
    }
  }
  if (step.kind === 'workflow' && own.child_run_id !== null) {
    const definition = run.definition.uses?.[step.workflow]
    if (!definition) return undefined
    const uses = run.definition.uses
    const child = { ...run, id: own.child_run_id, definition: { ...definition, ...(uses ? { uses } : {}) } }
    const roots = new Set(definition.steps.map(({ name }) => identifierOf(name)))
    return Object.fromEntries(await readValues(tx, child, roots))
  }
  return own.output ?? undefined
}
