// What was found in each part of a long text, with its page, for the report. Places within a part become places in the
// text, where each quote has to stand again.
import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Ctx } from '#lib/context.ts'
import type { TaskError } from '#lib/tasks/states.ts'
import { documentAnalyzer } from '#lib/workers/document-analyzer.ts'
import type { Quote } from '#lib/workers/quotes.ts'
import { Proof } from './contents.ts'
import type { PartContents } from './shape.ts'
import { levelWord } from './words.ts'
import type { RunDetail, RunStep } from '../shapes.ts'
import type { StepPart, StepStatus } from '../states.ts'

export type Findings = { step: string; parts: PartContents['findings']; proof: Proof }

type Row = {
  name: string
  part: StepPart
  status: StepStatus
  task_id: string | null
  result: unknown
  error: TaskError | null
}
type Analysis = z.output<typeof documentAnalyzer.output>
type Claim = { text: string; evidence: readonly Quote[] }

/** Of each part the most important: the task shows the rest. */
const MOST_OF_PART = 6

/** Steps of a run that read its text part by part. */
export function partSteps({ steps }: Pick<RunDetail, 'steps'>): RunStep[] {
  return steps.filter(
    ({ kind, worker, reads }) =>
      kind === 'map' && worker === documentAnalyzer.name && (reads === 'chunks' || reads === 'pages'),
  )
}

/** Nothing of steps that have not begun. The caller has checked who asks. */
export async function readFindings(ctx: Ctx, run: RunDetail): Promise<Findings[]> {
  const names = partSteps(run).map(({ name }) => name)
  if (names.length === 0) return []
  const { rows } = await ctx.tx.execute<Row>(sql`
    select s.name, s.part, coalesce(t.status, s.status) as status, t.id as task_id, t.result, t.error
    from steps s left join tasks t on t.id = coalesce(s.task_id, s.reused_task_id)
    where s.workspace_id = ${ctx.workspaceId} and s.run_id = ${run.id} and s.item > 0 and s.part is not null
      and s.name = any(${sql.param(names)}::text[]) order by s.name, s.item`)
  return [...Map.groupBy(rows, ({ name }) => name)].map(([step, parts]) => {
    const proof = new Proof(run.text)
    return { step, parts: parts.map((row) => partOf(row, proof)), proof }
  })
}

function partOf({ part, status, task_id, result, error }: Row, proof: Proof): PartContents['findings'][number] {
  const common = { label: part.label, pages: part.pages ?? null, taskId: task_id }
  const read = status === 'completed' ? documentAnalyzer.output.safeParse(result) : null
  if (!read?.success) return { ...common, statements: [], missing: whyEmpty(status, error) }
  const claims = claimsOf(read.data).map((claim) => ({ ...claim, evidence: moved(claim.evidence, part.start ?? 0) }))
  const statements = proof.claims(claims).slice(0, MOST_OF_PART)
  return { ...common, statements, missing: statements.length > 0 ? null : 'Nothing was found here.' }
}

function claimsOf({ summary, risks, insights, actions }: Analysis): Claim[] {
  const seen = new Set<string>()
  return [
    summary,
    ...risks.map(({ text, severity, evidence }) => ({ text: `${levelWord(severity)} risk: ${text}`, evidence })),
    ...actions.map(({ text, evidence }) => ({ text: `To do: ${text}`, evidence })),
    ...insights,
  ].filter(({ text }) => {
    const words = text.replace(/^(\w+ risk|To do): /, '')
    return !seen.has(words) && seen.add(words)
  })
}

function moved(evidence: readonly Quote[], by: number): Quote[] {
  return evidence.map((quote) => ({
    ...quote,
    start: quote.start === null ? null : quote.start + by,
    end: quote.end === null ? null : quote.end + by,
  }))
}

function whyEmpty(status: StepStatus, error: TaskError | null): string {
  if (status === 'completed') return 'It was answered in a form that this version cannot read.'
  if (status === 'failed') return `It failed${error ? `: ${error.message}` : '.'}`
  return status === 'cancelled' ? 'It was cancelled.' : 'Not yet.'
}
