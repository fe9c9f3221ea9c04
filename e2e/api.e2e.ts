import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { expect, settled, test } from './fixtures.ts'

const run = promisify(execFile)
const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
)

const live = (page: Page) => page.getByRole('button', { name: 'Live', exact: true })

test.describe('programs', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

  test('the command that New task shows works as it is copied', async ({ page, at, person, running }) => {
    test.skip(!hasCurl, 'curl is not installed here')
    const secret = await newKey(page, running.baseUrl, person.workspace.slug)
    const text = `It's a "letter"\nwith $HOME, \`ticks\` and a \\ in it.`
    await page.goto(at('tasks/new'))
    await page.getByRole('textbox', { name: 'Text' }).fill(text)
    await page.getByRole('tab', { name: 'cURL' }).click()
    await page.getByRole('button', { name: 'Copy cURL' }).click()
    const command = await page.evaluate(() => navigator.clipboard.readText())
    const { stdout } = await run('sh', ['-c', command], {
      env: { ...process.env, BATON_API_KEY: secret },
    })
    expect(JSON.parse(stdout)).toMatchObject({ input: { text }, submittedBy: { kind: 'key' } })
  })

  test('a key submits over real HTTP, and what is too large, cut or nowhere is said as a problem', async ({
    page,
    person,
    running,
  }) => {
    const secret = await newKey(page, running.baseUrl, person.workspace.slug)
    const url = `${running.baseUrl}/api/v1/workspaces/${person.workspace.slug}/tasks`
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ worker: 'summarizer', input: { text: 'First. Second.' } })
    const accepted = await fetch(url, { method: 'POST', headers, body })
    expect(accepted.status).toBe(201)
    const location = new URL(accepted.headers.get('location') ?? '', running.baseUrl)
    expect((await fetch(location, { headers })).status).toBe(200)

    const huge = await fetch(url, { method: 'POST', headers, body: `"${'x'.repeat(10_000_000)}"` })
    expect([huge.status, huge.headers.get('content-type')]).toEqual([413, 'application/problem+json'])
    for (const path of ['/api/nowhere', '/api/v1/workspaces/%ff/tasks', '/api/v1/workspaces/%00/tasks']) {
      const answer = await fetch(running.baseUrl + path, { headers })
      expect(answer.status).toBeGreaterThanOrEqual(401)
      expect(answer.status).toBeLessThan(405)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
    }
    expect((await fetch(`${running.baseUrl}/api/health`)).status).toBe(200)
    expect((await fetch(`${running.baseUrl}/api/ready`)).status).toBe(200)
  })
})

test('all tabs of a browser share one stream, and another tab goes on when the reading one closes', async ({
  page,
  context,
  at,
}) => {
  const streams: string[] = []
  context.on('request', (request) => {
    if (new URL(request.url()).pathname.endsWith('/events')) streams.push(request.url())
  })
  await page.goto(at('tasks/new'))
  await expect(live(page)).toBeVisible()
  const second = await context.newPage()
  await second.goto(at('history'))
  await expect(live(second)).toBeVisible()
  expect(streams).toHaveLength(1)
  await page.close()
  await expect.poll(() => streams.length).toBe(2)
  await expect(live(second)).toBeVisible()
})

test('after a broken connection the page shows what happened meanwhile, without being loaded again', async ({
  page,
  context,
  at,
  running,
  person,
}) => {
  const secret = await newKey(page, running.baseUrl, person.workspace.slug)
  await page.goto(at('history'))
  await settled(page)
  await expect(live(page)).toBeVisible()
  await context.setOffline(true)
  await expect(page.getByText(/^Reconnecting/)).toBeVisible()
  const title = 'Sent while the page was offline'
  const answer = await fetch(`${running.baseUrl}/api/v1/workspaces/${person.workspace.slug}/tasks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ worker: 'summarizer', title, input: { text: 'One sentence. And another.' } }),
  })
  expect(answer.status).toBe(201)
  await context.setOffline(false)
  await expect(live(page)).toBeVisible({ timeout: 20_000 })
  await expect(
    page
      .getByText(title)
      .or(page.getByRole('button', { name: /1 new/ }))
      .first(),
  ).toBeVisible()
})

test.describe('F57: without a session', () => {
  test.use({ signedIn: false })

  test('no form of a page\u2019s address gives a word of a workspace away', async ({ running, request }) => {
    const { slug, name, id } = running.ownerWorkspace
    const pages = [`/w/${slug}`, `/w/${slug}/history`, `/w/${slug}/tasks/new`, `/w/${id}`, `/w/${slug}/pulse`, '/setup']
    const addresses = pages.flatMap((path) => [
      path,
      `${path}.rsc`,
      `${path}?_rsc=abcde`,
      `${path}.segments/_tree.segment.rsc`,
      `${path}.segments/$d$workspace/__PAGE__.segment.rsc`,
      `${path}?nxtPworkspace=${slug}`,
      `/_next/data/x${path}.json`,
    ])
    const below = (segment: unknown, child?: unknown) => [segment, child === undefined ? {} : { children: child }]
    const workspace = below(['workspace', slug, 'd', null], below('history', below('__PAGE__')))
    const tree = encodeURIComponent(JSON.stringify(below('', below('(app)', below('w', workspace)))))
    const disguises: Record<string, string>[] = [
      {},
      { RSC: '1' },
      { RSC: '1', 'Next-Router-Prefetch': '1', 'Next-Router-Segment-Prefetch': '/_tree' },
      { RSC: '1', 'Next-Router-State-Tree': tree },
      { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
      { 'x-nextjs-data': '1', 'x-nextjs-rewritten-path': `/w/${slug}`, 'x-matched-path': '/w/[workspace]' },
      { 'x-now-route-matches': `1=${slug}`, 'x-invoke-path': `/w/${slug}`, 'x-invoke-output': '/w/[workspace]' },
      { 'x-baton-path': `/w/${slug}`, 'x-request-id': 'mine' },
    ]
    const wrong: object[] = []
    for (const address of addresses)
      for (const headers of disguises) {
        const answer = await request.get(running.baseUrl + address, { headers, maxRedirects: 5 })
        const text = await answer.text()
        const status = answer.status()
        // What was in the address may come back, in `next=` for example.
        const told = text.includes(name) || (text.includes(id) && !address.includes(id))
        if (told || status >= 500) wrong.push({ address, headers, status, told })
      }
    expect(wrong).toEqual([])
  })
})

async function newKey(page: Page, baseUrl: string, slug: string): Promise<string> {
  const response = await page.request.post(`${baseUrl}/api/v1/workspaces/${slug}/api-keys`, {
    data: { name: 'Story', scopes: ['run', 'read'] },
    headers: { origin: baseUrl },
  })
  const created = (await response.json()) as { secret: string }
  return created.secret
}
