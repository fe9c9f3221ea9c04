// Asks for a plan: a task of the planner, which is durable, metered and retried as any other. Its id is the plan's.
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import type { DocumentPart } from '#lib/documents/part.ts'
import { getDocument } from '#lib/documents/queries.ts'
import { InvalidInput, NotFound } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import type { Idempotency } from '#lib/tasks/idempotency.ts'
import { submitTask, type Submitted } from '#lib/tasks/submit.ts'
import { planner } from '#lib/workers/planner.ts'
import { type PlanRequest, planRequest } from './requests.ts'

/** @throws Forbidden; InvalidInput; what the document's text is refused for. */
export async function createPlan(ctx: Ctx, request: PlanRequest, idempotency?: Idempotency): Promise<Submitted> {
  requireAccess(ctx, 'task.submit')
  const parsed = planRequest.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { goal, input, engine, priority } = parsed.data
  const pages = typeof input.text === 'string' ? 0 : await pagesOf(ctx, input.text)
  return submitTask(
    ctx,
    {
      worker: planner.name,
      input: { text: input.text, goal, pages },
      title: titleFor(goal),
      engine,
      priority,
    },
    idempotency,
  )
}

/** 0 for a document without pages. What else is wrong with it is said where its text is read. */
async function pagesOf(ctx: Ctx, { document: id, pages }: DocumentPart): Promise<number> {
  const document = await getDocument(ctx, id).catch((error: unknown) => {
    if (error instanceof NotFound) return null
    throw error
  })
  if (!document?.paged) return 0
  const [first, last = first] = pages?.split('-').map(Number) ?? []
  return first === undefined || last === undefined ? (document.pages ?? 0) : Math.max(0, last - first + 1)
}

function titleFor(goal: string): string {
  const line = goal.replace(/\s+/g, ' ').trim()
  return line.length <= 200 ? line : `${line.slice(0, 198).toWellFormed()} …`
}
