// Faults F39 to F45 of the provider, as far as one process sees them; what the task does then is the queue's.
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { memoryLedger, openTestModel, rejection, testModel } from './test-model.ts'

const text = 'A short text.'
const request = { system: 'Read.', prompt: text, output: z.object({ summary: z.string() }), text }

describe('F39: a rate limit', () => {
  test.each([
    ['of 7 s', { 'retry-after': '7' }, 7_000],
    ['until a date', { 'retry-after': new Date(Date.now() + 9_000).toUTCString() }, 7_000],
    ['of 400 ms', { 'retry-after-ms': '400' }, 400],
  ])('%s is waited out at least, by every task, and is no failure of the task', async (_, headers, least) => {
    await using at = await testModel()
    at.server.script({ status: 429, headers })
    const first = await rejection(at.forTask().generate(request))
    expect(first).toMatchObject({
      kind: 'rate_limited',
      error: { code: 'rate_limited', requestId: expect.any(String) },
    })
    expect(first.retryAfterMs).toBeGreaterThanOrEqual(least)
    const neighbour = await rejection(at.forTask().generate(request))
    expect(neighbour.kind).toBe('rate_limited')
    expect(neighbour.retryAfterMs).toBeGreaterThan(least - 300)
    expect(at.server.calls).toHaveLength(1)
    expect(at.ledger.rows).toMatchObject([{ state: 'failed', error: { code: 'rate_limited' } }])
    expect(at.model.throttledUntil()).toBeGreaterThan(Date.now())
  })

  test('that names no wait leads to growing, random waits, and ends when the wait is over', async () => {
    await using at = await testModel({ rateLimitBaseMs: 20, rateLimitLongestMs: 80 })
    at.server.script({ status: 429 })
    const limited = await rejection(at.forTask().generate(request))
    expect(limited.retryAfterMs).toBeLessThanOrEqual(24)
    await until(() => at.model.throttledUntil() === null)
    await expect(at.forTask().generate(request)).resolves.toBeDefined()
  })
})

describe('F40: a refused key or an empty account', () => {
  test.each([
    ['401', { status: 401, error: { message: 'Incorrect API key provided: test-key-0123456789' } }, 'provider_auth'],
    ['402', { status: 402 }, 'provider_quota'],
    ['429 insufficient_quota', { status: 429, error: { code: 'insufficient_quota' } }, 'provider_quota'],
    ['404', { status: 404, error: { message: "model 'x' not found" } }, 'model_not_found'],
  ])('%s blocks at once, and the next task does not ask again', async (_, step, code) => {
    await using at = await testModel()
    at.server.script(step)
    const failure = await rejection(at.forTask().generate(request))
    expect(failure).toMatchObject({ kind: 'blocked', error: { code, advice: expect.any(String) } })
    expect(failure.message).not.toContain('test-key')
    expect(await rejection(at.forTask().generate(request))).toMatchObject({ kind: 'blocked', error: { code } })
    expect(at.server.calls).toHaveLength(1)
    expect(at.model.blockedBy()).toMatchObject({ code })
  })

  test('a successful check of the connection ends it', async () => {
    await using at = await testModel()
    at.server.script({ status: 401 })
    await rejection(at.forTask().generate(request))
    expect(await at.model.ping()).toMatchObject({ ok: true, offersModel: true })
    await expect(at.forTask().generate(request)).resolves.toBeDefined()
  })
})

describe('F41: a provider with faults', () => {
  test.each([500, 502, 503, 529])('%i is retryable', async (status) => {
    await using at = await testModel()
    at.server.script({ status, headers: { 'retry-after': '3' } })
    const failure = await rejection(at.forTask().generate(request))
    expect(failure).toMatchObject({ kind: 'retryable', retryAfterMs: 3_000, error: { code: 'provider_unavailable' } })
    expect(at.server.calls).toHaveLength(1)
  })

  test('a cut connection is retryable and its call unknown, as the provider may have worked', async () => {
    await using at = await testModel()
    at.server.script({ cut: 'before_headers' }, { cut: 'in_body' })
    for (const _ of [1, 2])
      expect(await rejection(at.forTask().generate(request))).toMatchObject({
        kind: 'retryable',
        error: { code: 'provider_unreachable', message: expect.stringContaining('the connection was cut') },
      })
    expect(at.ledger.rows.map(({ state }) => state)).toEqual(['unknown', 'unknown'])
  })

  test.each([
    ['a server that is not there', 'http://127.0.0.1:9/v1', 'bad port'],
    ['a port where nothing listens', 'http://127.0.0.1:2/v1', 'nothing listens there'],
    ['a name nobody knows', 'http://no-such-host.invalid/v1', /its name/],
  ])('%s is retryable and its call failed, as nothing was sent', async (_, url, reason) => {
    const ledger = memoryLedger()
    const task = openTestModel(url).forTask(ledger, { signal: new AbortController().signal, timeoutMs: 5_000 })
    const failure = await rejection(task.generate(request))
    expect(failure).toMatchObject({ kind: 'retryable', error: { code: 'provider_unreachable' } })
    expect(failure.message).toMatch(reason)
    expect(ledger.rows).toMatchObject([{ state: 'failed' }])
  })

  test('the circuit opens after some faults in a row, one probe tries, and an answer closes it', async () => {
    await using at = await testModel({ circuitFailures: 3, circuitOpenMs: 50 })
    at.server.script({ status: 503, times: 4 })
    for (const _ of [1, 2, 3])
      expect(await rejection(at.forTask().generate(request))).toMatchObject({ kind: 'retryable' })
    const turnedAway = await rejection(at.forTask().generate(request))
    expect(turnedAway).toMatchObject({ kind: 'rate_limited', error: { code: 'provider_down' } })
    expect(at.server.calls).toHaveLength(3)

    await until(() => at.model.throttledUntil() === null)
    const probes = await Promise.all([1, 2, 3].map(() => rejection(at.forTask().generate(request))))
    expect(probes.filter(({ kind }) => kind === 'rate_limited')).toHaveLength(2)
    expect(at.server.calls).toHaveLength(4)

    await until(() => at.model.throttledUntil() === null)
    await expect(at.forTask().generate(request)).resolves.toBeDefined()
    at.server.script({ status: 503 })
    await rejection(at.forTask().generate(request))
    await expect(at.forTask().generate(request)).resolves.toBeDefined()
  })
})

describe('F42: a provider that does not end', () => {
  test.each([
    ['no first byte', { stall: 'before_headers' }, { firstByteMs: 60 }, 'did not answer'],
    ['a stall in the middle', { stall: 'in_body' }, { idleMs: 60 }, 'stopped in the middle'],
  ] as const)('%s ends the call, destroys the socket and leaves it unknown', async (_, step, limits, words) => {
    await using at = await testModel(limits)
    at.server.script(step)
    const failure = await rejection(at.forTask().generate(request))
    expect(failure).toMatchObject({ kind: 'retryable', error: { code: 'provider_timeout' } })
    expect(failure.message).toContain(words)
    expect(at.ledger.rows).toMatchObject([{ state: 'unknown', error: { code: 'provider_timeout' } }])
    await until(() => at.server.calls[0]?.endedAt !== null)
    expect(at.server.calls[0]?.delivered).toBe(false)
  })

  test('one byte now and then ends with the whole time limit', async () => {
    await using at = await testModel({ idleMs: 1_000 })
    at.server.script({ dripMs: 20 })
    const started = performance.now()
    const failure = await rejection(at.forTask(undefined, 200).generate(request))
    expect(failure).toMatchObject({ kind: 'retryable', error: { code: 'provider_timeout' } })
    expect(performance.now() - started).toBeLessThan(1_000)
    expect(at.ledger.rows).toMatchObject([{ state: 'unknown' }])
    await until(() => at.server.calls[0]?.endedAt !== null)
  })

  test('an abort ends the call at once and leaves it unknown', async () => {
    await using at = await testModel()
    at.server.script({ stall: 'before_headers' })
    const stop = new AbortController()
    const work = at.forTask(stop.signal).generate(request)
    await until(() => at.server.calls.length === 1)
    stop.abort()
    await expect(work).rejects.toMatchObject({ name: 'AbortError' })
    expect(at.ledger.rows).toMatchObject([{ state: 'unknown', error: { code: 'aborted' } }])
    await until(() => at.server.calls[0]?.endedAt !== null)
    await expect(at.forTask(stop.signal).generate(request)).rejects.toMatchObject({ name: 'AbortError' })
    expect(at.ledger.rows).toHaveLength(1)
  })
})

describe('F43: an answer that is none', () => {
  test.each([
    ['html', 'a web page'],
    ['empty', 'nothing in it'],
    ['broken_json', 'not JSON'],
    ['no_choices', 'without an answer'],
    ['empty_content', 'an empty answer'],
  ] as const)('%s is a bad response: kept, estimated, no result', async (malformed, words) => {
    await using at = await testModel()
    at.server.script({ malformed })
    const failure = await rejection(at.forTask().generate(request))
    expect(failure).toMatchObject({
      kind: 'retryable',
      error: { code: 'provider_bad_response', requestId: expect.any(String) },
    })
    expect(failure.message).toContain(words)
    const [row] = at.ledger.rows
    expect(row).toMatchObject({
      state: 'failed',
      inputTokens: expect.any(Number),
      error: { code: 'provider_bad_response' },
    })
    expect(row?.raw).toBeDefined()
    const saysNothing = ['html', 'empty', 'broken_json'].includes(malformed)
    expect(row?.estimated).toBe(saysNothing)
  })

  test.each(['no_usage', 'negative_usage', 'huge_usage'] as const)(
    '%s is estimated and flagged (F43, F45)',
    async (malformed) => {
      await using at = await testModel()
      at.server.script({ malformed })
      await expect(at.forTask().generate(request)).resolves.toBeDefined()
      expect(at.ledger.rows).toMatchObject([{ state: 'settled', estimated: true }])
      expect(at.ledger.rows[0]?.inputTokens).toBeLessThan(200)
    },
  )

  test('a redirect is not followed, as it would carry key and text elsewhere', async () => {
    await using at = await testModel()
    at.server.script({ status: 307, headers: { location: `${at.server.url}/elsewhere` } })
    const failure = await rejection(at.forTask().generate(request))
    expect(failure).toMatchObject({ error: { code: 'provider_bad_response' } })
    expect(at.server.calls).toHaveLength(1)
  })

  test('an answer without end is cut at its cap (F45)', async () => {
    const endless = http.createServer((_, response) => {
      response.writeHead(200)
      const chunk = Buffer.alloc(1_000_000, 'x')
      const push = (): void => {
        while (!response.destroyed && response.write(chunk));
      }
      response.on('drain', push)
      push()
    })
    await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve))
    const ledger = memoryLedger()
    const model = openTestModel(`http://127.0.0.1:${(endless.address() as AddressInfo).port}/v1`)
    const task = model.forTask(ledger, { signal: new AbortController().signal, timeoutMs: 10_000 })
    const failure = await rejection(task.generate(request))
    expect(failure).toMatchObject({ kind: 'permanent', error: { code: 'answer_too_large' } })
    expect(ledger.rows).toMatchObject([{ state: 'unknown' }])
    expect(ledger.rows[0]?.raw).toHaveLength(65_536)
    endless.closeAllConnections()
    endless.close()
  })
})

describe('F44: endings that are not answers', () => {
  test.each([
    ['a refusal', { refusal: 'I cannot help with that.' }, 'refused', 'settled'],
    ['the length limit', { finish: 'length', content: '{"summary":"whole"}' }, 'truncated', 'settled'],
    ['the content filter', { finish: 'content_filter' }, 'filtered', 'settled'],
    ['the content filter as an error', { status: 400, error: { code: 'content_filter' } }, 'filtered', 'failed'],
    ['a full context', { status: 400, error: { code: 'context_length_exceeded' } }, 'context_too_long', 'failed'],
  ] as const)('%s is its own outcome, permanent and recorded', async (_, step, code, state) => {
    await using at = await testModel()
    at.server.script(step)
    const failure = await rejection(at.forTask().generate(request))
    expect(failure).toMatchObject({ kind: 'permanent', error: { code, advice: expect.any(String) } })
    expect(at.ledger.rows).toMatchObject([{ state, error: { code } }])
    const wasCharged = state === 'settled'
    expect((at.ledger.rows[0]?.outputTokens ?? 0) > 0).toBe(wasCharged)
  })

  test.each(['error_in_200', 'error_in_stream'] as const)('%s is the error that it says', async (malformed) => {
    await using at = await testModel()
    at.server.script({ malformed })
    const failure = await rejection(at.forTask().generate(request))
    expect(failure).toMatchObject({ kind: 'retryable', error: { code: 'provider_unavailable' } })
    expect(failure.message).toContain('The upstream had a fault')
  })
})

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('it did not happen within 5 s')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
