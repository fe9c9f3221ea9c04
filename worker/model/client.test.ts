import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { evidenceList } from '#lib/workers/evidence.ts'
import { WORKERS } from '#lib/workers/registry.ts'
import { openTestModel, rejection, testModel } from './test-model.ts'

const text = 'The hose failed suddenly. Please send an inspector before December 11, 2026.'
const output = z.object({ summary: z.string().max(200), level: z.enum(['low', 'high']), evidence: evidenceList })
const request = { system: 'You read documents.', prompt: `<document>\n${text}\n</document>`, output, text }
const good = JSON.stringify({ summary: 'A hose failed.', level: 'high', evidence: [{ quote: 'the hose FAILED' }] })

describe('a question', () => {
  test('is asked with a strict schema, answered, and recorded with usage and request id', async () => {
    await using at = await testModel()
    at.server.script({
      content: good,
      usage: {
        prompt_tokens: 40,
        completion_tokens: 12,
        prompt_tokens_details: { cached_tokens: 8 },
        completion_tokens_details: { reasoning_tokens: 3 },
      },
    })
    const task = at.forTask()
    const answer = await task.generate(request)
    expect(answer.evidence).toEqual([{ quote: 'The hose failed', start: 0, end: 15 }])
    const [call] = at.server.calls
    expect(call?.body?.response_format).toMatchObject({ type: 'json_schema', json_schema: { strict: true } })
    expect(call?.authorization).toBe('Bearer test-key-0123456789')
    expect(at.ledger.rows).toEqual([
      {
        id: 'call-1',
        provider: 'openai-compatible',
        model: 'fake-model',
        endpointHost: new URL(at.server.url).host,
        mode: 'json_schema',
        purpose: 'first',
        most: { inputTokens: JSON.stringify(call?.body).length, outputTokens: 16_000 },
        state: 'settled',
        requestId: call?.id,
        usage: expect.objectContaining({ prompt_tokens: 40 }),
        inputTokens: 40,
        cachedTokens: 8,
        cacheWriteTokens: undefined,
        outputTokens: 12,
        reasoningTokens: 3,
        estimated: false,
      },
    ])
    expect(call?.clientRequestId).toBe('call-1')
    expect(task.info()).toEqual({ requestIds: [call?.id], replaced: 0, found: 1, missing: 0 })
  })

  test.each(WORKERS.map((worker) => [worker.name, worker] as const))(
    'of the %s gets a valid answer',
    async (_, worker) => {
      await using at = await testModel()
      const signal = new AbortController().signal
      const task = at.forTask(signal)
      const result = await worker.run(worker.input.parse({ text }), {
        model: task,
        signal,
        checkWorkflow: () => Promise.resolve([]),
      })
      expect(worker.output.safeParse(result).error).toBeUndefined()
      expect(JSON.stringify(result)).toMatch(/fake/i)
      expect(at.ledger.rows.map(({ state }) => state)).toEqual(at.ledger.rows.map(() => 'settled'))
      expect(task.info().missing).toBe(0)
    },
  )

  test('goes to a server without a key, and to Azure by its v1 base URL', async () => {
    await using at = await testModel()
    const azure = openTestModel(`${at.server.url.replace('/v1', '')}/openai/v1/`)
    const task = azure.forTask(at.ledger, { signal: new AbortController().signal, timeoutMs: 5_000 })
    await task.generate(request)
    expect(at.server.calls[0]?.path).toBe('/openai/v1/chat/completions')
  })
})

describe('the ladder of manners', () => {
  test.each([
    [['json_schema'], ['json_schema', 'json_object']],
    [
      ['json_schema', 'json_object'],
      ['json_schema', 'json_object', 'prompt'],
    ],
  ] as const)('a server that refuses %j is asked as %j, and only once so', async (refuses, modes) => {
    await using at = await testModel({}, { refuses: [...refuses] })
    const task = at.forTask()
    await task.generate(request)
    await task.generate(request)
    expect(at.server.calls.map(({ mode }) => mode)).toEqual([...modes, modes.at(-1)])
    expect(at.ledger.rows.map(({ state }) => state)).toEqual([...refuses.map(() => 'failed'), 'settled', 'settled'])
    expect(at.server.calls.at(-1)?.body?.messages[0]?.content).toContain('JSON Schema:\n{"type":"object"')
  })

  test('what worked is forgotten after a while, as servers are upgraded', async () => {
    await using at = await testModel({ mannerTtlMs: 0 }, { refuses: ['json_schema'] })
    const task = at.forTask()
    await task.generate(request)
    await task.generate(request)
    expect(at.server.calls.map(({ mode }) => mode)).toEqual([
      'json_schema',
      'json_object',
      'json_schema',
      'json_object',
    ])
  })

  test('a server that wants the other name of the output limit gets it', async () => {
    await using at = await testModel()
    const message = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
    at.server.script({ status: 400, error: { message, code: 'unsupported_parameter' } })
    await at.forTask().generate(request)
    expect(at.server.calls[0]?.body).toHaveProperty('max_tokens')
    expect(at.server.calls[1]?.body).toHaveProperty('max_completion_tokens')
    expect(at.server.calls[1]?.body).not.toHaveProperty('max_tokens')
  })

  const limitsSent = (bodies: (object | null)[]) =>
    bodies.map((body) => Object.keys(body ?? {}).find((name) => name.endsWith('_tokens')) ?? 'none')

  test.each([
    "'max_tokens' or 'max_completion_tokens' is too large: 16000. This model's maximum context length is 8192 tokens and your request has 214 input tokens (16000 > 8192 - 214).",
    "This model's maximum context length is 8192 tokens. However, you requested 16214 tokens (214 in the messages, 16000 in the completion). Please reduce the length of the messages or completion.",
    "This model's maximum context length is 8192 tokens. However, you requested 16000 output tokens and your prompt contains at least 214 input tokens, for a total of at least 16214 tokens.",
    "You passed 214 input tokens and requested 16000 output tokens. However, the model's context length is only 8192 tokens, resulting in a maximum input length of 0 tokens.",
    'max_tokens=16000 cannot be greater than max_model_len=max_total_tokens=8192.',
    'max_tokens is too large: 16000. This model supports at most 4096 completion tokens, whereas you provided 16000.',
  ])('a server whose context has no room for the output limit is asked without one: %s', async (message) => {
    await using at = await testModel()
    at.server.script({ when: '_tokens":16000', status: 400, error: { message, code: 400 }, times: 100 })
    const task = at.forTask()
    await task.generate(request)
    await task.generate(request)
    expect(limitsSent(at.server.calls.map(({ body }) => body))).toEqual(['max_tokens', 'none', 'none'])
    expect(at.ledger.rows.map(({ state }) => state)).toEqual(['failed', 'settled', 'settled'])
  })

  test.each([
    [
      'a text that does not fit at all',
      "'max_tokens' or 'max_completion_tokens' is too large: 16000. This model's maximum context length is 8192 tokens and your request has 9000 input tokens",
      'context_too_long',
      ['max_tokens', 'none'],
    ],
    [
      'a server that takes no name of the limit and will not do without one',
      "'max_tokens' is not supported, 'max_completion_tokens' is not supported, one is required",
      'provider_rejected',
      ['max_tokens', 'max_completion_tokens', 'none'],
    ],
  ])('%s is told after each limit was tried once', async (_, message, code, limits) => {
    await using at = await testModel()
    at.server.script({ status: 400, error: { message }, times: 100 })
    expect(await rejection(at.forTask().generate(request))).toMatchObject({ kind: 'permanent', error: { code } })
    expect(limitsSent(at.server.calls.map(({ body }) => body))).toEqual(limits)
  })

  test('whatever a server objects to, a question is asked five times at most', async () => {
    await using at = await testModel()
    for (const message of ['max_completion_tokens', 'response_format', 'max_tokens', 'json_object', 'max_tokens'])
      at.server.script({ status: 400, error: { message } })
    expect(await rejection(at.forTask().generate(request))).toMatchObject({ error: { code: 'provider_rejected' } })
    expect(at.server.calls).toHaveLength(5)
  })

  test('a 400 about something else is not taken for a refused format', async () => {
    await using at = await testModel()
    at.server.script({ status: 400, error: { message: 'temperature is out of range' } })
    await expect(at.forTask().generate(request)).rejects.toMatchObject({
      kind: 'permanent',
      error: { code: 'provider_rejected', message: expect.stringContaining('temperature is out of range') },
    })
    expect(at.server.calls).toHaveLength(1)
  })
})

describe('an answer', () => {
  test.each(['fenced', 'thinking', 'prose', 'extra_keys'] as const)(
    'that is %s is read all the same',
    async (malformed) => {
      await using at = await testModel()
      at.server.script({ content: good, malformed })
      await expect(at.forTask().generate(request)).resolves.toEqual({
        summary: 'A hose failed.',
        level: 'high',
        evidence: [{ quote: 'The hose failed', start: 0, end: 15 }],
      })
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
      expect(at.server.calls).toHaveLength(1)
    },
  )

  test('has its bad characters replaced and counted', async () => {
    await using at = await testModel()
    at.server.script({ malformed: 'bad_characters' })
    const task = at.forTask()
    const answer = await task.generate(request)
    expect(answer.summary).toMatch(/^Fake\uFFFD \uFFFDmodel/)
    expect(task.info().replaced).toBe(2)
  })

  test('whose quotes are not in the text keeps them without a place, counted', async () => {
    await using at = await testModel()
    at.server.script({ content: good.replace('the hose FAILED', 'the pump exploded') })
    const task = at.forTask()
    const answer = await task.generate(request)
    expect(answer.evidence).toEqual([{ quote: 'the pump exploded', start: null, end: null }])
    expect(task.info()).toMatchObject({ found: 0, missing: 1 })
  })

  test('that is wrong gets one correction that names the problem and the schema (F45)', async () => {
    await using at = await testModel()
    at.server.script({ content: '{"summary":"x","level":"urgent","evidence":[]}' }, { content: good })
    await expect(at.forTask().generate(request)).resolves.toMatchObject({ level: 'high' })
    const repair = at.server.calls[1]?.body?.messages
    expect(repair?.at(-2)).toEqual({ role: 'assistant', content: '{"summary":"x","level":"urgent","evidence":[]}' })
    expect(repair?.at(-1)?.content).toMatch(/not valid[\s\S]*→ at level/)
    expect(repair?.[0]?.content).toContain('JSON Schema:')
    expect(at.ledger.rows).toMatchObject([
      { purpose: 'first', state: 'settled', error: { code: 'invalid_output' }, raw: expect.stringContaining('urgent') },
      { purpose: 'repair', state: 'settled' },
    ])
  })

  test.each(['wrong_types', 'not_json', 'deep'] as const)(
    'that is %s twice ends as invalid output, not to be retried blindly (F45)',
    async (malformed) => {
      await using at = await testModel()
      at.server.script({ malformed, times: 2 })
      const failure = await rejection(at.forTask().generate(request))
      expect(failure).toMatchObject({ kind: 'permanent', error: { code: 'invalid_output' } })
      expect(at.ledger.rows).toMatchObject([
        { state: 'settled', error: { code: 'invalid_output' }, outputTokens: expect.any(Number) },
        { state: 'settled', error: { code: 'invalid_output' }, outputTokens: expect.any(Number) },
      ])
    },
  )

  test('of a server that accepts the schema without keeping to it brings the schema into later prompts', async () => {
    await using at = await testModel()
    at.server.script({ malformed: 'not_json' })
    const task = at.forTask()
    await task.generate(request)
    await task.generate(request)
    expect(at.server.calls[0]?.body?.messages[0]?.content).not.toContain('JSON Schema')
    expect(at.server.calls[2]?.mode).toBe('json_schema')
    expect(at.server.calls[2]?.body?.messages[0]?.content).toContain('JSON Schema')
  })

  test('to a prompt that the server cut silently is not used', async () => {
    await using at = await testModel({}, { contextTokens: 4_096 })
    const long = `${text} `.repeat(400)
    const failure = await rejection(at.forTask().generate({ ...request, prompt: long, text: long }))
    expect(failure).toMatchObject({ kind: 'permanent', error: { code: 'input_cut' } })
    expect(failure.message).toContain('read only part of the text')
    expect(at.ledger.rows).toMatchObject([{ state: 'settled', inputTokens: 4_096, error: { code: 'input_cut' } }])
  })
})

describe('several questions of one task', () => {
  test('stop together when one fails, all calls settled, and the first failure is told', async () => {
    await using at = await testModel()
    at.server.script({ stall: 'before_headers', when: 'slow' }, { refusal: 'No.', when: 'bad', delayMs: 50 })
    const task = at.forTask()
    const slow = task.generate({ ...request, prompt: 'slow' })
    const bad = task.generate({ ...request, prompt: 'bad' })
    const failures = await Promise.all([rejection(slow), rejection(bad)])
    expect(failures.map(({ error }) => error.code)).toEqual(['refused', 'refused'])
    expect(new Set(at.ledger.rows.map(({ state }) => state))).toEqual(new Set(['settled', 'unknown']))
  })
})
