// What a model call leaves behind: a row before it is sent, settled afterwards, so that none is ever hidden.
import type { CallState, TaskError } from './states.ts'

export type CallIntent = {
  provider: string
  model: string
  endpointHost: string
  mode: 'json_schema' | 'json_object' | 'prompt'
  purpose: 'first' | 'repair'
  /** Tokens that it cannot exceed: what they would cost is reserved where there is a budget. */
  most: { inputTokens: number; outputTokens: number }
}

/** `unknown`: no complete answer came, so the provider may have worked and charged or not. */
export type CallEnd = {
  state: Exclude<CallState, 'sent'>
  requestId?: string
  usage?: Record<string, unknown>
  inputTokens?: number
  cachedTokens?: number
  cacheWriteTokens?: number
  outputTokens?: number
  reasoningTokens?: number
  /** The counts are our estimate: the provider sent none, or impossible ones. */
  estimated?: boolean
  error?: TaskError
  raw?: string
}

export type CallLedger = {
  begin: (intent: CallIntent) => Promise<string>
  settle: (id: string, end: CallEnd) => Promise<void>
}
