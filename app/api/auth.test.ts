import { afterAll, beforeAll, expect, test } from 'vitest'
import { createUser } from '#lib/access/users.ts'
import { POST } from '#app/api/auth/[...all]/route.ts'
import { ORIGIN, testApi, type TestApi } from './test-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

const signIn = (body: BodyInit, headers: Record<string, string> = {}) =>
  POST(
    new Request(`${ORIGIN}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers },
      body,
      ...(body instanceof ReadableStream ? { duplex: 'half' as const } : {}),
    }),
  )

test('F69: what a stranger sends to sign in is refused above a small limit while it streams', async () => {
  let pulled = 0
  const long = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pulled += 1
      if (pulled === 100) controller.close()
      else controller.enqueue(new Uint8Array(10_000).fill(32))
    },
  })
  const streamed = await signIn(long)
  expect(streamed.status).toBe(413)
  expect(await streamed.json()).toMatchObject({
    code: 'too_large',
    detail: 'The request is larger than 100 kB, the limit of this address.',
  })
  expect(pulled).toBeLessThan(20)
  expect((await signIn('{}', { 'content-length': '10000000' })).status).toBe(413)
  expect((await signIn(JSON.stringify({ email: 'x'.repeat(100_000), password: 'x' }))).status).toBe(413)
})

test('a form of usual size is read as it was sent', async () => {
  const account = { email: 'maya@example.com', password: 'passphrase with \u00e9 and \u65e5\u672c' }
  await createUser(api.database.app.db, { name: 'Maya', ...account, operator: false })
  const response = await signIn(JSON.stringify(account))
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ user: { email: account.email } })
  expect((await signIn(JSON.stringify({ ...account, password: 'another' }))).status).toBe(401)
})
