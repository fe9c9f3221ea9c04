// Addresses and headers by which pages were reached past their checks before, and addresses that moved.
import type { APIRequestContext } from '@playwright/test'
import { renameSlug } from '#lib/workspaces/slugs.ts'
import { expect, newPerson, type Person, test } from './fixtures.ts'

const CANARY = 'heliotrope-canary'
const task = {
  worker: 'summarizer',
  engine: 'rules',
  title: CANARY,
  input: { text: `A letter about ${CANARY}. It came late.` },
}

/** Ways in which pages were reached past their checks before. */
const PROBES: [string, (path: string) => { url: string; headers?: Record<string, string> }][] = [
  ['plain', (path) => ({ url: path })],
  ['.rsc', (path) => ({ url: `${path}.rsc`, headers: { rsc: '1' } })],
  ['?_rsc=', (path) => ({ url: `${path}?_rsc=abc12`, headers: { rsc: '1' } })],
  ['prefetch', (path) => ({ url: path, headers: { rsc: '1', 'next-router-prefetch': '1' } })],
  [
    'segment prefetch',
    (path) => ({
      url: path,
      headers: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
    }),
  ],
  ['segment file', (path) => ({ url: `${path}.segments/_tree.segment.rsc`, headers: { rsc: '1' } })],
  ['index segment file', (path) => ({ url: `${path}.segments/_index.segment.rsc`, headers: { rsc: '1' } })],
  ['subrequest', (path) => ({ url: path, headers: { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' } })],
  [
    'src subrequest',
    (path) => ({ url: path, headers: { 'x-middleware-subrequest': 'src/middleware:src/middleware' } }),
  ],
  ['x-nextjs-data', (path) => ({ url: path, headers: { 'x-nextjs-data': '1' } })],
  ['data file', (path) => ({ url: `/_next/data/build${path}.json`, headers: { 'x-nextjs-data': '1' } })],
  [
    'rewritten',
    (path) => ({ url: '/', headers: { 'x-middleware-rewrite': path, 'x-rewrite-url': path, 'x-original-url': path } }),
  ],
  ['matched path', (path) => ({ url: '/sign-in', headers: { 'x-matched-path': path, 'x-invoke-path': path } })],
  ['injected parameters', (path) => ({ url: `${path}?nxtPworkspace=other&workspace=other`, headers: { rsc: '1' } })],
  ['double slash', (path) => ({ url: `/${path}` })],
  ['encoded', (path) => ({ url: path.replace('/w/', '/%77/') })],
  [
    'forged page headers',
    (path) => ({ url: path, headers: { 'x-baton-path': path, 'x-nonce': 'abc', 'x-request-id': 'abc' } }),
  ],
]

test.describe('F57: addresses past the checks', () => {
  const paths = (person: Person, taskId: string) => [
    `/w/${person.workspace.slug}`,
    `/w/${person.workspace.slug}/history`,
    `/w/${person.workspace.slug}/tasks/${taskId}`,
    `/w/${person.workspace.id}/workers`,
    '/account',
    '/setup',
  ]

  test('without a session no page gives a byte of a workspace, and none redirects in circles', async ({
    submit,
    person,
    playwright,
    running,
  }) => {
    const { id } = await submit(task)
    const visitor = await playwright.request.newContext({ baseURL: running.baseUrl })
    await probe(visitor, running.baseUrl, paths(person, id), [CANARY, person.workspace.name, person.email])
    await visitor.dispose()
  })

  test('a member of another workspace gets none either', async ({ submit, person, playwright, running, database }) => {
    const { id } = await submit(task)
    const stranger = await newPerson(database)
    const visitor = await playwright.request.newContext({ baseURL: running.baseUrl })
    await signInOver(visitor, stranger, running.baseUrl)
    await probe(visitor, running.baseUrl, paths(person, id).slice(0, 4), [CANARY, person.workspace.name, person.email])
    const unknown = await visitor.get('/w/no-such-workspace/history')
    const foreign = await visitor.get(`/w/${person.workspace.slug}/history`)
    expect([unknown.status(), foreign.status()]).toEqual([404, 404])
    await visitor.dispose()
  })

  async function probe(request: APIRequestContext, baseUrl: string, addresses: string[], secrets: string[]) {
    for (const path of addresses)
      for (const [name, build] of PROBES) {
        const { url, headers } = build(path)
        const response = await request.get(baseUrl + url, { headers, maxRedirects: 6 }).catch((error: Error) => error)
        if (response instanceof Error) throw new Error(`${name} of ${path}: ${response.message.split('\n')[0]}`)
        const body = (await response.body()).toString('utf8')
        for (const secret of secrets) expect(body.includes(secret), `${name} of ${path} shows ${secret}`).toBe(false)
        expect(response.status(), `${name} of ${path}`).toBeLessThan(500)
      }
  }
})

test('a former address of a workspace leads to the present one, query and all', async ({
  page,
  person,
  at,
  database,
}) => {
  const former = at('history')
  const slug = await database.db.transaction((tx) =>
    renameSlug(tx, person.workspace.id, `${person.workspace.name} now`),
  )
  await page.goto(`${former}?status=failed`)
  await expect(page).toHaveURL(`/w/${slug}/history?status=failed`)
  await page.goto(`/w/${person.workspace.id}/history`)
  await expect(page).toHaveURL(`/w/${slug}/history`)
})

test('an address that the client claims for itself is not believed', async ({ request, person, running, database }) => {
  const { email, password } = person
  await request.post(`${running.baseUrl}/api/auth/sign-in/email`, {
    data: { email, password },
    headers: { origin: running.baseUrl, 'x-forwarded-for': '203.0.113.7' },
  })
  const { rows } = await database.pool.query('select distinct ip_address from sessions where user_id = $1', [person.id])
  expect(rows).toEqual([{ ip_address: '127.0.0.1' }])
})

async function signInOver(request: APIRequestContext, person: Person, baseUrl: string) {
  const { email, password } = person
  const answer = await request.post('/api/auth/sign-in/email', {
    data: { email, password },
    headers: { origin: baseUrl },
  })
  expect(answer.status()).toBe(200)
}
