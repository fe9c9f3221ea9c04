// Plans: made once, changed, run and kept, by those who may.
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Conflict, Forbidden, InvalidInput, NotFound } from '#lib/errors.ts'
import { finishClaim } from '#lib/documents/parse.ts'
import { uploadDocument } from '#lib/documents/upload.ts'
import { getTask } from '#lib/tasks/queries.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import type { Plan, PlanStep } from '#lib/workers/plan-shape.ts'
import { getRun } from '#lib/workflows/queries.ts'
import { rerunFrom } from '#lib/workflows/rerun.ts'
import { getWorkflow } from '#lib/workflows/stored/queries.ts'
import { runPlan, savePlan } from './carry-out.ts'
import { changePlan } from './change.ts'
import { createPlan } from './create.ts'
import { getPlan } from './read.ts'
import { removeSteps } from './remove-steps.ts'

let tested: Tested
beforeEach(async () => {
  tested = await testWorkspace()
})
afterEach(() => tested.drop())

const common = { reason: 'Because.', needs: [], onFailure: 'fail' as const }
const work = (name: string, more: Partial<Extract<PlanStep, { kind: 'worker' }>> = {}): PlanStep => ({
  ...common,
  name,
  title: name,
  kind: 'worker',
  worker: 'summarizer',
  options: [],
  text: 'input.text',
  ...more,
})
const STEPS: PlanStep[] = [
  {
    ...common,
    name: 'parts',
    title: 'Parts',
    kind: 'map',
    worker: 'summarizer',
    options: [],
    over: 'chunks',
    mayFail: 0,
  },
  { ...common, name: 'together', title: 'Together', kind: 'join', needs: ['parts'], from: 'parts.items.summary' },
  work('sum', { needs: ['together'], text: 'together.text' }),
  work('read', { worker: 'document-analyzer' }),
  { ...common, name: 'severe', title: 'Severe?', kind: 'condition', needs: ['read'], if: 'size(read.risks) > 0' },
  work('calm', { needs: ['severe.no'] }),
  {
    ...common,
    name: 'proof',
    title: 'Proof',
    kind: 'validate',
    needs: ['read', 'sum'],
    checks: [
      { check: 'quotes_exist', of: 'read', from: null, is: null },
      { check: 'not_empty', of: 'sum.summary', from: null, is: null },
    ],
  },
  {
    ...common,
    name: 'ask',
    title: 'Ask',
    kind: 'approval',
    needs: ['severe.yes', 'proof', 'sum'],
    question: 'Is this right?',
    approvers: 'members',
    notSubmitter: false,
    show: ['sum.summary', 'read.risks.text'],
    fields: [],
  },
]
const PROPOSAL: Plan = { title: 'Look into it', summary: 'All there is.', about: null, steps: STEPS, notes: [] }

/** One that is made already. */
async function made(proposal: unknown = PROPOSAL): Promise<string> {
  const { task } = await tested.act((ctx) => createPlan(ctx, { goal: 'Look into it', input: { text: 'A letter.' } }))
  await tested.database.admin.query(
    `update tasks set status = 'completed', started_at = now(), finished_at = now(), result = $2 where id = $1`,
    [task.id, JSON.stringify(proposal)],
  )
  return task.id
}
const get = (id: string) => tested.act((ctx) => getPlan(ctx, id))
const change = (id: string, removed: string[], revision = 0, options = {}) =>
  tested.act((ctx) => changePlan(ctx, id, { removed, options, revision }))

describe('a step that is taken out', () => {
  const left = (...removed: string[]) => {
    const { steps, gone } = removeSteps(STEPS, removed)
    return { gone, steps: Object.fromEntries(steps.map((step) => [step.name, step])) }
  }

  test('leaves what it needed to those that needed it, who read the text where they read it', () => {
    const { steps, gone } = left('together')
    expect(gone).toEqual(['together'])
    expect(steps['sum']).toMatchObject({ needs: ['parts'], text: 'input.text' })
  })

  test('takes with it what has nothing left to read', () => {
    const { steps, gone } = left('parts')
    expect(gone).toEqual(['parts', 'together'])
    expect(steps['sum']).toMatchObject({ needs: [], text: 'input.text' })
  })

  test('takes a condition on it away: its way of yes is gone always, that of no never', () => {
    const { steps, gone } = left('read')
    expect(gone).toEqual(['read', 'severe', 'calm'])
    expect(steps['ask']).toMatchObject({ needs: ['proof', 'sum'], show: ['sum.summary'] })
    expect(steps['proof']).toMatchObject({ needs: ['sum'], checks: [{ of: 'sum.summary' }] })
  })

  test('leaves a plan that passes the check, whichever it is', async () => {
    const id = await made()
    expect((await get(id)).issues).toEqual([])
    for (const [index, { name }] of STEPS.entries()) {
      await change(id, [name], index)
      const plan = await get(id)
      expect([name, plan.issues]).toEqual([name, []])
      expect(plan.steps.map((step) => step.name)).not.toContain(name)
    }
  })
})

test('a request with a key makes one plan and one run, however often it is sent', async () => {
  const idempotency = (key: string) => ({ key, route: 'test', bodyHash: Buffer.from('same') })
  const ask = () =>
    tested.act((ctx) => createPlan(ctx, { goal: 'Summarise', input: { text: 'A letter.' } }, idempotency('plan')))
  const [first, again] = [await ask(), await ask()]
  expect([again.task.id, again.replayed]).toEqual([first.task.id, true])
  const id = await made()
  const run = () => tested.act((ctx) => runPlan(ctx, id, { revision: 0 }, idempotency('run')))
  const runs = await Promise.all([run(), run()])
  expect(new Set(runs.map((one) => one.id)).size).toBe(1)
  expect((await get(id)).runs).toHaveLength(1)
})

test('changes are kept beside the proposal, checked, and never saved over another person’s', async () => {
  const id = await made()
  await change(id, ['calm'], 0, { sum: { length: 'short' } })
  const plan = await get(id)
  expect(plan).toMatchObject({ revision: 1, removed: ['calm'], issues: [], proposal: PROPOSAL })
  expect(plan.steps.find(({ name }) => name === 'sum')).toMatchObject({ options: { length: 'short' } })
  await expect(change(id, [], 0)).rejects.toThrow(Conflict)
  const both = await Promise.allSettled([change(id, ['sum'], 1), change(id, ['read'], 1)])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await change(id, [], 2, { sum: { length: 'endless' } })
  expect((await get(id)).issues.map(({ path }) => path)).toEqual(['steps.2.options.length'])
  await expect(tested.act((ctx) => runPlan(ctx, id, { revision: 3 }))).rejects.toThrow('plan.steps.2.options.length')
  await expect(tested.act((ctx) => runPlan(ctx, id, { revision: 2 }))).rejects.toThrow(Conflict)
})

test.each([
  ['a step that there is not', ['gone'], {}, 'The plan has no step named "gone".'],
  ['options of a step without', [], { ask: { count: 1 } }, 'no step of this name that takes options'],
  ['all steps', STEPS.map(({ name }) => name), {}, 'A plan keeps at least one step.'],
  ['too much', [], { sum: { focus: 'x'.repeat(200_000) } }, 'larger than 100 kB'],
])('%s cannot be changed', async (_, removed, options, message) => {
  const id = await made()
  await expect(change(id, removed, 0, options)).rejects.toThrow(message)
})

test('a plan is not made yet, or is no plan any more: it runs and changes nothing, and says why', async () => {
  const { task } = await tested.act((ctx) => createPlan(ctx, { goal: 'Summarise', input: { text: 'A letter.' } }))
  expect(await get(task.id)).toMatchObject({ status: 'pending', proposal: null, steps: [], issues: [] })
  await expect(tested.act((ctx) => runPlan(ctx, task.id, { revision: 0 }))).rejects.toThrow('There is no plan yet')
  await expect(change(task.id, [])).rejects.toThrow('the plan is not made')
  const old = await made({ something: 'else' })
  expect(await get(old)).toMatchObject({ status: 'completed', proposal: null })
  const wrong = await made({ ...PROPOSAL, steps: [work('sum', { needs: ['sum'] })] })
  expect((await get(wrong)).issues[0]?.message).toContain('waits for itself')
  await expect(tested.act((ctx) => runPlan(ctx, wrong, { revision: 0 }))).rejects.toThrow(InvalidInput)
  await expect(tested.act((ctx) => savePlan(ctx, wrong, { revision: 0 }))).rejects.toThrow(InvalidInput)
  for (const request of [
    { goal: ' ', input: { text: 'A letter.' } },
    { goal: 'x', input: { text: ' ' } },
  ])
    await expect(tested.act((ctx) => createPlan(ctx, request))).rejects.toThrow(InvalidInput)
})

test('a run keeps the plan’s steps, text and document pages, and the task that planned it, also when it is run again', async () => {
  const document = await ready([
    'The first page is about rain.',
    'The second page is about wind.',
    'The third is empty.',
  ])
  const { task } = await tested.act((ctx) =>
    createPlan(ctx, { goal: 'Summarise', input: { text: { document, pages: '1-2' } } }),
  )
  expect((await tested.act((ctx) => getTask(ctx, task.id))).input).toMatchObject({ pages: 2, goal: 'Summarise' })
  await tested.database.admin.query(
    `update tasks set status = 'completed', started_at = now(), finished_at = now(), result = $2 where id = $1`,
    [task.id, JSON.stringify({ ...PROPOSAL, steps: [{ ...STEPS[0], over: 'pages' }] })],
  )
  const { id } = await tested.act((ctx) => runPlan(ctx, task.id, { revision: 0 }))
  const run = await tested.act((ctx) => getRun(ctx, id))
  expect(run).toMatchObject({
    plannedBy: task.id,
    workflow: { title: 'Look into it', version: null },
    document: { id: document, pages: { from: 1, to: 2 } },
  })
  expect(run.steps[0]?.items.map(({ label }) => label)).toEqual(['Page 1', 'Page 2'])
  const again = await tested.act((ctx) => rerunFrom(ctx, id, { from: 'parts' }))
  expect(await tested.act((ctx) => getRun(ctx, again.id))).toMatchObject({ plannedBy: task.id })
  expect((await get(task.id)).runs.map((one) => one.id)).toEqual([again.id, id])
})

test('a plan is kept as the draft of a workflow, with its changes, under a name that no page has', async () => {
  const id = await made({ ...PROPOSAL, title: 'Plan' })
  await change(id, ['parts'])
  const name = await tested.act((ctx) => savePlan(ctx, id, { revision: 1 }))
  expect(name).toBe('plan-2')
  const { draft, issues } = await tested.act((ctx) => getWorkflow(ctx, name))
  expect(issues).toEqual([])
  expect((draft as { steps: { name: string }[] }).steps.map((step) => step.name)).not.toContain('together')
})

test('another workspace sees and changes none of it, viewers change nothing, and a task of another worker is no plan', async () => {
  const id = await made()
  const workspace = await tested.database.workspace()
  const verbs: ((ctx: Parameters<typeof getPlan>[0]) => Promise<unknown>)[] = [
    (ctx) => changePlan(ctx, id, { removed: [], options: {}, revision: 0 }),
    (ctx) => runPlan(ctx, id, { revision: 0 }),
    (ctx) => savePlan(ctx, id, { revision: 0 }),
  ]
  for (const verb of [...verbs, (ctx: Parameters<typeof getPlan>[0]) => getPlan(ctx, id)])
    await expect(tested.act(verb, { workspace })).rejects.toThrow(NotFound)
  for (const verb of verbs)
    await expect(tested.act(verb, { access: { role: 'viewer', operator: false } })).rejects.toThrow(Forbidden)
  const { id: other } = await tested.submit()
  await expect(get(other)).rejects.toThrow(NotFound)
  await expect(get(randomUUID())).rejects.toThrow(NotFound)
})

async function ready(pages: string[]): Promise<string> {
  return tested.act(async (ctx) => {
    const bytes = Buffer.from(pages.join('\f'))
    const { id } = await uploadDocument((upload) => upload(ctx), { name: 'file.pdf', bytes: once(bytes), length: null })
    const claim = { id, workspaceId: ctx.workspaceId, name: 'file.pdf', size: bytes.length, epoch: 0, attempt: 0 }
    await ctx.tx.execute(`update documents set status = 'parsing' where id = '${id}'`)
    await finishClaim(ctx.tx, claim, { mediaType: 'application/pdf', paged: true, metadata: {}, pages })
    return id
  })
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
