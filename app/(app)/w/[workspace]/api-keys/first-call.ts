// How far a new key has come, and the call that takes it there. Pure.
import { spelled } from '#app/_ui/format.ts'
import type { ApiKeyScope } from '#lib/access/actor.ts'
import type { ApiKey } from '#lib/access/keys.ts'

export type Step = 'done' | 'now' | 'refused' | 'later'

/** Steps of a new key: made, called, and for a key that runs tasks, its first result. */
export function stepsOf(key: ApiKey, firstTask: { ended: boolean } | null): { call: Step; result: Step | null } {
  const status = key.lastUsedStatus
  const called = key.lastUsedAt !== null
  const worked = called && status !== null && status < 400
  const runs = key.scopes.includes('run')
  const call = worked || firstTask !== null ? 'done' : called ? 'refused' : 'now'
  if (!runs) return { call, result: null }
  return { call, result: firstTask?.ended ? 'done' : call === 'done' ? 'now' : 'later' }
}

const WHY: Record<number, string> = {
  400: 'the request was not well formed',
  403: 'the key lacks the scope for it',
  404: 'nothing is at that address',
  409: 'what it asked for had changed meanwhile',
  413: 'it was larger than the address takes',
  415: 'its body was not JSON',
  422: 'a field of it was not accepted',
  429: 'there were too many requests',
}

/** Why a call was refused, for people. */
export function refusalOf(status: number): string {
  return WHY[status] ?? (status >= 500 ? 'the server could not do it' : 'it was not accepted')
}

export const SAMPLE_TEXT = 'The roof leaks since Monday. Please send someone before Friday.'

/** A command that works as it is: runs a sample where the key may, else reads tasks. Costs nothing. */
export function curlFor({
  origin,
  workspace,
  secret,
  scopes,
}: {
  origin: string
  workspace: string
  secret: string
  scopes: readonly ApiKeyScope[]
}): string {
  const base = `${origin}/api/v1/workspaces/${workspace}`
  const key = `-H "Authorization: Bearer ${secret}"`
  if (!scopes.includes('run')) return `curl ${base}/workers \\\n  ${key}`
  const body = { worker: 'summarizer', engine: 'rules', input: { text: SAMPLE_TEXT } }
  return `curl ${base}/tasks \\\n  ${key} \\\n  -H "Content-Type: application/json" \\\n  -d '${JSON.stringify(body)}'`
}

/** "Three API keys, one never used". */
export function headlineOf(live: readonly ApiKey[]): string {
  const unused = live.filter((key) => key.lastUsedAt === null).length
  const count = spelled(live.length)
  const keys = `${count} API ${live.length === 1 ? 'key' : 'keys'}`
  if (live.length === 0) return 'No API keys yet'
  if (unused === 0) return keys
  if (unused === live.length) return `${keys}, ${live.length === 1 ? 'not used yet' : 'none used yet'}`
  return `${keys}, ${spelled(unused).toLowerCase()} never used`
}
