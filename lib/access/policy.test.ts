import { describe, expect, test } from 'vitest'
import { Forbidden } from '#lib/errors.ts'
import type { Access } from './actor.ts'
import { type Action, may, POLICY, refusal, requireAccess } from './policy.ts'

const WHO = {
  owner: { role: 'owner', operator: false },
  admin: { role: 'admin', operator: false },
  member: { role: 'member', operator: false },
  viewer: { role: 'viewer', operator: false },
  operator: { role: 'viewer', operator: true },
  'run key': { scopes: ['run'] },
  'read key': { scopes: ['read'] },
  system: 'system',
} as const satisfies Record<string, Access>

/** Who may do what, once more and independently of the table: a change there has to be meant. */
const ALLOWED: Record<Action, (keyof typeof WHO)[]> = {
  'task.read': ['owner', 'admin', 'member', 'viewer', 'operator', 'read key'],
  'task.submit': ['owner', 'admin', 'member', 'run key'],
  'task.cancel': ['owner', 'admin', 'member', 'run key'],
  'task.retry': ['owner', 'admin', 'member', 'run key'],
  'run.read': ['owner', 'admin', 'member', 'viewer', 'operator', 'read key'],
  'run.start': ['owner', 'admin', 'member', 'run key'],
  'run.cancel': ['owner', 'admin', 'member', 'run key'],
  'run.skip': ['owner', 'admin', 'member', 'run key'],
  'run.decide': ['owner', 'admin', 'member'],
  'workflow.change': ['owner', 'admin', 'member', 'run key'],
  'batch.read': ['owner', 'admin', 'member', 'viewer', 'operator', 'read key'],
  'batch.start': ['owner', 'admin', 'member', 'run key'],
  'batch.change': ['owner', 'admin', 'member', 'run key'],
  'document.read': ['owner', 'admin', 'member', 'viewer', 'operator', 'read key'],
  'document.upload': ['owner', 'admin', 'member', 'run key'],
  'document.delete': ['owner', 'admin', 'member', 'run key'],
  'worker.read': ['owner', 'admin', 'member', 'viewer', 'operator', 'read key'],
  'price.read': ['owner', 'admin', 'member', 'viewer', 'operator', 'read key'],
  'price.change': ['operator'],
  'pool.change': ['operator'],
  'key.read': ['owner', 'admin'],
  'trigger.change': ['owner', 'admin', 'member', 'run key'],
  'secret.change': ['owner', 'admin'],
  'secret.read': ['owner', 'admin'],
  'key.change': ['owner', 'admin'],
}

describe('policy', () => {
  test('names every action', () => {
    expect(Object.keys(ALLOWED).toSorted()).toEqual(Object.keys(POLICY).toSorted())
  })

  const cases = Object.entries(ALLOWED).flatMap(([action, allowed]) =>
    Object.keys(WHO).map(
      (who) => [who, action as Action, who === 'system' || (allowed as string[]).includes(who)] as const,
    ),
  )
  test.each(cases)('%s, %s: %s', (who, action, allowed) => {
    const access = WHO[who as keyof typeof WHO]
    expect(may(access, action)).toBe(allowed)
    expect(refusalOf(access, action)).toBe(allowed ? null : refusal(access, action))
  })

  test('the refusal says what is missing and who has it', () => {
    expect(() => requireAccess({ access: WHO.viewer }, 'task.submit')).toThrow(/role may not submit tasks.*member/)
    expect(() => requireAccess({ access: WHO['read key'] }, 'task.submit')).toThrow(/lacks the scope "run"/)
    expect(() => requireAccess({ access: WHO.owner }, 'pool.change')).toThrow(/operator/)
  })
})

function refusalOf(access: Access, action: Action): string | null {
  try {
    requireAccess({ access }, action)
    return null
  } catch (error) {
    return error instanceof Forbidden ? error.message : 'another error'
  }
}
