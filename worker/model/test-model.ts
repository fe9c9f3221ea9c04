// For tests: a scripted server, a model opened on it, and a ledger that keeps its rows in memory.
import type { CallEnd, CallIntent, CallLedger } from '#lib/tasks/calls.ts'
import { openModelServer, type ServerOptions } from '../../e2e/model-server.ts'
import { type ModelLimits, openModel } from './client.ts'
import { ProviderError } from './errors.ts'

export type LedgerRow = CallIntent & { id: string } & Partial<CallEnd>

export function memoryLedger(): CallLedger & { rows: LedgerRow[] } {
  const rows: LedgerRow[] = []
  return {
    rows,
    begin: async (intent) => {
      const id = `call-${rows.length + 1}`
      rows.push({ id, ...intent })
      return id
    },
    settle: async (id, end) => {
      const row = rows.find((candidate) => candidate.id === id)
      if (!row || row.state) throw new Error(`settled twice or never begun: ${id}`)
      Object.assign(row, end)
    },
  }
}

export async function testModel(limits: Partial<ModelLimits> = {}, options: ServerOptions = {}) {
  const server = await openModelServer(options)
  const model = openTestModel(server.url, limits)
  const ledger = memoryLedger()
  const forTask = (signal: AbortSignal = new AbortController().signal, timeoutMs = 5_000) =>
    model.forTask(ledger, { signal, timeoutMs })
  return { server, model, ledger, forTask, [Symbol.asyncDispose]: server.close }
}

export function openTestModel(baseURL: string, limits: Partial<ModelLimits> = {}) {
  const endpointHost = new URL(baseURL).host
  return openModel({ apiKey: 'test-key-0123456789', baseURL, model: 'fake-model', endpointHost }, limits)
}

/** The provider's failure that ends the work; anything else ends the test. */
export async function rejection(work: Promise<unknown>): Promise<ProviderError> {
  const error = await work.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof ProviderError) return error
  throw error
}
