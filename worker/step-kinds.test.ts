// Every kind of step on a real queue, with scripted workers.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Ctx } from '#lib/context.ts'
import { Conflict, Forbidden, InvalidInput } from '#lib/errors.ts'
import { retryTask } from '#lib/tasks/retry.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { decide } from '#lib/workflows/approvals.ts'
import { cancelRun } from '#lib/workflows/cancel.ts'
import { checkDefinition } from '#lib/workflows/check.ts'
import type { WorkflowDefinition } from '#lib/workflows/definition.ts'
import { getRun } from '#lib/workflows/queries.ts'
import type { RunDetail } from '#lib/workflows/shapes.ts'
import { rerunFrom } from '#lib/workflows/rerun.ts'
import { beginRun } from '#lib/workflows/start.ts'
import { createWorkflow } from '#lib/workflows/stored/drafts.ts'
import { publishWorkflow } from '#lib/workflows/stored/publish.ts'
import type { WorkerProcess } from './process.ts'
import { testModel } from './model/test-model.ts'
import { completed, type Play, playing, running, until, worker } from './test-worker.ts'

let tested: Tested
let processes: WorkerProcess[] = []

beforeEach(async () => {
  tested = await testWorkspace()
})
afterEach(async () => {
  await Promise.all(processes.map((process) => process.stop()))
  processes = []
  await tested.drop()
})

const TEXT = 'The parcel arrived late and damaged. Please refund me 20 euros by Friday.'

async function begin(steps: object[], text = TEXT): Promise<string> {
  const checked = await checkDefinition({ name: 'tried', title: 'Tried', summary: 'A test.', steps }, () =>
    Promise.resolve(null),
  )
  expect(checked.issues).toEqual([])
  return beginOf(checked.definition as WorkflowDefinition, text)
}
const beginOf = (definition: WorkflowDefinition, text = TEXT) =>
  tested.act((ctx) => beginRun(ctx, definition, { input: { text }, engine: 'auto', priority: 'normal' }))
const get = (id: string) => tested.act((ctx) => getRun(ctx, id))
const ended = (id: string) =>
  until(async () => {
    const run = await get(id)
    return run.status === 'in_progress' ? null : run
  })
const stepNamed = (run: RunDetail, name: string) => run.steps.find((step) => step.name === name)
const statuses = (run: RunDetail) => Object.fromEntries(run.steps.map(({ name, status }) => [name, status]))
const serve = async (play: Play, timing = {}) => {
  processes.push(await worker(tested.database, playing(play), { timing }))
}
const query = async (text: string, values: unknown[] = []) => (await tested.database.admin.query(text, values)).rows

const work = (name: string, more: object = {}) => ({ name, title: name, kind: 'worker', worker: 'summarizer', ...more })
const summary = (text: string) => ({ headline: null, summary: text, evidence: [], keyPoints: [] })

describe('conditions', () => {
  const BRANCHES = [
    work('tone', { worker: 'sentiment-analyzer' }),
    {
      name: 'angry',
      title: 'Angry?',
      kind: 'condition',
      needs: ['tone'],
      if: "tone.label == 'negative' && tone.confidence != 'low'",
    },
    work('escalate', { needs: ['angry.yes'] }),
    work('thank', { needs: ['angry.no'] }),
    work('file', { needs: ['escalate', 'thank'] }),
  ]

  test.each([
    ['negative', 'escalate', 'thank'],
    ['positive', 'thank', 'escalate'],
  ])('a tone of %s goes to "%s", skips "%s", and the branches meet again', async (label, taken, other) => {
    const id = await begin(BRANCHES)
    await serve(({ worker: by }) => (by === 'sentiment-analyzer' ? { label, confidence: 'high' } : summary('x')))
    const run = await ended(id)
    expect(run.status).toBe('completed')
    expect(statuses(run)).toEqual({
      tone: 'completed',
      angry: 'completed',
      [taken]: 'completed',
      [other]: 'skipped',
      file: 'completed',
    })
    expect(stepNamed(run, 'angry')).toMatchObject({ result: { holds: label === 'negative' }, taskId: null })
  })

  test('one that cannot be told fails its step with a sentence and the run with it', async () => {
    const id = await begin(BRANCHES)
    await serve(({ worker: by }) => (by === 'sentiment-analyzer' ? {} : summary('x')))
    const run = await ended(id)
    expect(run.status).toBe('failed')
    expect(stepNamed(run, 'angry')?.error).toMatchObject({ code: 'condition_failed' })
    expect(stepNamed(run, 'escalate')?.status).toBe('skipped')
  })
})

describe('lists', () => {
  const LONG = Array.from({ length: 40 }, (_, index) => `# Part ${index}\n\n${'A sentence of this part. '.repeat(30)}`)
  const MAP = [
    { name: 'parts', title: 'Parts', kind: 'map', over: 'chunks', worker: 'summarizer', options: { length: 'short' } },
    { name: 'together', title: 'Together', kind: 'join', needs: ['parts'], from: 'parts.items.summary' },
    work('whole', { needs: ['together'], text: 'together.text' }),
  ]

  test('a long text is worked through in parts, and their outputs are read as one text', async () => {
    const id = await begin(MAP, LONG.join('\n\n'))
    const waiting = await get(id)
    const { items = [] } = stepNamed(waiting, 'parts') ?? {}
    expect(items.length).toBeGreaterThan(2)
    expect(items.map(({ start }) => start).slice(1)).toEqual(items.map(({ end }) => end).slice(0, -1))
    expect(stepNamed(waiting, 'parts')?.waitsFor).toBe(`0 of ${items.length} are done.`)
    const read: string[] = []
    await serve(({ text, options }) => {
      read.push(text)
      return { ...summary(`Of ${text.length} (${String(options['length'])}).`) }
    })
    const run = await ended(id)
    expect(run.status).toBe('completed')
    expect(stepNamed(run, 'together')?.result).toMatchObject({ count: items.length })
    expect(read.at(-1)).toBe(items.map(({ start, end }) => `Of ${(end ?? 0) - (start ?? 0)} (short).`).join('\n\n'))
    expect(await query('select count(*)::int as n from tasks where run_id = $1', [id])).toEqual([
      { n: items.length + 1 },
    ])
  })

  test('one part that fails fails the step; retried, the step goes on with all of them', async () => {
    let broken = true
    const id = await begin(MAP, LONG.join('\n\n'))
    const first = stepNamed(await get(id), 'parts')?.items[1]
    processes.push(
      await worker(tested.database, async (task) =>
        task.id === first?.taskId && broken
          ? {
              status: 'failed',
              outcome: 'failed',
              event: 'failed',
              counted: true,
              error: { code: 'broken', message: 'It broke.' },
            }
          : completed(summary('Fine.')),
      ),
    )
    const failed = await ended(id)
    expect(statuses(failed)).toEqual({ parts: 'failed', together: 'skipped', whole: 'skipped' })
    expect(stepNamed(failed, 'parts')?.items.filter(({ status }) => status === 'failed')).toHaveLength(1)
    broken = false
    await tested.act((ctx) => retryTask(ctx, first?.taskId ?? ''))
    const run = await until(async () => {
      const now = await get(id)
      return now.status === 'completed' ? now : null
    })
    expect(statuses(run)).toEqual({ parts: 'completed', together: 'completed', whole: 'completed' })
  })

  test('a list of another step is worked through, and an empty one is done at once', async () => {
    const steps = [
      work('analyze', { worker: 'document-analyzer' }),
      {
        name: 'each',
        title: 'Each',
        kind: 'map',
        needs: ['analyze'],
        over: 'analyze.insights.text',
        worker: 'translator',
        options: { targetLanguage: 'de' },
      },
    ]
    const insights = [{ text: 'Late.' }, { text: 'Damaged.' }]
    const many = await begin(steps)
    await serve(({ worker: by, text }) =>
      by === 'document-analyzer' ? { insights: text === TEXT ? insights : [] } : { of: text },
    )
    expect(stepNamed(await ended(many), 'each')?.items.map(({ label, status }) => [label, status])).toEqual([
      ['Item 1', 'completed'],
      ['Item 2', 'completed'],
    ])
    const none = await ended(await begin(steps, 'Another text.'))
    expect([none.status, stepNamed(none, 'each')?.items]).toEqual(['completed', []])
  })
})

describe('checks', () => {
  const checked = (onFailure: unknown) => [
    work('short', { name: 'short' }),
    {
      name: 'numbers',
      title: 'Numbers',
      kind: 'validate',
      needs: ['short'],
      onFailure,
      checks: [
        { check: 'numbers_preserved', of: 'short.summary' },
        { check: 'length', of: 'short.summary', max: 50 },
      ],
    },
    work('after', { needs: ['numbers'] }),
  ]

  test('pass what keeps the numbers and fail what does not, naming them', async () => {
    const good = await begin(checked('fail'))
    let says = 'Refund 20 euros.'
    await serve(() => summary(says))
    expect(statuses(await ended(good))).toEqual({ short: 'completed', numbers: 'completed', after: 'completed' })
    says = 'Refund some euros.'
    const bad = await ended(await begin(checked('fail')))
    expect(statuses(bad)).toEqual({ short: 'completed', numbers: 'failed', after: 'skipped' })
    expect(stepNamed(bad, 'numbers')?.error?.message).toContain('20')
    expect(stepNamed(bad, 'numbers')?.result).toMatchObject({ passed: false })
    const on = await ended(await begin(checked('continue')))
    expect([on.status, statuses(on)['after']]).toEqual(['completed', 'completed'])
  })

  test('a fallback stands in for a step that failed, also in what later steps read, and is skipped otherwise', async () => {
    const steps = [
      work('careful', { onFailure: { fallback: 'plain' }, attempts: 1 }),
      work('plain', { options: { length: 'short' } }),
      work('after', { needs: ['careful'], text: 'careful.summary' }),
    ]
    let broken = true
    const read: string[] = []
    processes.push(
      await worker(tested.database, async ({ options, text, limits }) => {
        if (limits?.attempts === 1 && broken)
          return {
            status: 'failed',
            outcome: 'failed',
            event: 'failed',
            counted: true,
            error: { code: 'broken', message: 'It broke.' },
          }
        read.push(text)
        return completed(summary(`A ${String(options['length'])} summary.`))
      }),
    )
    const replaced = await ended(await begin(steps))
    expect([replaced.status, statuses(replaced)]).toEqual([
      'completed',
      { careful: 'failed', plain: 'completed', after: 'completed' },
    ])
    expect(read).toEqual([TEXT, 'A short summary.'])
    broken = false
    expect(statuses(await ended(await begin(steps)))).toEqual({
      careful: 'completed',
      plain: 'skipped',
      after: 'completed',
    })
  })
})

describe('decisions of people', () => {
  const asks = (more: object = {}) => [
    work('draft'),
    {
      name: 'ok',
      title: 'May it go out?',
      kind: 'approval',
      needs: ['draft'],
      question: 'Is the draft right?',
      show: ['draft.summary'],
      fields: [
        { name: 'reason', title: 'Reason', required: true },
        { name: 'channel', title: 'Channel', kind: 'choice', choices: ['mail', 'letter'] },
      ],
      ...more,
    },
    work('send', { needs: ['ok.yes'] }),
    work('rework', { needs: ['ok.no'] }),
  ]
  const waiting = (id: string) =>
    until(async () => {
      const run = await get(id)
      return stepNamed(run, 'ok')?.approval ? run : null
    })
  const say = (id: string, decision: 'approved' | 'rejected', over: Partial<Ctx> = {}, fields: object = {}) =>
    tested.act((ctx) =>
      decide({ ...ctx, ...over }, id, 'ok', {
        decision,
        note: 'Looks right.',
        fields: { reason: 'Checked.', ...fields },
      }),
    )

  test('are asked with what they are about, and decide which way the run goes, once', async () => {
    const id = await begin(asks())
    await serve(() => summary('We are sorry.'))
    const asked = await waiting(id)
    expect(stepNamed(asked, 'ok')).toMatchObject({
      status: 'in_progress',
      waitsFor: 'Waits for somebody to decide.',
      approval: {
        question: 'Is the draft right?',
        show: [{ path: 'draft.summary', value: 'We are sorry.' }],
        refusal: null,
      },
    })
    await expect(say(id, 'approved', {}, { reason: '' })).rejects.toThrow(InvalidInput)
    await expect(say(id, 'approved', {}, { channel: 'pigeon' })).rejects.toThrow(InvalidInput)
    const both = await Promise.allSettled([say(id, 'approved'), say(id, 'rejected')])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(Conflict) })
    const run = await ended(id)
    const approved = both[0].status === 'fulfilled'
    expect(statuses(run)).toMatchObject({
      ok: 'completed',
      send: approved ? 'completed' : 'skipped',
      rework: approved ? 'skipped' : 'completed',
    })
    expect(stepNamed(run, 'ok')?.result).toMatchObject({ note: 'Looks right.', fields: { reason: 'Checked.' } })
  })

  test('the wrong person is refused and told who may', async () => {
    const id = await begin(asks({ notSubmitter: true, approvers: 'admins' }))
    await serve(() => summary('We are sorry.'))
    await waiting(id)
    await expect(say(id, 'approved')).rejects.toThrow('somebody else has to decide')
    const other = { kind: 'user', id: '019a0000-0000-7000-8000-00000000000b', name: 'Bo' } as const
    await expect(say(id, 'approved', { actor: other, access: { role: 'member', operator: false } })).rejects.toThrow(
      'Only an owner or admin',
    )
    await expect(say(id, 'approved', { actor: other, access: { role: 'viewer', operator: false } })).rejects.toThrow(
      Forbidden,
    )
    await expect(
      say(id, 'approved', { actor: { ...other, kind: 'key' }, access: { scopes: ['run'] } }),
    ).rejects.toThrow('Sign in')
    await say(id, 'approved', { actor: other, access: { role: 'admin', operator: false } })
    expect(stepNamed(await ended(id), 'ok')?.result).toMatchObject({ decision: 'approved', by: 'Bo' })
  })

  test.each([
    ['reject', { send: 'skipped', rework: 'completed' }, 'completed'],
    ['approve', { send: 'completed', rework: 'skipped' }, 'completed'],
    ['fail', { send: 'skipped', rework: 'skipped' }, 'failed'],
  ] as const)('when nobody decides in time, "%s" is what follows', async (onTimeout, expected, status) => {
    const id = await begin(asks({ timeoutHours: 1, onTimeout }))
    await serve(() => summary('We are sorry.'))
    await waiting(id)
    await query(`update steps set wake_at = now() - interval '1 second' where run_id = $1 and name = 'ok'`, [id])
    const run = await ended(id)
    expect(run.status).toBe(status)
    expect(statuses(run)).toMatchObject(expected)
    await expect(say(id, 'approved')).rejects.toThrow(Conflict)
  })

  test('a cancelled run asks nobody any more', async () => {
    const id = await begin(asks())
    await serve(() => summary('We are sorry.'))
    await waiting(id)
    await tested.act((ctx) => cancelRun(ctx, id))
    const run = await ended(id)
    expect([run.status, statuses(run)['ok']]).toEqual(['cancelled', 'cancelled'])
    await expect(say(id, 'approved')).rejects.toThrow('stopped')
  })
})

describe('waiting and workflows within workflows', () => {
  test('a wait goes on when its time has come and not before', async () => {
    const id = await begin([
      { name: 'pause', title: 'Pause', kind: 'wait', seconds: 3600 },
      work('after', { needs: ['pause'] }),
    ])
    // Not by the chore that looks for lost words.
    await serve(() => summary('x'), { reconcileMs: 600_000 })
    const run = await get(id)
    expect(stepNamed(run, 'pause')).toMatchObject({ status: 'in_progress', waitsFor: 'Waits for its time to come.' })
    expect(Date.parse(stepNamed(run, 'pause')?.wakeAt ?? '') - Date.parse(run.createdAt)).toBeGreaterThan(3_599_000)
    await query(`update steps set wake_at = now() where run_id = $1 and name = 'pause'`, [id])
    expect((await ended(id)).status).toBe('completed')
  })

  const inner = {
    name: 'inner',
    title: 'Inner',
    summary: 'One step.',
    steps: [{ ...work('short'), needs: [], onFailure: 'fail', options: {}, text: 'input.text' }],
  } as unknown as WorkflowDefinition
  const OUTER = {
    name: 'outer',
    title: 'Outer',
    summary: 'Uses another.',
    steps: [
      work('first'),
      { name: 'sub', title: 'Sub', kind: 'workflow', needs: ['first'], workflow: 'inner', text: 'first.summary' },
      work('last', { needs: ['sub'], text: 'sub.short.summary' }),
    ],
  }
  const outer = async () => {
    const checked = await checkDefinition(OUTER, (name) => Promise.resolve(name === 'inner' ? inner : null))
    expect(checked.issues).toEqual([])
    return checked.definition as WorkflowDefinition
  }
  const beginOuter = async () => {
    const definition = await outer()
    await tested.act(async (ctx) => {
      await createWorkflow(ctx, { name: 'inner', draft: inner })
      await publishWorkflow(ctx, 'inner', { revision: 1 })
    })
    const { uses: _, ...plain } = definition as WorkflowDefinition & { uses?: unknown }
    return beginOf(plain)
  }

  test('a workflow within one is a run of its own, and its outputs go on to the steps after it', async () => {
    const id = await beginOuter()
    const read: string[] = []
    await serve(({ text }) => {
      read.push(text)
      return summary(`[${text.slice(0, 30)}]`)
    })
    const run = await ended(id)
    expect(run.status).toBe('completed')
    const child = await get(stepNamed(run, 'sub')?.childRunId ?? '')
    expect(child).toMatchObject({ status: 'completed', parent: { runId: id, step: 'sub' } })
    expect(read).toEqual([TEXT, `[${TEXT.slice(0, 30)}]`, `[[${TEXT.slice(0, 29)}]`])
  })

  test('its failure is the step’s, its retry goes on, and cancelling reaches it', async () => {
    let broken = true
    const id = await beginOuter()
    processes.push(
      await worker(tested.database, async ({ runId }) =>
        runId !== id && broken
          ? {
              status: 'failed',
              outcome: 'failed',
              event: 'failed',
              counted: true,
              error: { code: 'broken', message: 'It broke.' },
            }
          : completed(summary('Fine.')),
      ),
    )
    const failed = await ended(id)
    expect(statuses(failed)).toEqual({ first: 'completed', sub: 'failed', last: 'skipped' })
    const childId = stepNamed(failed, 'sub')?.childRunId ?? ''
    broken = false
    const child = await get(childId)
    await tested.act((ctx) => retryTask(ctx, child.steps[0]?.taskId ?? ''))
    const run = await until(async () => {
      const now = await get(id)
      return now.status === 'completed' ? now : null
    })
    expect(statuses(run)).toEqual({ first: 'completed', sub: 'completed', last: 'completed' })
  })
})

describe('running again from a step', () => {
  const STEPS = [
    work('first'),
    { name: 'ask', title: 'Ask', kind: 'condition', needs: ['first'], if: "first.summary != ''" },
    work('second', { needs: ['ask.yes'], text: 'first.summary', options: { focus: { from: 'first.summary' } } }),
    work('beside'),
  ]
  const rerun = (id: string, request: object) =>
    tested.act(async (ctx) => (await rerunFrom(ctx, id, { from: 'second', ...request })).id)

  test('what had ended before it is taken over with its results and not paid again', async () => {
    const read: string[] = []
    await serve(({ text, options }) => {
      read.push(`${text} (${String(options['length'])})`)
      return summary('A sum.')
    })
    const earlier = await ended(await begin(STEPS))
    read.length = 0
    const id = await rerun(earlier.id, { options: { second: { length: 'long' } } })
    const run = await ended(id)
    expect(run).toMatchObject({ status: 'completed', replay: { of: earlier.id, from: 'second' }, text: TEXT })
    expect(read).toEqual(['A sum. (long)'])
    expect(run.steps.map(({ name, reused, status }) => [name, reused, status])).toEqual([
      ['first', true, 'completed'],
      ['ask', true, 'completed'],
      ['second', false, 'completed'],
      ['beside', true, 'completed'],
    ])
    expect(stepNamed(run, 'first')?.taskId).toBe(stepNamed(earlier, 'first')?.taskId)
    expect(stepNamed(run, 'first')?.result).toEqual(summary('A sum.'))
    const again = await ended(await rerun(id, { from: 'ask' }))
    expect(again.steps.map(({ name, reused }) => [name, reused])).toEqual([
      ['first', true],
      ['ask', false],
      ['second', false],
      ['beside', true],
    ])
  })

  test('another text is read by the steps that run again, and lists are taken over item by item', async () => {
    const steps = [
      { name: 'parts', title: 'Parts', kind: 'map', over: 'pages', worker: 'summarizer' },
      { name: 'together', title: 'Together', kind: 'join', needs: ['parts'], from: 'parts.items.summary' },
      work('whole', { needs: ['together'], text: 'together.text' }),
      work('other', { needs: ['parts'] }),
    ]
    const read: string[] = []
    await serve(({ text }) => {
      read.push(text)
      return summary(text)
    })
    const earlier = await ended(await begin(steps, 'One.\fTwo.'))
    read.length = 0
    const run = await ended(await rerun(earlier.id, { from: 'together', input: { text: 'Three.' } }))
    expect([run.text, read]).toEqual(['Three.', ['One.\n\nTwo.']])
    const items = stepNamed(run, 'parts')?.items ?? []
    expect(items.map(({ taskId }) => taskId)).toEqual(stepNamed(earlier, 'parts')?.items.map(({ taskId }) => taskId))
    await ended(await rerun(earlier.id, { from: 'other', input: { text: 'Four.' } }))
    expect(read.at(-1)).toBe('Four.')
  })

  test('a failed run goes on from where it broke; a step that is not there is named', async () => {
    let broken = true
    processes.push(
      await worker(tested.database, async ({ options }) =>
        options['focus'] !== '' && broken
          ? {
              status: 'failed',
              outcome: 'failed',
              event: 'failed',
              counted: true,
              error: { code: 'broken', message: 'It broke.' },
            }
          : completed(summary('A sum.')),
      ),
    )
    const earlier = await ended(await begin(STEPS))
    expect(earlier.status).toBe('failed')
    broken = false
    expect((await ended(await rerun(earlier.id, {}))).status).toBe('completed')
    await expect(rerun(earlier.id, { from: 'third' })).rejects.toThrow('no step named "third"')
    await expect(rerun(earlier.id, { options: { first: { length: 'long' } } })).rejects.toThrow('does not run again')
  })
})

describe('long documents', () => {
  test('each part knows its pages, and a model is told beside it what it is a part of, fenced off as material', async () => {
    const text = Array.from(
      { length: 4 },
      (_, index) => `Chapter ${index + 1}\n\n${'A sentence of it. '.repeat(40)}`,
    ).join('\n\f')
    const id = await begin(
      [{ name: 'parts', title: 'Parts', kind: 'map', over: 'chunks', chunkCharacters: 900, worker: 'summarizer' }],
      text,
    )
    const { items = [] } = stepNamed(await get(id), 'parts') ?? {}
    expect(items.map(({ label, pages }) => [label, pages])).toEqual(
      [1, 2, 3, 4].map((page) => [`Chapter ${page}`, { first: page, last: page }]),
    )
    const { model, server } = await testModel()
    try {
      processes.push(
        await worker(
          tested.database,
          running(() => Promise.reject(new Error('The model is on.')), { model }),
          { describe: { version: 'test', modelOn: true, model: model.model, endpointHost: model.endpointHost } },
        ),
      )
      expect((await ended(id)).status).toBe('completed')
      const asked = server.calls.map(({ body }) => JSON.stringify(body))
      expect(asked).toHaveLength(4)
      for (const page of [1, 2, 3, 4])
        expect(
          asked.filter(
            (body) =>
              body.includes(`Part ${page} of 4 of the document`) &&
              body.includes(`page ${page}, under the heading “Chapter ${page}”.\\n</context>`),
          ),
        ).toHaveLength(1)
    } finally {
      await server.close()
    }
  })
})
