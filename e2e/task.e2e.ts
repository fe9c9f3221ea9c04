import { randomUUID } from 'node:crypto'
import { expectAccessible } from './accessible.ts'
import { awake, expect, newPerson, test } from './fixtures.ts'
import type { Step } from './model-completion.ts'
import { seedTasks } from './seed-tasks.ts'

const TICKET = `The sync service deleted 214 work orders on Tuesday. Please restore the data from the backup today.
An engineer should call us before 5 PM. We pay $2,900 a month and have been loyal customers for six years.`

const GERMAN = `Sehr geehrte Damen und Herren, am 3. April 2026 habe ich eine Kaffeemaschine für 349,90 € bestellt.
Die Maschine ist undicht. Bitte erstatten Sie mir den Kaufpreis bis zum 15. Mai 2026. Mit freundlichen Grüßen, Anna Schmidt`

test('a result points into the text, and the text back to the result', async ({ page, at, submit }) => {
  const { id } = await submit({ worker: 'document-analyzer', input: { text: TICKET }, engine: 'rules' })
  await page.goto(at(`tasks/${id}`))
  await expect(page.getByText('Built-in rules, no AI model').first()).toBeVisible({ timeout: 20_000 })
  const chip = page.getByRole('button', { name: /^Evidence 1(,|$)/ }).first()
  await chip.click()
  await expect(chip).toHaveAttribute('aria-pressed', 'true')
  const mark = page.locator('mark.on').first()
  await expect(mark).toBeInViewport()
  expect(TICKET).toContain((await mark.innerText()).replace(/\d+$/, '').trim())
  await chip.press('ArrowDown')
  await expect(page.getByText(/^Evidence 2 of \d+$/)).toBeVisible()
  await page.locator('mark[data-numbers="1"]').first().click()
  await expect(page.getByText(/^Evidence 1 of \d+$/)).toBeVisible()
})

test('a claim whose quote is not in the text stands out and stays out of copies', async ({
  page,
  at,
  submit,
  running,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const mark = randomUUID()
  await script(running.modelUrl, {
    when: mark,
    content: JSON.stringify({
      headline: 'Work orders lost',
      summary: 'The sync service deleted work orders.',
      evidence: [{ quote: 'The sync service deleted 214 work orders' }],
      keyPoints: [
        { text: 'They pay $2,900 a month.', evidence: [{ quote: 'We pay $2,900 a month' }] },
        { text: 'They were promised a refund.', evidence: [{ quote: 'we promise you a full refund' }] },
      ],
    }),
  })
  const { id } = await submit({ worker: 'summarizer', input: { text: `${TICKET} ${mark}` }, engine: 'model' })
  await page.goto(at(`tasks/${id}`))
  await expect(page.getByText(/^Model: fake-model @/)).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText('2 of 3 quotes found')).toBeVisible()
  await page.getByRole('radio', { name: /Not found/ }).click()
  await expect(page.getByText('They were promised a refund.')).toBeVisible()
  await expect(page.getByText('They pay $2,900 a month.')).toBeHidden()
  await page.getByRole('button', { name: 'Copy or download the result' }).click()
  await page.getByRole('menuitem', { name: 'Copy as Markdown' }).click()
  await expect(page.getByText('Markdown copied')).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain('Work orders lost')
  expect(copied).not.toContain('promised a refund')
  await page.getByRole('tab', { name: /^Model calls/ }).click()
  await expect(page.getByText('Answered')).toBeVisible()
})

test('a translation that rules cannot make shows what they know, and goes on with the model', async ({
  page,
  at,
  submit,
}) => {
  const { id } = await submit({ worker: 'translator', input: { text: GERMAN }, engine: 'rules' })
  await page.goto(at(`tasks/${id}`))
  await expect(page.getByText('Needs model').first()).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText(/Language: German\./)).toBeVisible()
  await page.getByRole('button', { name: '349,90 €' }).click()
  await expect(page.locator('mark.on')).toHaveText('349,90 €')
  await page.getByRole('button', { name: 'Run with fake-model' }).click()
  await expect(page.getByRole('heading', { name: / to English$/ })).toBeVisible({ timeout: 20_000 })
})

test('a running task is cancelled and sent again with the keyboard', async ({ page, at, submit, running }) => {
  const mark = randomUUID()
  await script(running.modelUrl, { when: mark, delayMs: 60_000 })
  const { id } = await submit({
    worker: 'category-classifier',
    input: { text: `${TICKET} ${mark}` },
    title: 'Slow',
    engine: 'model',
  })
  await page.goto(at(`tasks/${id}`))
  await awake(page, 'Slow')
  await expect(page.getByText('In progress').first()).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('button', { name: 'Retry' }).first()).toHaveAttribute('aria-disabled', 'true')
  await page.keyboard.press('c')
  await expect(page.getByText(/^Cancelled by Maya/)).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('r')
  await expect(page.getByText('Completed').first()).toBeVisible({ timeout: 20_000 })
  await page.getByRole('tab', { name: /^Events/ }).click()
  await expect(page.getByRole('cell', { name: 'Sent again' })).toBeVisible()
})

test('a failed task says why, and runs with built-in rules instead', async ({ page, at, submit, running }) => {
  const mark = randomUUID()
  await script(running.modelUrl, {
    when: mark,
    times: 0,
    status: 400,
    error: { message: 'The prompt was refused', code: 'content_filter' },
  })
  const { id } = await submit({ worker: 'sentiment-analyzer', input: { text: `${TICKET} ${mark}` }, engine: 'model' })
  await page.goto(at(`tasks/${id}`))
  await expect(page.getByText('Failed').first()).toBeVisible({ timeout: 20_000 })
  await page.getByRole('tab', { name: 'Error' }).click()
  await expect(page.getByText('Code', { exact: true })).toBeVisible()
  await page.getByRole('tab', { name: 'Result' }).click()
  await page.getByRole('button', { name: 'Run with built-in rules' }).click()
  await expect(page.getByText('Built-in rules, no AI model').first()).toBeVisible({ timeout: 20_000 })
})

test('edit and replay starts from the task and remembers it', async ({ page, at, submit }) => {
  const { id } = await submit({
    worker: 'summarizer',
    input: { text: TICKET, length: 'short' },
    title: 'Lost orders',
    tags: ['support'],
    engine: 'rules',
  })
  await page.goto(at(`tasks/${id}`))
  await awake(page)
  await page.getByRole('link', { name: /^Edit & replay/ }).click()
  await expect(page.getByLabel('Text to work on')).toHaveValue(TICKET)
  await expect(page.getByRole('radio', { name: 'Short', exact: true })).toBeChecked()
  await page.getByRole('radio', { name: 'Bullet points' }).click()
  await page.getByRole('button', { name: /^Run task/ }).click()
  await expect(page).not.toHaveURL(new RegExp(id))
  await expect(page).toHaveURL(/\/tasks\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('heading', { level: 1, name: 'Lost orders' })).toBeVisible()
  await expect(page.getByRole('link', { name: `${id.slice(0, 8)}…` })).toBeVisible()
})

test('J and K walk the list that the task was opened from', async ({ page, at, submit }) => {
  const older = await submit({ worker: 'summarizer', input: { text: TICKET }, title: 'Older', engine: 'rules' })
  await submit({ worker: 'translator', input: { text: TICKET }, title: 'Another worker', engine: 'rules' })
  const newer = await submit({ worker: 'summarizer', input: { text: TICKET }, title: 'Newer', engine: 'rules' })
  await page.goto(at(`tasks/${newer.id}?from=${encodeURIComponent('worker=summarizer')}`))
  await awake(page, 'Newer')
  await expect(page.getByText('1 of 2', { exact: true })).toBeVisible()
  await page.keyboard.press('j')
  await expect(page).toHaveURL(new RegExp(older.id))
  await expect(page.getByText('2 of 2', { exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'Older' })).toBeVisible()
  await page.keyboard.press('k')
  await expect(page.getByRole('heading', { level: 1, name: 'Newer' })).toBeVisible()
})

test('the timeline is walked and folded with the arrow keys', async ({ page, at, submit }) => {
  const { id } = await submit({ worker: 'question-generator', input: { text: TICKET }, engine: 'model' })
  await page.goto(at(`tasks/${id}`))
  await expect(page.getByText('Completed').first()).toBeVisible({ timeout: 20_000 })
  const attempt = page.getByRole('button', { name: /^Attempt 1/ })
  await attempt.click()
  await expect(page.getByRole('region', { name: 'Attempt 1' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Model call/ })).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await expect(attempt).toHaveAttribute('aria-expanded', 'false')
  await expect(page.getByRole('button', { name: /^Model call/ })).toBeHidden()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('button', { name: /^Model call/ })).toBeFocused()
})

test("another workspace's task does not exist", async ({ page, at, person, database }) => {
  const other = await newPerson(database)
  const [id = ''] = await seedTasks(database, other, [{ title: 'Not for your eyes', text: 'Nor is this text.' }])
  const answer = await page.goto(at(`tasks/${id}`))
  expect(answer?.status()).toBe(404)
  await expect(page.getByText('Not for your eyes')).toHaveCount(0)
  const api = (workspace: string) => page.request.get(`/api/v1/workspaces/${workspace}/tasks/${id}`)
  for (const { slug } of [person.workspace, other.workspace]) expect((await api(slug)).status()).toBe(404)
  await expect(page.getByText('There is nothing at this address')).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Main', exact: true })).toBeVisible()
})

for (const width of [375, 768, 1440])
  test(`everybody can read a task at ${width} pixels, in both themes`, async ({ page, at, submit }) => {
    await page.setViewportSize({ width, height: 900 })
    const done = await submit({ worker: 'document-analyzer', input: { text: TICKET }, engine: 'rules' })
    const blocked = await submit({ worker: 'translator', input: { text: GERMAN }, engine: 'rules' })
    await page.goto(at(`tasks/${done.id}`))
    await expect(page.getByText('Built-in rules, no AI model').first()).toBeVisible({ timeout: 20_000 })
    await page
      .getByRole('button', { name: /^Evidence 1/ })
      .first()
      .click()
    await expectAccessible(page, [width])
    await page.goto(at(`tasks/${blocked.id}`))
    await expect(page.getByText('Needs model').first()).toBeVisible({ timeout: 20_000 })
    await expectAccessible(page, [width])
  })

test('input, calls, events and errors can be read by everybody', async ({ page, at, submit, running }) => {
  const mark = randomUUID()
  await script(running.modelUrl, {
    when: mark,
    times: 0,
    status: 400,
    error: { message: 'The prompt was refused', code: 'content_filter' },
  })
  const { id } = await submit({ worker: 'summarizer', input: { text: `${TICKET} ${mark}` }, engine: 'model' })
  await page.goto(at(`tasks/${id}`))
  await expect(page.getByText('Failed').first()).toBeVisible({ timeout: 20_000 })
  for (const tab of [/^Result/, /^Input/, /^Model calls/, /^Events/, /^Error/]) {
    await page.getByRole('tab', { name: tab }).click()
    await expectAccessible(page, [1440])
  }
})

test('the palette says what it does not know yet, and opens nothing that other words have found', async ({
  page,
  at,
  submit,
}) => {
  const { id } = await submit({ worker: 'summarizer', title: 'Tulips of Harlem', input: { text: 'One. Two.' } })
  await submit({ worker: 'summarizer', title: 'Roses of York', input: { text: 'One. Two.' } })
  await page.goto(at('history'))
  await awake(page)
  await page.keyboard.press('ControlOrMeta+k')
  const words = page.getByRole('combobox', { name: 'Search or jump to' })
  const said = page.getByRole('dialog', { name: 'Search or jump to' }).getByRole('status')
  await expect(async () => {
    await words.fill('')
    await words.fill('roses')
    await expect(page.getByRole('option', { name: /^Roses of York/ })).toBeVisible({ timeout: 2_000 })
  }).toPass()
  let answer = () => {}
  const asked = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route(/search=tulips/, async (route) => {
    await asked
    await route.continue()
  })
  await words.fill('tulips')
  await expect(said).toHaveText('Searching the tasks…')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('option', { name: /^Roses of York/ })).toBeDisabled()
  answer()
  await expect(page.getByRole('option', { name: /^Tulips of Harlem/ })).toBeEnabled()
  await expect(said).toHaveText('')
  await page.route(/search=lilies/, (route) => route.fulfill({ status: 503, json: { detail: 'The database rests.' } }))
  await words.fill('lilies')
  await expect(said).toHaveText('The tasks could not be searched. The database rests. Search again')
  await page.unroute(/search=lilies/)
  await page.getByRole('button', { name: 'Search again' }).click()
  await expect(said).toHaveText('Nothing has "lilies" in its name or text.')
  await words.fill('tulips')
  await expect(page.getByRole('option', { name: /^Tulips of Harlem/ })).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(id))
})

test('a task without quotes scrolls its text by the arrow keys', async ({ page, at, submit }) => {
  const text = Array.from({ length: 400 }, (_, line) => `Line ${line} of a long and happy letter.`).join('\n')
  const { id } = await submit({ worker: 'sentiment-analyzer', input: { text }, notBefore: tomorrow() })
  await page.goto(at(`tasks/${id}`))
  await awake(page)
  const pane = page.locator('#document')
  await pane.focus()
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => pane.evaluate((element) => element.scrollTop)).toBeGreaterThan(0)
})

test('a retry from the note leaves the focus on the title of the task', async ({
  page,
  at,
  submit,
  running,
  person,
}) => {
  const { id } = await submit({
    worker: 'summarizer',
    title: 'Once more',
    input: { text: 'A. B.' },
    notBefore: tomorrow(),
  })
  await page.request.post(`${running.baseUrl}/api/v1/workspaces/${person.workspace.slug}/tasks/${id}/cancel`, {
    headers: { origin: running.baseUrl },
  })
  await page.goto(at(`tasks/${id}`))
  await awake(page)
  await page.getByRole('region', { name: 'Result', exact: true }).getByRole('button', { name: 'Retry' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Once more' })).toBeFocused()
})

test('search, help and menus can be used by everybody', async ({ page, at }) => {
  await page.goto(at('history'))
  await awake(page)
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Search or jump to' }).fill('new task')
  await expect(page.getByRole('option', { name: /^New task/ })).toBeVisible()
  await expectAccessible(page, [375, 1440])
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/tasks\/new/)
  await page.getByRole('button', { name: 'Help and shortcuts' }).click()
  await expect(page.getByRole('dialog', { name: 'Help and shortcuts' })).toBeVisible()
  await expectAccessible(page, [375, 1440])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /account of Maya Lindqvist/ }).click()
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible()
  await expectAccessible(page, [375, 1440])
})

function tomorrow(): string {
  return new Date(Date.now() + 86_400_000).toISOString()
}

async function script(modelUrl: string, ...steps: Step[]): Promise<void> {
  await fetch(new URL('/control/script', modelUrl), { method: 'POST', body: JSON.stringify(steps) })
}
