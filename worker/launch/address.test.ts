import { expect, test } from 'vitest'
import { parseEnv } from '#lib/env.ts'
import { holdPort } from './address.ts'

test('while Baton starts, programs are told so in their own form and people see a page', async () => {
  const { port, release } = await holdPort(parseEnv({}))
  const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
  const program = await ask('/api/v1/workspaces/a/tasks')
  expect(program.status).toBe(503)
  expect(program.headers.get('content-type')).toBe('application/problem+json')
  expect(program.headers.get('retry-after')).toBe('2')
  expect(await program.json()).toMatchObject({ status: 503, code: 'starting', detail: 'Baton is starting.' })
  const person = await ask('/sign-in')
  expect(person.status).toBe(503)
  expect(person.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(await person.text()).toContain('Baton is starting')
  await release()
})
