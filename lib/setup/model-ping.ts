// Asks the model's server for its list of models: reaches it, shows that the key works, and costs nothing.
import type { ModelSettings } from '#lib/env.ts'

export type Ping = { ok: true; ms: number } | { ok: false; what: string; advice: string }

const TIMEOUT_MS = 4_000

export async function pingModel({ apiKey, baseURL, endpointHost }: ModelSettings): Promise<Ping> {
  const started = performance.now()
  try {
    const response = await fetch(`${(baseURL ?? 'https://api.openai.com/v1').replace(/\/+$/, '')}/models`, {
      headers: { authorization: `Bearer ${apiKey}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    await response.body?.cancel()
    if (response.status === 401 || response.status === 403)
      return {
        ok: false,
        what: `${endpointHost} refuses the key.`,
        advice: 'Check OPENAI_API_KEY in .env, then start Baton again.',
      }
    // A server may keep no list and still answer: what counts is that it is there.
    if (response.status < 500) return { ok: true, ms: performance.now() - started }
    return { ok: false, what: `${endpointHost} answers with ${response.status}.`, advice: 'Look at that server’s log.' }
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError'
    return {
      ok: false,
      what: late ? `${endpointHost} does not answer within 4 s.` : `${endpointHost} cannot be reached.`,
      advice:
        'Check that the server runs and that OPENAI_BASE_URL names it. Tasks for a model wait; the built-in engine works.',
    }
  }
}
