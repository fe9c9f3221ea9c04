import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expectAccessible } from './accessible.ts'
import { awake, expect, settled, test } from './fixtures.ts'

const LETTER = `Dear Northgate, my claim 5180-03-4416 waits since 2 November. It's $2,340 for the floor.
Please answer in writing by Thursday. Yours, Ingrid Solheim`

test('a task is run with the keyboard alone, from the page to the result', async ({ page, at }) => {
  await page.goto(at('history'))
  await awake(page)
  await page.keyboard.press('n')
  await expect(page).toHaveURL(/tasks\/new/)
  const picker = page.getByRole('radio', { name: /^Document analyzer/ })
  await picker.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: /^Category classifier/ })).toBeChecked()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Text to work on')).toBeFocused()
  await page.keyboard.type('The parcel arrived crushed and I want my money back.')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page).toHaveURL(/\/tasks\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('status').filter({ hasText: 'Completed' })).toBeAttached({ timeout: 20_000 })
  await expect(page).toHaveTitle(/· Completed - Baton$/)
  await page.keyboard.press('e')
  await expect(page.getByRole('heading', { name: 'Edit and replay' })).toBeVisible()
})

test('pressing Run too early leads to what is missing', async ({ page, at }) => {
  await page.goto(at('tasks/new'))
  await page.getByRole('button', { name: /^Run task/ }).click()
  const summary = page.getByText(/1 field to correct/)
  await expect(summary).toBeVisible()
  await expect(page.locator('#correction-summary')).toBeFocused()
  await page.getByRole('link', { name: 'Text', exact: true }).click()
  await expect(page.getByLabel('Text to work on')).toBeFocused()
  await expect(page.getByText('Enter some text.')).toBeVisible()
  await page.keyboard.type('Now there is one.')
  await expect(summary).toBeHidden()
})

test('a due time that has passed is told at once, also by the server', async ({ page, at }) => {
  await page.goto(at('tasks/new'))
  await page.getByLabel('Text to work on').fill(LETTER)
  await page.getByLabel(/^Due by/).fill('2026-01-05T09:30')
  await expect(page.getByText(/^This passed .* Pick a later time\.$/)).toBeVisible()
  await page.getByRole('button', { name: 'Tomorrow 09:00' }).click()
  await expect(page.getByText(/to correct/)).toBeHidden()
})

test('form, JSON and options stay the same task, whichever is edited', async ({ page, at }) => {
  await page.goto(at('tasks/new?worker=summarizer'))
  await page.getByLabel('Text to work on').fill(LETTER)
  await page.getByRole('radio', { name: 'Short', exact: true }).click()
  await page.getByRole('tab', { name: 'JSON' }).click()
  const json = page.getByLabel('The request as JSON')
  await expect(json).toHaveValue(/"length": "short"/)
  const request = { worker: 'summarizer', input: { text: 'Other words.', style: 'bullets' }, priority: 'urgent' }
  await json.fill(JSON.stringify(request))
  await expect(page.getByLabel('Text to work on')).toHaveValue('Other words.')
  await expect(page.getByRole('radio', { name: 'Bullet points' })).toBeChecked()
  await expect(page.getByRole('radio', { name: 'Urgent' })).toBeChecked()
  await json.fill('{"worker": ')
  await expect(page.getByText(/This is not JSON yet\..*The form keeps its last state\./)).toBeVisible()
  await expect(page.getByLabel('Text to work on')).toHaveValue('Other words.')
  await page.getByRole('tab', { name: 'cURL' }).click()
  await page.getByRole('tab', { name: 'JSON' }).click()
  await expect(json).toHaveValue('{"worker": ')
})

test('a sample takes no text away: the own one and its title come back, also after a look at another page', async ({
  page,
  at,
}) => {
  const text = page.getByLabel('Text to work on')
  const useSample = async () => {
    await page.getByRole('button', { name: 'Use a sample' }).click()
    await page.getByRole('menuitem').first().click()
    await expect(text).not.toHaveValue(LETTER)
  }
  const undo = page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: /^Undo/ })
  await page.goto(at('tasks/new'))
  await awake(page)
  await useSample()
  await expect(undo).toHaveCount(0)
  await text.fill(LETTER)
  await useSample()
  await undo.click()
  await expect(text).toHaveValue(LETTER)
  await useSample()
  await expect(page.getByText(/^Draft saved/)).toBeVisible()
  await page.getByRole('link', { name: 'History' }).first().click()
  await expect(page).toHaveURL(/history/)
  await undo.click()
  await page.keyboard.press('n')
  await expect(text).toHaveValue(LETTER)
})

test('the cURL command works as it is copied', async ({ page, at, person, context, running }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const api = `${running.baseUrl}/api/v1/workspaces/${person.workspace.slug}`
  const key = await page.request.post(`${api}/api-keys`, {
    data: { name: 'Story', scopes: ['run', 'read'] },
    headers: { origin: running.baseUrl },
  })
  const { secret } = (await key.json()) as { secret: string }
  await page.goto(at('tasks/new?worker=sentiment-analyzer'))
  await page.getByLabel('Text to work on').fill(`${LETTER}\nIt's "quoted", $HOME and \`id\` \\ stay.`)
  await page.getByRole('tab', { name: 'cURL' }).click()
  await page.getByRole('button', { name: 'Copy cURL' }).click()
  const command = await page.evaluate(() => navigator.clipboard.readText())
  const { stdout } = await promisify(execFile)('sh', ['-c', command.replace(/^curl /, 'curl -sS ')], {
    env: { PATH: process.env['PATH'] ?? '', BATON_API_KEY: secret, NODE_ENV: 'test' },
  })
  const { id } = JSON.parse(stdout) as { id: string }
  const response = await page.request.get(`${api}/tasks/${id}`)
  expect((await response.json()).input.text).toBe(`${LETTER}\nIt's "quoted", $HOME and \`id\` \\ stay.`)
})

test('what was typed survives a reload, and is gone once it ran', async ({ page, at }) => {
  await page.goto(at('tasks/new?worker=question-generator'))
  await page.getByLabel('Text to work on').fill(LETTER)
  await expect(page.getByText(/^Draft saved/)).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Text to work on')).toHaveValue(LETTER)
  await page.getByRole('button', { name: /^Run task/ }).click()
  await expect(page).toHaveURL(/\/tasks\/[0-9a-f-]{36}$/)
  await page.goto(at('tasks/new'))
  await settled(page)
  await expect(page.getByLabel('Text to work on')).toHaveValue('')
})

test('a page of an older build asks to be loaded again and loses nothing', async ({ page, at }) => {
  await page.goto(at('tasks/new'))
  await page.getByLabel('Text to work on').fill(LETTER)
  await page.route(/tasks\/new/, async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    const headers = { ...route.request().headers(), 'next-action': '00'.repeat(21) }
    return route.continue({ headers })
  })
  await page.getByRole('button', { name: /^Run task/ }).click()
  await expect(page.getByText(/Baton was updated while this page was open/)).toBeVisible()
  await page.unroute(/tasks\/new/)
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page.getByLabel('Text to work on')).toHaveValue(LETTER)
})

for (const width of [375, 768, 1440])
  test(`everybody can use the form at ${width} pixels, in both themes`, async ({ page, at }) => {
    await page.setViewportSize({ width, height: 900 })
    await page.goto(at('tasks/new?worker=category-classifier'))
    await settled(page)
    await page.getByText('Advanced', { exact: true }).click()
    await page.getByLabel(/^Due by/).fill('2026-01-05T09:30')
    await expectAccessible(page, [width])
  })
