import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { members } from '#lib/db/auth-schema.ts'
import { asWorkspace } from '#lib/db/client.ts'
import { expectAccessible } from './accessible.ts'
import { expect, newPerson, settled, test } from './fixtures.ts'
import { seedTasks } from './seed-tasks.ts'

const run = promisify(execFile)

/** The page reacts: what was sent by the server is alive. */
const alive = (page: Page) => expect(page.getByRole('button', { name: 'Live', exact: true })).toBeVisible()
const rows = (page: Page) => page.locator('tbody tr[data-task]')
const titles = (page: Page) => page.locator('tbody tr[data-task] a').allInnerTexts()
const total = (page: Page, words: string | RegExp) =>
  expect(page.getByRole('heading', { name: 'History' }).locator('xpath=following-sibling::*[1]')).toHaveText(words)

test.describe('filters', () => {
  test.beforeEach(async ({ database, person }) => {
    await seedTasks(database, person, [
      { title: 'Old letter', ageMinutes: 60 * 24 * 12 },
      { title: 'Invoice 1', worker: 'translator', status: 'failed', tags: ['week 47'], externalId: 'INV-1' },
      { title: 'Invoice 2', worker: 'translator', priority: 'urgent' },
      { title: 'Record 3', worker: 'summarizer', status: 'failed' },
      { title: 'Record 4', worker: 'summarizer', status: 'blocked' },
    ])
  })

  test('live in the address: they survive a reload, Back undoes them one by one, and a link opens the same list', async ({
    page,
    at,
    context,
  }) => {
    await page.goto(at('history'))
    await total(page, '4 tasks')
    await page.getByRole('button', { name: /^Failed, 2$/ }).click()
    await total(page, '2 tasks')
    await page.getByRole('button', { name: /^Translator, 1$/ }).click()
    await total(page, '1 task')
    expect(await titles(page)).toEqual(['Invoice 1'])
    await expect(page).toHaveURL(/status=failed.*worker=translator/)
    await page.reload()
    await total(page, '1 task')
    const other = await context.newPage()
    await other.goto(page.url())
    await total(other, '1 task')
    // Twice in a row, faster than the pages in between could be fetched.
    await page.evaluate(() => {
      window.addEventListener('popstate', () => history.back(), { once: true })
      history.back()
    })
    await total(page, '4 tasks')
    await page.goForward()
    await total(page, '2 tasks')
  })

  test('exclude, combine and clear; the views count, and their links keep the time range', async ({ page, at }) => {
    await page.goto(at('history'))
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Filters' })
    await dialog.getByRole('button', { name: 'Not Failed' }).click()
    await total(page, '2 tasks')
    await dialog.getByLabel('External id').fill('INV-1')
    await dialog.getByLabel('External id').press('Enter')
    await total(page, '0 tasks')
    await page.keyboard.press('Escape')
    await expect(page.getByText('Nothing matches these 2 filters')).toBeVisible()
    await page.getByRole('button', { name: 'Remove filter not status failed' }).first().click()
    await total(page, '1 task')
    await page.getByRole('button', { name: 'Clear', exact: true }).click()
    await total(page, '4 tasks')
    const views = page.getByRole('navigation', { name: 'Views' })
    await expect(views.getByRole('link')).toHaveText([/^All/, /^Mine4/, /^Failed2/, /^Blocked1/, /^Open1/])
    await views.getByRole('link', { name: /Failed/ }).click()
    await total(page, '2 tasks')
    expect(await titles(page)).toEqual(['Record 3', 'Invoice 1'])
  })

  test('the last time range is remembered, the address wins', async ({ page, at }) => {
    await page.goto(at('history'))
    await page.getByRole('button', { name: 'Time: Last 7 days' }).click()
    await page.getByRole('button', { name: 'Last 30 days' }).click()
    await total(page, '5 tasks')
    await page.goto(at('history'))
    await total(page, '5 tasks')
    await page.goto(at('history?range=24h'))
    await total(page, '4 tasks')
  })
})

test('search finds words of input, output and error, says what it looked at, and offers more time', async ({
  page,
  at,
  database,
  person,
}) => {
  await seedTasks(database, person, [
    { title: 'One', text: 'A zebra crossed the road.' },
    { title: 'Two', text: 'Nothing here.', result: { summary: 'It was a giraffe.', keyPoints: [], evidence: [] } },
    { title: 'Three', text: 'Nor here.', status: 'failed', error: { code: 'x', message: 'The okapi was asleep.' } },
    { title: 'Zebra of old', text: 'Long ago.', ageMinutes: 60 * 24 * 20 },
  ])
  await page.goto(at('history'))
  await settled(page)
  const search = page.getByRole('searchbox', { name: 'Search input, output and errors' })
  for (const [word, title] of [
    ['zebra', 'One'],
    ['giraffe', 'Two'],
    ['okapi', 'Three'],
  ] as const) {
    await search.fill(word)
    // The search follows a task's own event by a moment, and the list follows the search.
    await expect.poll(() => titles(page), { timeout: 15_000 }).toEqual([title])
  }
  await search.fill('quagga')
  await expect(page.getByText('Nothing matches “quagga”')).toBeVisible()
  await search.fill('zebra')
  await page.getByRole('button', { name: 'Time: Last 7 days' }).click()
  await page.getByRole('button', { name: 'All time' }).click()
  await expect(rows(page)).toHaveCount(2)
  await expect(page.locator('mark').first()).toHaveText(/zebra/i)
})

test('the preview follows J and K, Enter opens, Escape gives the row its focus back, and Back finds the place', async ({
  page,
  at,
  database,
  person,
}) => {
  const seeded = Array.from({ length: 70 }, (_, index) => ({ title: `Letter ${String(70 - index).padStart(2, '0')}` }))
  await seedTasks(database, person, seeded.toReversed())
  await page.goto(at('history'))
  await alive(page)
  await expect(rows(page)).toHaveCount(50)
  const preview = page.getByRole('complementary', { name: /^Preview of/ })
  // A key pressed before the page is alive is lost.
  await expect(async () => {
    await page.keyboard.press('j')
    await expect(preview).toBeVisible({ timeout: 4_000 })
  }).toPass()
  await expect(preview).toHaveAccessibleName('Preview of Letter 70')
  await page.keyboard.press('j')
  await expect(preview).toHaveAccessibleName('Preview of Letter 69')
  await expect(preview.getByText('2 of 70')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Letter 69' })).toBeFocused()
  await page.keyboard.press('k')
  await expect(preview).toHaveAccessibleName('Preview of Letter 70')
  await page.keyboard.press('x')
  await expect(page.getByText('1 selected')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(preview).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Letter 70' })).toBeFocused()

  await page.getByRole('button', { name: 'Load 50 more' }).click()
  await expect(rows(page)).toHaveCount(70)
  await page.getByRole('link', { name: 'Letter 02' }).focus()
  const place = await page.getByRole('region', { name: 'Tasks' }).evaluate((pane) => pane.scrollTop)
  expect(place).toBeGreaterThan(500)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/tasks\/[0-9a-f-]{36}\?from=/)
  await expect(
    page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'History' }),
  ).toHaveAttribute('href', /\/history\?.*range=7d/)
  await page.goBack()
  await expect(rows(page)).toHaveCount(70)
  await expect
    .poll(() => page.getByRole('region', { name: 'Tasks' }).evaluate((pane) => pane.scrollTop))
    .toBeGreaterThan(500)
})

test('many at once: retry and cancel say how many they apply to, ask, and change only those', async ({
  page,
  at,
  database,
  person,
  submit,
}) => {
  test.slow()
  await seedTasks(database, person, [
    ...Array.from({ length: 55 }, (_, index) => ({
      title: `Failed ${index}`,
      status: 'failed' as const,
      worker: ['summarizer', 'document-analyzer', 'sentiment-analyzer', 'category-classifier'][index % 4],
    })),
    { title: 'Fine' },
  ])
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
  for (const title of ['Later 1', 'Later 2'])
    await submit({ worker: 'summarizer', title, input: { text: 'A text. Another.' }, notBefore: tomorrow })
  await page.goto(at('history'))
  await settled(page)
  await page.getByRole('checkbox', { name: 'Select Later 1' }).check()
  await page.getByRole('checkbox', { name: 'Select Fine' }).check()
  const bar = page.getByRole('toolbar', { name: 'Actions for the selected tasks' })
  await expect(bar.getByRole('button', { name: 'Cancel 1' })).toBeEnabled()
  await expect(bar.getByRole('button', { name: 'Retry 0' })).toHaveAttribute('aria-disabled', 'true')
  await bar.getByRole('button', { name: 'Cancel 1' }).click()
  await page.getByRole('button', { name: 'Cancel 1 task' }).click()
  await expect(page.getByText('1 task cancelled')).toBeVisible()
  await expect(rows(page).filter({ hasText: 'Later 1' })).toContainText('Cancelled')

  await page.goto(at('history?status=failed'))
  await settled(page)
  await page.getByRole('checkbox', { name: 'Select all 50 shown' }).check()
  await page.getByRole('button', { name: 'Select all 55 matching' }).click()
  await expect(bar.getByText('All 55 selected')).toBeVisible()
  await bar.getByRole('button', { name: 'Retry' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Retry 55 tasks' }).click()
  await expect(page.getByText('55 tasks sent back to the queue')).toBeVisible({ timeout: 20_000 })
  // The rows stay where they are and show what becomes of them, without a reload.
  await expect(rows(page)).toHaveCount(50)
  await expect(rows(page).first()).toContainText('Completed', { timeout: 20_000 })
  await expect
    .poll(async () => (await statuses(database, person.workspace.id))['failed'] ?? 0, { timeout: 20_000 })
    .toBe(0)
  expect(await statuses(database, person.workspace.id)).toMatchObject({ cancelled: 1, pending: 1 })
})

test('new tasks are announced and wait until they are asked for', async ({ page, at, database, person, submit }) => {
  await seedTasks(database, person, [{ title: 'First' }])
  await page.goto(at('history'))
  await alive(page)
  await submit({ worker: 'summarizer', title: 'Second', input: { text: 'One sentence. Two.' } })
  await submit({ worker: 'translator', title: 'Third', input: { text: 'One sentence. Two.' } })
  await expect(page.getByRole('button', { name: /2 new/ })).toBeVisible()
  expect(await titles(page)).toEqual(['First'])
  await page.getByRole('button', { name: /2 new/ }).click()
  await expect(rows(page)).toHaveCount(3)
  await expect(page.getByRole('button', { name: /new/ }).filter({ hasText: 'Show' })).toHaveCount(0)
})

test('a list of one status hears of tasks that change into it, also while it is empty', async ({
  page,
  at,
  submit,
  running,
  person,
}) => {
  const api = `${running.baseUrl}/api/v1/workspaces/${person.workspace.slug}`
  const notBefore = new Date(Date.now() + 86_400_000).toISOString()
  const cancelled = async (title: string) => {
    const { id } = await submit({ worker: 'summarizer', title, input: { text: 'A text. Another.' }, notBefore })
    return () => page.request.post(`${api}/tasks/${id}/cancel`, { headers: { origin: running.baseUrl } })
  }
  const cancelFirst = await cancelled('First')
  const cancelSecond = await cancelled('Second')
  await page.goto(at('history?status=cancelled'))
  await alive(page)
  await expect(page.getByText('Nothing matches this filter')).toBeVisible()
  await cancelSecond()
  await page.getByRole('button', { name: /1 new/ }).click()
  await expect(rows(page)).toHaveCount(1)
  await cancelFirst()
  await page.getByRole('button', { name: /1 new/ }).click()
  await expect(rows(page)).toHaveCount(2)
  await expect(page.getByRole('region', { name: 'Tasks' })).toBeFocused()
})

test('a link that asks for too much, or for times that do not exist, opens the list', async ({
  page,
  at,
  database,
  person,
}) => {
  await seedTasks(database, person, [{ title: 'Still here', tags: ['t3'] }])
  const many = (count: number, name: string) => Array.from({ length: count }, (_, n) => `${name}${n}`).join(',')
  for (const query of [`tag=${many(11, 't')}`, 'from=%2B020266-01-01T00:00:00.000Z', 'to=1969-01-01T00:00:00Z']) {
    await page.goto(at(`history?${query}`))
    await expect(rows(page)).toHaveCount(1)
  }
  await page.goto(at(`history?worker=${many(51, 'w')}`))
  await expect(page.getByText(/^Nothing matches these 50 filters/)).toBeVisible()
})

test('the focus goes on to what comes next when a chip, the selection or a notice is gone', async ({
  page,
  at,
  database,
  person,
}) => {
  await seedTasks(database, person, [{ title: 'One', status: 'failed' }, { title: 'Two' }])
  await page.goto(at('history?status=failed,completed&priority=normal'))
  await settled(page)
  await alive(page)
  await page.getByRole('button', { name: 'Remove filter status failed' }).click()
  await expect(page.getByRole('searchbox', { name: 'Search input, output and errors' })).toBeFocused()
  await page.getByRole('checkbox', { name: 'Select Two' }).check()
  await page.getByRole('button', { name: 'Clear the selection' }).click()
  await expect(page.getByRole('region', { name: 'Tasks' })).toBeFocused()
})

test('tasks that ended meanwhile are not called cancelled', async ({ page, at, submit, person, running }) => {
  const notBefore = new Date(Date.now() + 86_400_000).toISOString()
  const { id } = await submit({ worker: 'summarizer', title: 'Later', input: { text: 'A. B.' }, notBefore })
  await page.goto(at('history'))
  await settled(page)
  await page.getByRole('checkbox', { name: 'Select Later' }).check()
  await page.getByRole('button', { name: 'Cancel 1' }).click()
  await page.request.post(`${running.baseUrl}/api/v1/workspaces/${person.workspace.slug}/tasks/${id}/cancel`, {
    headers: { origin: running.baseUrl },
  })
  await page.getByRole('button', { name: 'Cancel 1 task' }).click()
  await expect(page.getByText('Nothing was changed: the task is no longer open')).toBeVisible()
})

test('a session that ended elsewhere is said in plain words, and signing in leads back to the same list', async ({
  page,
  at,
  database,
  person,
  context,
}) => {
  await seedTasks(database, person, [{ title: 'Kept', status: 'failed' }, { title: 'Other' }])
  await page.goto(at('history'))
  await alive(page)
  await context.clearCookies()
  await page.getByRole('button', { name: /^Failed, 1$/ }).click()
  await expect(page.getByRole('heading', { name: 'You are no longer signed in' })).toBeVisible()
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/history\?.*status=failed/)
  await expect(rows(page)).toHaveCount(1)
})

test('export gives what is shown as CSV and JSON Lines, and a selection only itself', async ({
  page,
  at,
  database,
  person,
}) => {
  await seedTasks(database, person, [
    { title: 'Kept', status: 'failed', text: 'The whole text of it.' },
    { title: '=HYPERLINK("x")', status: 'failed' },
    { title: 'Left out' },
  ])
  await page.goto(at('history?status=failed'))
  await settled(page)
  const file = async (open: string, item: string) => {
    await page.getByRole('button', { name: open }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: item }).click()
    return readFile(await (await download).path(), 'utf8')
  }
  const csv = await file('Export', 'CSV, for a spreadsheet')
  expect(csv).toContain('Kept')
  expect(csv).not.toContain('Left out')
  expect(csv).not.toMatch(/(^|,)"?=HYPERLINK/m)
  await page.getByRole('checkbox', { name: 'Select Kept' }).check()
  const lines = (await file('Export 1', 'JSON Lines')).trim().split('\n')
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ title: 'Kept', input: { text: 'The whole text of it.' } })
})

test.describe('the same list for a program', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

  test('"Copy as cURL" is a command that gives it', async ({ page, at, database, person, running, context }) => {
    await seedTasks(database, person, [{ title: 'It’s "late"', status: 'failed', tags: ['a b'] }, { title: 'Fine' }])
    const made = await context.request.post(`${running.baseUrl}/api/v1/workspaces/${person.workspace.slug}/api-keys`, {
      data: { name: 'curl', scopes: ['read'] },
      headers: { origin: running.baseUrl },
    })
    const { secret } = await made.json()
    await page.goto(at('history?status=failed&tag=a b'))
    await settled(page)
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name: 'Copy as cURL' }).click()
    await expect(page.getByText(/cURL command copied/)).toBeVisible()
    const command = await page.evaluate(() => navigator.clipboard.readText())
    const { stdout } = await run('sh', ['-c', command], { env: { ...process.env, BATON_API_KEY: secret } })
    expect(JSON.parse(stdout).items.map((task: { title: string }) => task.title)).toEqual(['It’s "late"'])
  })
})

test('a viewer reads everything and is told why the rest is not for them', async ({
  page,
  at,
  database,
  person,
  signIn,
  context,
}) => {
  await seedTasks(database, person, [{ title: 'Seen', status: 'failed' }])
  const viewer = await newPerson(database)
  await database.db
    .insert(members)
    .values({ id: uuidv7(), organizationId: person.workspace.id, userId: viewer.id, role: 'viewer' })
  await context.clearCookies()
  await signIn(context, viewer)
  await page.goto(at('history'))
  await settled(page)
  await page.getByRole('checkbox', { name: 'Select Seen' }).check()
  const retry = page.getByRole('button', { name: 'Retry 1' })
  await expect(retry).toHaveAttribute('aria-disabled', 'true')
  await expect(retry).toHaveAttribute('title', /Your role may not retry tasks/)
})

test('a first visit teaches, and an empty time offers a longer one', async ({ page, at, database, person }) => {
  await page.goto(at('history'))
  await expect(page.getByRole('heading', { name: 'Run your first task' })).toBeVisible()
  await seedTasks(database, person, [{ title: 'Old', ageMinutes: 60 * 24 * 10 }])
  await page.reload()
  await expect(page.getByRole('heading', { name: 'No task in this time' })).toBeVisible()
  await page.getByRole('button', { name: 'Last 30 days' }).click()
  await expect(rows(page)).toHaveCount(1)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 375, height: 812 }, hasTouch: true })

  test('rows are cards, filters a dialog, and a tap opens the task', async ({ page, at, database, person }) => {
    await seedTasks(database, person, [{ title: 'Card one', status: 'failed' }, { title: 'Card two' }])
    await page.goto(at('history'))
    await settled(page)
    await page.getByRole('button', { name: /^Filters/ }).tap()
    await page
      .getByRole('dialog')
      .getByRole('checkbox', { name: /^Failed/ })
      .check()
    await page.getByRole('button', { name: 'Show 1 task' }).tap()
    await expect(page.getByRole('link', { name: 'Card two' })).toHaveCount(0)
    await page.getByRole('link', { name: 'Card one' }).tap()
    await expect(page).toHaveURL(/\/tasks\//)
  })
})

test('history is accessible at every width in both themes: the list, the preview, the filters of a phone, nothing', async ({
  page,
  at,
  database,
  person,
}) => {
  await page.goto(at('history?search=river'))
  await settled(page)
  await expectAccessible(page)
  await seedTasks(database, person, [
    { title: 'Done', tags: ['a'] },
    { title: 'Failed', status: 'failed' },
    { title: 'Blocked', status: 'blocked' },
    { title: 'Waiting', status: 'pending' },
    { title: 'Cancelled', status: 'cancelled', priority: 'high' },
  ])
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(at('history?notStatus=pending'))
  await settled(page)
  await page.getByRole('checkbox', { name: 'Select Done' }).check()
  await expect(async () => {
    await page.getByRole('link', { name: 'Done' }).click()
    await expect(page.getByRole('complementary', { name: 'Preview of Done' })).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await expectAccessible(page)
  await page.setViewportSize({ width: 375, height: 812 })
  await page.goto(at('history'))
  await expect(async () => {
    await page.getByRole('button', { name: /^Filters/ }).click()
    await expect(page.getByRole('dialog')).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await expectAccessible(page)
})

async function statuses(database: Parameters<typeof seedTasks>[0], workspaceId: string) {
  const { rows: found } = await asWorkspace(database.db, workspaceId, (tx) =>
    tx.execute<{ status: string; count: number }>(sql`select status, count(*)::int from tasks group by 1`),
  )
  return Object.fromEntries(found.map(({ status, count }) => [status, count]))
}
