// Every template from its sample to its report, with the built-in engine and against a model that speaks the protocol.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { decide } from '#lib/workflows/approvals.ts'
import { AREAS, TEMPLATES } from '#lib/workflows/catalogue.ts'
import { checkDefinition } from '#lib/workflows/check.ts'
import { getRun } from '#lib/workflows/queries.ts'
import { readReport } from '#lib/workflows/report/read-report.ts'
import { reportOf } from '#lib/workflows/report/report.ts'
import { reportMarkdown } from '#lib/workflows/report/markdown.ts'
import type { RunDetail } from '#lib/workflows/shapes.ts'
import { startRun } from '#lib/workflows/start.ts'
import { answerByRules } from './local/answer.ts'
import { testModel } from './model/test-model.ts'
import type { WorkerProcess } from './process.ts'
import { running, until, worker } from './test-worker.ts'

/** What the built-in engine makes of the samples. */
const EXPECTED: Record<string, { asks: string | null; branches: Record<string, 'yes' | 'no'>; says: string[] }> = {
  'appeal-preparation': {
    asks: 'release',
    branches: { duties: 'yes' },
    says: ['Every quote stands in the letter: **Passed**', '9 September 2027', 'Approved by Bo Lind', 'Route: Higher'],
  },
  'evidence-coordination': { asks: null, branches: { asked: 'yes' }, says: ['21 August 2026', '## Questions'] },
  'contract-check': {
    asks: 'counsel',
    branches: { severe: 'yes' },
    says: ['## Risks', 'Sign, change or refuse?: **Approved by Bo Lind'],
  },
  'long-document': {
    asks: 'seen',
    branches: { severe: 'yes' },
    says: ['## Findings by part', '5 Northgate Viaduct, page 4', 'the deck may drop', 'Next: Act at once'],
  },
  'meeting-minutes': { asks: null, branches: { owned: 'yes' }, says: ['28 November', '## Actions'] },
  'ticket-routing': {
    asks: 'call',
    branches: { escalate: 'yes' },
    says: ['Negative', 'Billing', 'Angry or urgent?: **Yes**'],
  },
  'feedback-digest': { asks: 'seen', branches: { bad: 'yes' }, says: ['Mostly bad news?: **Yes**'] },
  'medical-record-review': {
    asks: 'clinician',
    branches: { clear: 'no' },
    says: ['Specialty: Cardiology', 'warfarin'],
  },
  'research-digest': { asks: null, branches: { limits: 'yes' }, says: ['13.4%', 'needs an AI model'] },
  'financial-risk-memo': {
    asks: 'second',
    branches: { severe: 'yes' },
    says: ['covenant', 'No figure that the report does not have: **Passed**', 'Rating: Keep'],
  },
  'fraud-triage': { asks: 'decide', branches: { hold: 'yes' }, says: ['86,750.00', 'Hold the payment?: **Yes**'] },
}

let tested: Tested
let process: WorkerProcess | undefined

beforeEach(async () => {
  tested = await testWorkspace()
})
afterEach(async () => {
  await process?.stop()
  process = undefined
  await tested.drop()
})

const each = TEMPLATES.map((template) => [template.definition.name, template] as const)
const get = (id: string) => tested.act((ctx) => getRun(ctx, id))
const asked = (run: RunDetail) => run.steps.find(({ approval }) => approval !== null)
const begin = ([workflow, { sample }]: (typeof each)[number]) =>
  tested.act(async (ctx) => (await startRun(ctx, { workflow, title: sample.title, input: { text: sample.text } })).id)
/** Until the run has ended, or a person is asked and nothing else is open. */
const standing = (id: string) =>
  until(async () => {
    const run = await get(id)
    const open = run.steps.filter(({ status }) => status === 'pending' || status === 'in_progress')
    return run.status !== 'in_progress' || (asked(run) && open.length === 1) ? run : null
  }, 30_000)

const other = { kind: 'user', id: '019a0000-0000-7000-8000-00000000000b', name: 'Bo Lind' } as const
/** Somebody else says yes to whatever is asked. */
async function approved(id: string): Promise<RunDetail> {
  const run = await standing(id)
  const step = asked(run)
  if (!step) return run
  const fields = (step.approval?.fields ?? []).map(({ name, choices }) => [name, choices?.[0] ?? 'Seen'])
  await tested.act((ctx) =>
    decide({ ...ctx, actor: other, access: { role: 'admin', operator: false } }, id, step.name, {
      decision: 'approved',
      note: 'Read and agreed.',
      fields: Object.fromEntries(fields),
    }),
  )
  return standing(id)
}

test('there are at least ten, in all areas, and each asks a person or goes one of two ways', async () => {
  expect(TEMPLATES.length).toBeGreaterThanOrEqual(10)
  expect(new Set(TEMPLATES.map(({ area }) => area))).toEqual(new Set(AREAS))
  expect(Object.keys(EXPECTED).toSorted()).toEqual(each.map(([name]) => name).toSorted())
  for (const [, { definition }] of each) {
    expect((await checkDefinition(definition, () => Promise.resolve(null))).issues).toEqual([])
    expect(definition.steps.some(({ kind }) => kind === 'condition')).toBe(true)
  }
})

describe('with the built-in engine', () => {
  test.each(each)(
    '%s goes from its sample to the expected report',
    async (name, template) => {
      process = await worker(
        tested.database,
        running((by, input) => answerByRules(by, input)),
      )
      const id = await begin([name, template])
      const expected = EXPECTED[name]
      expect(asked(await standing(id))?.name ?? null).toBe(expected?.asks)
      const run = await approved(id)
      expect(run.status).toBe('completed')
      expect(run.steps.flatMap((step) => (step.kind === 'condition' ? [[step.name, step.branch]] : []))).toEqual(
        Object.entries(expected?.branches ?? {}),
      )
      const { report } = await tested.act((ctx) => readReport(ctx, id))
      const written = reportMarkdown(report)
      for (const words of expected?.says ?? []) expect(written).toContain(words)
      expect(report.quotes.missing).toBe(0)
      expect(report.parts.flatMap(({ name: part, missing }) => (missing ? [[part, missing.kind]] : []))).toEqual(
        expect.not.arrayContaining([[expect.anything(), 'unreadable']]),
      )
    },
    60_000,
  )
})

describe('against a model server', () => {
  test.each(each)(
    '%s ends, and every call was settled',
    async (name, template) => {
      const { model, server } = await testModel()
      try {
        process = await worker(
          tested.database,
          running(() => Promise.reject(new Error('The model is on.')), { model }),
          { describe: { version: 'test', modelOn: true, model: model.model, endpointHost: model.endpointHost } },
        )
        const run = await approved(await begin([name, template]))
        expect(run.steps.flatMap(({ error }) => error ?? [])).toEqual([])
        expect(run.status).toBe('completed')
        expect(server.calls.length).toBeGreaterThanOrEqual(
          run.steps.filter(({ kind, status }) => kind === 'worker' && status === 'completed').length,
        )
        expect(reportMarkdown(reportOf(run))).toContain('fake-model')
      } finally {
        await server.close()
      }
    },
    60_000,
  )
})
