import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { awake, expect, test } from './fixtures.ts'

const MOST_BYTES = 250_000
const SCRIPTS = '**/_next/static/chunks/*.js'

test('no page loads more than 250 kB of scripts at first', async ({ page, at, submit, running, person }) => {
  const { id } = await submit({ worker: 'summarizer', input: { text: 'The river rose.' }, engine: 'rules' })
  const run = await page.request.post(`${running.baseUrl}/api/v1/workspaces/${person.workspace.slug}/runs`, {
    data: { workflow: 'complete-analysis', engine: 'rules', input: { text: 'The river rose.' } },
    headers: { origin: running.baseUrl },
  })
  const { id: runId } = await run.json()
  const plan = await page.request.post(`${running.baseUrl}/api/v1${at('plans').replace('/w/', '/workspaces/')}`, {
    data: { goal: 'Summarise it', engine: 'rules', input: { text: 'The river rose.' } },
    headers: { origin: running.baseUrl },
  })
  const { id: planId } = await plan.json()
  const file = await page.request.post(
    `${running.baseUrl}/api/v1${at('documents').replace('/w/', '/workspaces/')}?name=river.txt`,
    {
      data: 'The river rose.',
      headers: { origin: running.baseUrl },
    },
  )
  const document: { id: string } = await file.json()
  await page.request.post(`${running.baseUrl}/api/v1/workspaces/${person.workspace.slug}/workflows`, {
    data: { name: 'own', from: 'meeting-minutes' },
    headers: { origin: running.baseUrl },
  })
  const sizes = new Map<string, number>()
  const size = async (script: string) => gzipSync(await (await page.request.get(script)).body()).length
  const paths = [
    '',
    'tasks/new',
    `tasks/${id}`,
    'history',
    'workflows',
    `workflows/runs/${runId}`,
    'workflows/complete-analysis',
    'workflows/own/edit',
    'workflows/plan',
    `workflows/plan/${planId}`,
    'documents',
    `documents/${document.id}`,
    'workers',
    'api-keys',
  ].map((path) => at(path))
  for (const path of [...paths, '/account', '/setup']) {
    const html = await (await page.request.get(path)).text()
    const modern = html.replaceAll(/<script[^>]*noModule[^>]*>/gi, '')
    const scripts = new Set([...modern.matchAll(/static\/chunks\/[\w.~-]+\.js/g)].map(([name]) => name))
    expect(scripts.size, `scripts of ${path}`).toBeGreaterThan(5)
    let sum = 0
    for (const name of scripts) {
      const bytes = sizes.get(name) ?? (await size(`${running.baseUrl}/_next/${name}`))
      sizes.set(name, bytes)
      sum += bytes
    }
    expect(sum, `bytes of scripts, compressed, of ${path}`).toBeLessThanOrEqual(MOST_BYTES)
  }
})

test('keys that are pressed before the scripts have come are heard when they come', async ({ page, at, submit }) => {
  const { id } = await submit({ worker: 'summarizer', input: { text: 'The river rose.' }, engine: 'rules' })
  for (const [path, key, heard] of [
    [at('workers'), '?', () => expect(page.getByRole('dialog', { name: 'Help and shortcuts' })).toBeVisible()],
    [at('history'), 'n', () => expect(page).toHaveURL(/\/tasks\/new$/)],
    [at(`tasks/${id}`), 'e', () => expect(page).toHaveURL(/\/tasks\/new\?from=/)],
  ] as const) {
    const release = await holdScripts(page)
    await page.goto(path, { waitUntil: 'commit' })
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.keyboard.press(key)
    release()
    await heard()
  }
})

test('a key is not kept where single keys are switched off', async ({ page, at }) => {
  await page.goto('/account')
  await awake(page)
  await page.getByLabel('Single-key shortcuts').uncheck()
  const release = await holdScripts(page)
  await page.goto(at('history'), { waitUntil: 'commit' })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('n')
  release()
  await awake(page)
  await expect(page).toHaveURL(/\/history$/)
})

test('what is typed while the search is still loading stands in it', async ({ page, at }) => {
  await page.goto(at('history'))
  await awake(page)
  const release = await holdScripts(page)
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('new ta')
  release()
  await page.keyboard.type('sk')
  await expect(page.getByRole('combobox', { name: 'Search or jump to' })).toHaveValue('new task')
  await expect(page.getByRole('option', { name: /^New task/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/tasks\/new$/)
})

test('a part that cannot be loaded says so, and comes at the next try', async ({ page, at }) => {
  await page.goto(at('history'))
  await awake(page)
  await page.route(SCRIPTS, (route) => route.abort())
  await page.keyboard.press('?')
  await expect(page.getByText(/could not be loaded/)).toBeVisible()
  await page.unroute(SCRIPTS)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Help and shortcuts' })).toBeVisible()
})

test('a menu opens, is walked and closes by keyboard, and the focus comes back', async ({ page, at }) => {
  await page.goto(at('history'))
  await awake(page)
  const button = page.getByRole('button', { name: 'Theme' })
  await button.focus()
  for (const key of ['Enter', 'ArrowDown']) {
    await page.keyboard.press(key)
    await expect(page.getByRole('menuitemradio', { name: 'As the system' })).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('menuitemradio', { name: 'Light' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
    await expect(button).toBeFocused()
  }
  await button.click()
  await expect(page.getByRole('menu')).toBeVisible()
  await button.click()
  await expect(page.getByRole('menu')).toHaveCount(0)
  await button.click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.getByRole('menu')).toHaveCount(0)
})

/** Lets no script through until the returned function is called. */
async function holdScripts(page: Page): Promise<() => void> {
  const held = Promise.withResolvers<void>()
  await page.route(SCRIPTS, async (route) => {
    await held.promise
    await route.continue()
  })
  return held.resolve
}
