// F72: markup in every place where people, programs or a model can write, looked at on every page.
import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { workspaces, users } from '#lib/db/auth-schema.ts'
import { WORKERS } from '#lib/workers/registry.ts'
import { expect, settled, test } from './fixtures.ts'
import type { Step } from './model-completion.ts'

const EVIL = 'evil.example'
/** Each by itself would run, fetch or lead away, if it were taken for more than text. */
const MARKUP = [
  `<img src="//${EVIL}/a.png" onerror="globalThis.ran=1">`,
  `"><script>globalThis.ran=1</script>`,
  `<svg onload="globalThis.ran=1"><a xlink:href="javascript:globalThis.ran=1">x</a></svg>`,
  `[click](javascript:globalThis.ran=1) ![image](https://${EVIL}/b.png)`,
  `<a href="javascript:globalThis.ran=1">x</a> <iframe srcdoc="<script>top.ran=1</script>"></iframe>`,
]
const ALL = MARKUP.join(' ')

test('F72: markup in names, texts, tags and keys is text on every page', async ({
  page,
  at,
  person,
  database,
  submit,
  running,
}) => {
  test.slow()
  const watched = await watch(page)
  await database.db.update(users).set({ name: MARKUP[0]! }).where(eq(users.id, person.id))
  await database.db.update(workspaces).set({ name: MARKUP[1]! }).where(eq(workspaces.id, person.workspace.id))
  const made = await page.request.post(`/api/v1/workspaces/${person.workspace.slug}/api-keys`, {
    data: { name: MARKUP[0], scopes: ['read'] },
    headers: { origin: running.baseUrl },
  })
  expect(made.status()).toBe(201)
  const name = `<svg onload="globalThis.ran=1">.txt`
  const file = await page.request.post(
    `/api/v1/workspaces/${person.workspace.slug}/documents?name=${encodeURIComponent(name)}`,
    { data: ALL, headers: { origin: running.baseUrl } },
  )
  expect(file.status()).toBe(201)
  const document: { id: string } = await file.json()
  const { id } = await submit({
    worker: 'document-analyzer',
    engine: 'rules',
    title: ALL.slice(0, 200),
    tags: MARKUP.map((text) => text.slice(0, 40)),
    externalId: MARKUP[3],
    input: { text: `Dear ${MARKUP[2]}, please pay $40 by Friday or we will sue. ${ALL}` },
  })
  await expect
    .poll(
      async () =>
        (await (await page.request.get(`/api/v1/workspaces/${person.workspace.slug}/tasks/${id}`)).json()).status,
    )
    .toBe('completed')
  await lookAt(page, [
    at(),
    at('history'),
    at(`history?search=${encodeURIComponent(MARKUP[1]!)}`),
    at(`tasks/new?from=${id}`),
    at('documents'),
    at(`documents/${document.id}`),
    at(`tasks/new?document=${document.id}`),
    at('workers'),
    at('api-keys'),
    '/account',
    '/setup',
  ])
  await lookAtTask(page, at(`tasks/${id}`))
  expect(await watched.seen()).toEqual(NOTHING)
})

for (const { name, example, output } of WORKERS)
  test(`F72: markup in what a model answers is text: ${name}`, async ({ page, at, submit, running }) => {
    const watched = await watch(page)
    const mark = randomUUID()
    const content = hostile(example.output)
    expect(output.safeParse(content).error).toBeUndefined()
    const steps: Step[] = [{ when: mark, times: 0, content: JSON.stringify(content) }]
    await fetch(new URL('/control/script', running.modelUrl), { method: 'POST', body: JSON.stringify(steps) })
    const { id } = await submit({
      worker: name,
      engine: 'model',
      input: { text: `${(example.input as { text: string }).text} ${mark}` },
    })
    await page.goto(at(`tasks/${id}`))
    await expect(page.getByText(/^(Completed|Failed)$/).first()).toBeVisible({ timeout: 20_000 })
    await lookAtTask(page, at(`tasks/${id}`))
    expect(await watched.seen()).toEqual(NOTHING)
  })

test('F72: markup in an error of the provider is text', async ({ page, at, submit, running }) => {
  const watched = await watch(page)
  const mark = randomUUID()
  const steps: Step[] = [{ when: mark, times: 0, status: 400, error: { message: ALL, code: MARKUP[0] ?? null } }]
  await fetch(new URL('/control/script', running.modelUrl), { method: 'POST', body: JSON.stringify(steps) })
  const { id } = await submit({ worker: 'summarizer', engine: 'model', input: { text: `A short letter. ${mark}` } })
  await page.goto(at(`tasks/${id}`))
  await expect(page.getByText('Failed').first()).toBeVisible({ timeout: 20_000 })
  await lookAtTask(page, at(`tasks/${id}`))
  await lookAt(page, [at('history?status=failed'), at(), at('workers')])
  expect(await watched.seen()).toEqual(NOTHING)
})

const NOTHING = { ran: false, outbound: [], violations: [], dangerous: [] }

/** Keeps what no page may do, over all the pages that are opened. */
async function watch(page: Page) {
  const outbound: string[] = []
  const violations: string[] = []
  const dangerous: string[] = []
  let ran = false
  // zod asks once whether it may compile its checks, takes the refusal, and interprets them.
  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', ({ blockedURI }) => {
      if (blockedURI !== 'eval') console.error(`policy violated by ${blockedURI}`)
    }),
  )
  page.on('console', (message) => {
    if (/policy violated|Content Security Policy|Refused to/.test(message.text())) violations.push(message.text())
  })
  page.on('dialog', (dialog) => {
    ran = true
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (new URL(request.url()).host.endsWith(EVIL)) outbound.push(request.url())
  })
  looks.set(page, async () => {
    ran ||= await page.evaluate(() => 'ran' in globalThis)
    const found = await page.locator('[href], [src], iframe, [onerror], [onload]').evaluateAll((elements, evil) => {
      const leadsAway = (address: string) => {
        const { protocol, host } = new URL(address, location.href)
        return protocol === 'javascript:' || host.endsWith(evil)
      }
      return elements
        .filter((element) => {
          const addresses = ['href', 'src', 'xlink:href'].map((name) => element.getAttribute(name))
          return (
            addresses.some((address) => address && leadsAway(address)) || element.matches('iframe, [onerror], [onload]')
          )
        })
        .map((element) => element.outerHTML.slice(0, 200))
    }, EVIL)
    dangerous.push(...found.map((html) => `${page.url()}: ${html}`))
  })
  return { seen: async () => ({ ran, outbound, violations, dangerous }) }
}

const looks = new WeakMap<Page, () => Promise<void>>()

async function lookAt(page: Page, paths: string[]): Promise<void> {
  for (const path of paths) {
    await page.goto(path)
    await settled(page)
    await looks.get(page)?.()
  }
}

async function lookAtTask(page: Page, path: string): Promise<void> {
  await lookAt(page, [path])
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click()
    await looks.get(page)?.()
  }
}

/** Markup in every string in which a model may write what it likes. */
function hostile(value: unknown): unknown {
  let next = 0
  const change = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(change)
    if (typeof part === 'object' && part !== null)
      return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, change(inner)]))
    if (typeof part !== 'string' || !part.includes(' ')) return part
    return part.length < 40 ? MARKUP[1] : MARKUP[(next += 1) % MARKUP.length]
  }
  return change(value)
}
