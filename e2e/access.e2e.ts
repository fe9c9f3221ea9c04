// Who sees and does what, tried past the interface: other sites, roles and sessions that change while a page is open.
import type { Page, Request } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { createUser } from '#lib/access/users.ts'
import { members, sessions } from '#lib/db/auth-schema.ts'
import type { OpenDatabase } from '#lib/db/client.ts'
import type { Role } from '#lib/access/actor.ts'
import { expect, type Person, settled, test } from './fixtures.ts'

const CANARY = 'heliotrope-canary'
const task = {
  worker: 'summarizer',
  engine: 'rules',
  title: CANARY,
  input: { text: `A letter about ${CANARY}. It came late.` },
}

test.describe('F58: a viewer', () => {
  test('reads, but is told why they can write nothing', async ({ page, person, at, database, submit }) => {
    const { id } = await submit(task)
    await setRole(database, person, 'viewer')
    await page.goto(at('history'))
    await expect(page.getByText(CANARY).first()).toBeVisible()
    for (const [path, data] of [
      ['tasks', task],
      [`tasks/${id}/cancel`, {}],
      [`tasks/${id}/retry`, {}],
      ['api-keys', { name: 'mine', scopes: ['run'] }],
      ['documents?name=mine.txt', { text: 'mine' }],
    ] as const) {
      const url = `/api/v1/workspaces/${person.workspace.slug}/${path}`
      const answer = await page.request.post(url, { data, headers: { origin: new URL(page.url()).origin } })
      expect(answer.status(), path).toBe(403)
    }
  })

  test('is refused by an action of a page that was opened with more rights', async ({ page, person, database }) => {
    await page.goto('/setup')
    await expect(page.getByRole('button', { name: 'Run all six' })).toBeVisible()
    await setRole(database, person, 'viewer')
    await page.getByRole('button', { name: 'Run all six' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'Your role may not submit tasks' })).toBeVisible()
    const url = `/api/v1/workspaces/${person.workspace.slug}/tasks`
    expect((await (await page.request.get(url)).json()).items).toEqual([])
  })
})

test('F59: who is taken out of the workspace finds it gone on the next click', async ({
  page,
  person,
  at,
  database,
}) => {
  await page.goto(at('history'))
  await settled(page)
  await expect(page.getByText(person.workspace.name).first()).toBeVisible()
  await database.db.delete(members).where(eq(members.userId, person.id))
  const answer = await page.request.get(`/api/v1/workspaces/${person.workspace.slug}/tasks`)
  expect(answer.status()).toBe(404)
  const reloaded = await page.reload()
  expect(reloaded?.status()).toBe(404)
  await expect(page.getByText('There is nothing at this address')).toBeVisible()
  await expect(page.getByText(person.workspace.name)).toHaveCount(0)
})

test.describe('F60: a session that was ended', () => {
  test('is refused by the next page, the next request and the next action', async ({ page, person, at, database }) => {
    await page.goto('/account')
    await settled(page)
    await database.db.delete(sessions).where(eq(sessions.userId, person.id))
    await page.getByLabel('Name', { exact: true }).fill('Somebody Else')
    await page.getByRole('button', { name: 'Save name' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'You are no longer signed in' })).toBeVisible()
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Somebody Else')
    const { rows } = await database.pool.query('select name from users where id = $1', [person.id])
    expect(rows).toEqual([{ name: person.name }])
    expect((await page.request.get(`/api/v1/workspaces/${person.workspace.slug}/tasks`)).status()).toBe(401)
    await page.goto(at('history'))
    await expect(page).toHaveURL(/\/sign-in\?next=/)
  })
})

test.describe('F61: other sites', () => {
  test('a replayed action is refused from a foreign origin, from null and from none', async ({
    page,
    database,
    person,
    running,
  }) => {
    const action = await captureAction(page)
    const name = async () =>
      (await database.pool.query('select name from users where id = $1', [person.id])).rows[0].name
    const before = await name()
    const forged = action.body.replace('Renamed Once', 'Renamed By Another Site')
    for (const [label, origin] of [
      ['foreign', 'http://evil.example'],
      ['null', 'null'],
      ['none', null],
      ['other port', running.baseUrl.replace(/\d+$/, '1')],
    ] as const) {
      const headers: Record<string, string> = { ...action.headers, cookie: action.cookie }
      delete headers['origin']
      if (origin !== null) headers['origin'] = origin
      const answer = await fetch(action.url, { method: 'POST', headers, body: forged, redirect: 'manual' })
      expect(answer.status, label).toBe(403)
    }
    const crossSite = { ...action.headers, cookie: action.cookie, 'sec-fetch-site': 'cross-site' }
    expect((await fetch(action.url, { method: 'POST', headers: crossSite, body: forged })).status).toBe(403)
    expect(await name()).toBe(before)
  })

  test('the HTTP interface refuses a cookie from another origin and takes its own', async ({
    page,
    person,
    running,
  }) => {
    const url = `/api/v1/workspaces/${person.workspace.slug}/tasks`
    for (const origin of ['http://evil.example', 'null', undefined]) {
      const answer = await page.request.post(url, { data: task, headers: origin ? { origin } : {} })
      expect(answer.status(), String(origin)).toBe(403)
    }
    expect((await page.request.post(url, { data: task, headers: { origin: running.baseUrl } })).status()).toBe(201)
  })
})

test('pages forbid framing, foreign scripts and caching; the cookie is out of reach of scripts', async ({
  page,
  at,
  context,
}) => {
  for (const path of [at(), at('history'), '/account', '/setup', '/sign-in', '/no-such-page', at('tasks/nothing')]) {
    const response = await page.request.get(path)
    const headers = response.headers()
    const policy = headers['content-security-policy'] ?? ''
    expect(policy, path).toMatch(/script-src 'self' 'nonce-[\w+/=]{24}' 'strict-dynamic';/)
    for (const rule of [
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "connect-src 'self'",
      "img-src 'self' data:",
      "form-action 'self'",
    ])
      expect(policy, path).toContain(rule)
    expect(policy, path).not.toContain('unsafe-eval')
    expect(headers['cache-control'], path).toContain('no-store')
    expect(headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    })
    expect(headers['x-powered-by'], path).toBeUndefined()
  }
  const [cookie] = await context.cookies()
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
})

test('no page breaks its own content security policy', async ({ page, at }) => {
  const broken: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/i.test(message.text())) broken.push(message.text())
  })
  for (const path of [at(), at('history'), at('tasks/new'), '/account', '/setup']) {
    await page.goto(path)
    await settled(page)
  }
  expect(broken).toEqual([])
})

async function setRole({ db }: OpenDatabase, person: Person, role: Role) {
  const owner = await createUser(db, {
    name: 'Other',
    email: `other-${uuidv7()}@example.com`,
    password: 'the other old phrase',
  })
  await db
    .insert(members)
    .values({ id: uuidv7(), organizationId: person.workspace.id, userId: owner.id, role: 'owner' })
  await db.update(members).set({ role }).where(eq(members.userId, person.id))
}

/** A real call of a server action, to send again with other headers. */
async function captureAction(page: Page) {
  await page.goto('/account')
  await settled(page)
  const sent = page.waitForRequest(
    (request: Request) => request.method() === 'POST' && 'next-action' in request.headers(),
  )
  await page.getByLabel('Name', { exact: true }).fill('Renamed Once')
  await page.getByRole('button', { name: 'Save name' }).click()
  const request = await sent
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Renamed Once')
  const all = await request.allHeaders()
  const kept = Object.entries(all).filter(([name]) => /^(next-|content-type$|accept$|rsc$|origin$)/.test(name))
  return {
    url: request.url(),
    headers: Object.fromEntries(kept),
    cookie: all['cookie'] ?? '',
    body: request.postData() ?? '',
  }
}
