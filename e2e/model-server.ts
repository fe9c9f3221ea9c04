// A server that speaks the OpenAI protocol and does as it is told: for tests, `npm run prove`, the benchmark and, as
// `npm run fake-model`, for trying Baton with a model that costs nothing. Unscripted requests get a valid answer.
import { randomUUID } from 'node:crypto'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { type ChatRequest, completionOf, type Step, usageOf } from './model-completion.ts'
import { MALFORMED } from './model-faults.ts'

export type AskedFor = 'json_schema' | 'json_object' | 'prompt'

export type ServerOptions = {
  port?: number
  /** Before every answer, also those not scripted. */
  delayMs?: number
  /** Forms of asking that this server refuses with 400. */
  refuses?: AskedFor[]
  /** Cuts prompts silently at so many tokens, and says so only in the usage. */
  contextTokens?: number
}

export type JournalEntry = {
  id: string
  at: string
  path: string
  authorization: string | undefined
  clientRequestId: string | undefined
  mode: AskedFor
  body: ChatRequest | null
  status: number | null
  usage: Record<string, unknown> | null
  /** The last byte of the answer left. */
  delivered: boolean
  endedAt: string | null
}

export type ModelServer = {
  /** With /v1: what OPENAI_BASE_URL is set to. */
  url: string
  port: number
  calls: JournalEntry[]
  script: (...steps: Step[]) => void
  reset: () => void
  close: () => Promise<void>
}

export async function openModelServer(options: ServerOptions = {}): Promise<ModelServer> {
  const calls: JournalEntry[] = []
  let steps: Step[] = []
  const server = http.createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500)
      response.end(String(error))
    })
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readBody(request)
    if (request.url?.startsWith('/control/')) return control(request, response, text)
    const body = text ? (JSON.parse(text) as ChatRequest) : null
    const entry = journal(request, body)
    calls.push(entry)
    response.on('finish', () => (entry.delivered = true))
    response.on('close', () => (entry.endedAt = new Date().toISOString()))
    if (request.url?.endsWith('/models')) return reply(response, entry, 200, { object: 'list', data: MODELS })
    const step = takeStep(text)
    await wait((step.delayMs ?? 0) + (options.delayMs ?? 0), response)
    await answer(response, entry, step)
  }

  function takeStep(text: string): Step {
    const step = steps.find(({ when }) => when === undefined || text.includes(when))
    if (!step) return {}
    if (step.times === undefined || step.times === 1) steps = steps.filter((other) => other !== step)
    else if (step.times > 1) step.times -= 1
    return step
  }

  async function answer(response: ServerResponse, entry: JournalEntry, step: Step): Promise<void> {
    if (step.stall === 'before_headers') return
    if (step.cut === 'before_headers') return void response.destroy()
    if (options.refuses?.includes(entry.mode)) {
      const message = `'response_format.type' ${entry.mode} is not supported by this server`
      return reply(response, entry, 400, { error: { message, type: 'invalid_request_error', code: null } })
    }
    if (step.status !== undefined && step.status >= 400)
      return reply(response, entry, step.status, step.body ?? { error: { message: 'scripted', ...step.error } }, step)
    const usage = step.usage === undefined ? usageOf(entry.body, step, options.contextTokens) : step.usage
    const completion = completionOf(entry.id, entry.body, step, usage)
    const body = step.malformed ? MALFORMED[step.malformed](completion) : (step.body ?? completion)
    if (typeof body === 'object' && 'usage' in body) entry.usage = usage
    await reply(response, entry, step.status ?? 200, body, step)
  }

  async function control(request: IncomingMessage, response: ServerResponse, text: string): Promise<void> {
    if (request.method === 'POST') steps.push(...(JSON.parse(text) as Step[]))
    if (request.method === 'DELETE') reset()
    response.end(JSON.stringify(request.method === 'GET' ? calls : {}))
  }

  function reset(): void {
    steps = []
    calls.length = 0
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    calls,
    script: (...more) => void steps.push(...more),
    reset,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

const MODELS = ['fake-model', 'gpt-4.1-mini'].map((id) => ({ id, object: 'model', created: 1, owned_by: 'fake' }))

function journal(request: IncomingMessage, body: ChatRequest | null): JournalEntry {
  const type = body?.response_format?.type
  const header = (name: string): string | undefined => [request.headers[name]].flat()[0]
  return {
    id: `req_${randomUUID()}`,
    at: new Date().toISOString(),
    path: request.url ?? '',
    authorization: header('authorization'),
    clientRequestId: header('x-client-request-id'),
    mode: type === 'json_schema' || type === 'json_object' ? type : 'prompt',
    body,
    status: null,
    usage: null,
    delivered: false,
    endedAt: null,
  }
}

async function reply(
  response: ServerResponse,
  entry: JournalEntry,
  status: number,
  body: string | object,
  step: Step = {},
): Promise<void> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  entry.status = status
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': entry.id, ...step.headers })
  if (step.stall === 'in_body' || step.cut === 'in_body') {
    response.write(text.slice(0, text.length / 2))
    await wait(20, response)
    if (step.cut) response.destroy()
    return
  }
  if (step.dripMs === undefined) return void response.end(text)
  for (const byte of Buffer.from(text)) {
    if (response.destroyed) return
    response.write(Buffer.of(byte))
    await wait(step.dripMs, response)
  }
  response.end()
}

/** Ends early when the caller has gone. */
function wait(ms: number, response: ServerResponse): Promise<void> {
  if (ms <= 0) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    function done(): void {
      clearTimeout(timer)
      response.off('close', done)
      resolve()
    }
    response.once('close', done)
  })
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '8089' }, delay: { type: 'string', default: '200' } },
  })
  const server = await openModelServer({ port: Number(values.port), delayMs: Number(values.delay) })
  console.log(`A fake model answers at ${server.url}. Its texts begin with "Fake model:".`)
  console.log(`Start Baton with it: OPENAI_BASE_URL=${server.url} OPENAI_MODEL=fake-model npm start`)
}
