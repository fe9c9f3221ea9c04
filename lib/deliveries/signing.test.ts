// The secret that calls are signed with, and what becomes of it when it is replaced.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Forbidden } from '#lib/errors.ts'
import { isSignedBy, signedHeaders } from '#lib/outbound/sign.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { rotateSigningSecret, showSigningSecret, signingSecrets } from './signing.ts'

vi.hoisted(() => {
  process.env['BATON_SECRET'] = 'a secret for tests, longer than 32 letters'
})

let tested: Tested
beforeAll(async () => {
  tested = await testWorkspace()
})
afterAll(() => tested.drop())

const inUse = () => tested.act(({ tx, workspaceId }) => signingSecrets(tx, workspaceId))
const rotate = (request = {}) => tested.act((ctx) => rotateSigningSecret(ctx, request))

test('for a day calls are signed with the new secret and the one before, then with the new one alone', async () => {
  const [first = ''] = await inUse()
  const { secret: second, earlierUntil } = await rotate()
  expect(earlierUntil).not.toBeNull()
  expect(await inUse()).toEqual([second, first])
  const call = { id: 'msg_1', body: '{}', at: new Date() }
  const signed = { body: '{}', headers: new Headers(signedHeaders(await inUse(), call)) }
  expect(signed.headers.get('webhook-signature')?.split(' ')).toHaveLength(2)
  expect([isSignedBy(first, signed), isSignedBy(second, signed)]).toEqual([true, true])
  expect(await tested.act(showSigningSecret)).toEqual({ secret: second, earlierUntil })
  await tested.database.admin.query(`update secrets set created_at = now() - interval '25 hours'`)
  expect(await inUse()).toEqual([second])
  const { secret: third } = await rotate({ endEarlier: true })
  expect(await inUse()).toEqual([third])
})

test('two that replace it at once leave the last one and the one before it', async () => {
  const made = await Promise.all([rotate(), rotate()])
  expect((await inUse()).toSorted()).toEqual(made.map(({ secret }) => secret).toSorted())
})

test('members and other workspaces do not reach it', async () => {
  const member = { access: { role: 'member', operator: false } } as const
  await expect(tested.act((ctx) => rotateSigningSecret(ctx), member)).rejects.toThrow(Forbidden)
  const workspace = await tested.database.workspace()
  const before = await inUse()
  await tested.act((ctx) => rotateSigningSecret(ctx), { workspace })
  expect(await inUse()).toEqual(before)
})
