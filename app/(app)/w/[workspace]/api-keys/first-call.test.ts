import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { ApiKey } from '#lib/access/keys.ts'
import { submitRequest } from '#lib/tasks/requests.ts'
import { curlFor, headlineOf, stepsOf } from './first-call.ts'

const key: ApiKey = {
  id: '019abc00-0000-7000-8000-000000000001',
  name: 'intake',
  prefix: 'bt_9vTe',
  last4: 'Hq7s',
  scopes: ['run', 'read'],
  createdBy: null,
  createdAt: '2026-11-24T09:00:00.000Z',
  lastUsedAt: null,
  lastUsedIp: null,
  lastUsedStatus: null,
  revokedAt: null,
}
const used = (status: number): ApiKey => ({ ...key, lastUsedAt: '2026-11-24T09:01:00.000Z', lastUsedStatus: status })

describe('the first call of a key', () => {
  it('ticks from made over called to the first result', () => {
    expect(stepsOf(key, null)).toEqual({ call: 'now', result: 'later' })
    expect(stepsOf(used(201), null)).toEqual({ call: 'done', result: 'now' })
    expect(stepsOf(used(201), { ended: false })).toEqual({ call: 'done', result: 'now' })
    expect(stepsOf(used(201), { ended: true })).toEqual({ call: 'done', result: 'done' })
  })

  it('says that a call was refused, and forgets it once one has worked', () => {
    expect(stepsOf(used(403), null)).toEqual({ call: 'refused', result: 'later' })
    expect(stepsOf(used(404), { ended: true })).toEqual({ call: 'done', result: 'done' })
  })

  it('has no result to wait for when the key only reads', () => {
    expect(stepsOf({ ...key, scopes: ['read'] }, null)).toEqual({ call: 'now', result: null })
  })

  it('is a command that a shell reads as it was meant, with a request that is accepted', () => {
    const command = curlFor({
      origin: 'http://127.0.0.1:3000',
      workspace: 'northgate',
      secret: 'bt_x',
      scopes: ['run'],
    })
    const words = execFileSync('bash', ['-c', `curl() { printf '%s\\0' "$@"; }; ${command}`], {
      encoding: 'utf8',
    }).split('\0')
    expect(words.slice(0, 3)).toEqual([
      'http://127.0.0.1:3000/api/v1/workspaces/northgate/tasks',
      '-H',
      'Authorization: Bearer bt_x',
    ])
    expect(submitRequest.safeParse(JSON.parse(words[words.indexOf('-d') + 1] ?? '')).success).toBe(true)
  })
})

it('the headline counts the keys and names what is odd', () => {
  expect(headlineOf([])).toBe('No API keys yet')
  expect(headlineOf([used(200)])).toBe('One API key')
  expect(headlineOf([key])).toBe('One API key, not used yet')
  expect(headlineOf([key, used(200), used(200)])).toBe('Three API keys, one never used')
})
