import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { v7 as uuidv7 } from 'uuid'
import { members } from '#lib/db/auth-schema.ts'
import { expectAccessible } from './accessible.ts'
import { expect, newPerson, test } from './fixtures.ts'

const run = promisify(execFile)
const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
)

const ready = (page: Page) => page.getByRole('region', { name: /is ready$/ })

async function makeKey(page: Page, name: string, { without }: { without?: string } = {}): Promise<string> {
  await expect(async () => {
    await page.getByRole('button', { name: 'New key' }).click()
    await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused({ timeout: 2_000 })
  }).toPass()
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  if (without) await page.getByRole('checkbox', { name: without }).uncheck()
  await page.getByRole('button', { name: 'Make the key' }).click()
  await expect(page.getByRole('heading', { name: `${name} is ready` })).toBeFocused()
  return page.getByRole('textbox', { name: 'Secret' }).inputValue()
}

test.describe('a new key', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

  test('shows its secret once, with a command that works as copied and ticks in by itself', async ({ page, at }) => {
    test.skip(!hasCurl, 'curl is not installed here')
    await page.goto(at('api-keys'))
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('No API keys yet')
    const secret = await makeKey(page, 'intake-mailbox')
    expect(secret).toMatch(/^bt_[0-9a-f]{64}$/)
    await expect(ready(page).getByText('Waiting for the first call…')).toBeVisible()
    await ready(page).getByRole('button', { name: 'Copy the cURL command' }).click()
    const command = await page.evaluate(() => navigator.clipboard.readText())
    const { stdout } = await run('sh', ['-c', command])
    expect(JSON.parse(stdout)).toMatchObject({ worker: 'summarizer', submittedBy: { name: 'intake-mailbox' } })
    await expect(ready(page).getByText(/^First call, 201$/)).toBeVisible()
    await expect(ready(page).getByRole('link', { name: 'Completed: open it' })).toBeVisible({ timeout: 20_000 })
    await ready(page).getByRole('button', { name: 'I have stored it' }).click()
    await expect(page.getByText(secret)).toHaveCount(0)
    await page.reload()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('One API key')
    expect(await page.content()).not.toContain(secret)
  })

  test('that only reads gets a command that reads, and a refused call says why', async ({
    page,
    at,
    running,
    person,
  }) => {
    await page.goto(at('api-keys'))
    const secret = await makeKey(page, 'grafana', { without: 'Run tasks' })
    const command = await ready(page).getByLabel('cURL command with your key').innerText()
    expect(command).toContain('/workers')
    const base = `${running.baseUrl}/api/v1/workspaces/${person.workspace.slug}`
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
    const refused = await fetch(`${base}/tasks`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ worker: 'summarizer', input: { text: 'A. B.' } }),
    })
    expect(refused.status).toBe(403)
    await expect(ready(page).getByText('A call was refused, 403')).toBeVisible()
    await expect(ready(page).getByText(/the key lacks the scope for it/)).toBeVisible()
    expect((await fetch(`${base}/workers`, { headers })).status).toBe(200)
    await expect(ready(page).getByText('First call, 200')).toBeVisible()
  })

  test('is not lost by a careless click: leaving before it is stored asks once', async ({ page, at }) => {
    await page.goto(at('api-keys'))
    await makeKey(page, 'careless')
    await page.getByRole('link', { name: 'History' }).first().click()
    const question = page.getByRole('dialog', { name: 'Is the secret stored?' })
    await question.getByRole('button', { name: 'Stay here' }).click()
    await expect(ready(page)).toBeVisible()
    await page.getByRole('link', { name: 'History' }).first().click()
    await question.getByRole('button', { name: 'Leave without it' }).click()
    await expect(page).toHaveURL(/\/history/)
    await page.goBack()
    await expect(page).toHaveURL(/\/api-keys/)
  })

  test('is not lost by a key, a command or Back either', async ({ page, at }) => {
    await page.goto(at('history'))
    await page.getByRole('link', { name: 'API keys' }).first().click()
    const secret = await makeKey(page, 'hasty')
    const question = page.getByRole('dialog', { name: 'Is the secret stored?' })
    const stay = async () => {
      await question.getByRole('button', { name: 'Stay here' }).click()
      await expect(question).toHaveCount(0)
      await expect(page.getByRole('textbox', { name: 'Secret' })).toHaveValue(secret)
    }
    await page.keyboard.press('n')
    await stay()
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('combobox', { name: 'Search or jump to' }).fill('workers')
    await page.getByRole('option', { name: 'Workers' }).click()
    await stay()
    await page.evaluate(() => history.back())
    await stay()
    await page.evaluate(() => history.back())
    await question.getByRole('button', { name: 'Leave without it' }).click()
    await expect(page).toHaveURL(/\/history/)
  })

  test('once stored leaves nothing behind: Back leads to the page before', async ({ page, at }) => {
    await page.goto(at('history'))
    await page.getByRole('link', { name: 'API keys' }).first().click()
    await makeKey(page, 'stored')
    const entries = await page.evaluate(() => history.length)
    const moved = page.evaluate(
      () => new Promise((done) => addEventListener('popstate', () => done(null), { once: true })),
    )
    await page.getByRole('button', { name: 'I have stored it' }).click()
    await moved
    await expect(page).toHaveURL(/\/api-keys/)
    await page.evaluate(() => history.back())
    await expect(page).toHaveURL(/\/history/)
    expect(await page.evaluate(() => history.length)).toBe(entries)
  })

  test('needs a name and a scope, and says so in place', async ({ page, at }) => {
    await page.goto(at('api-keys'))
    await expect(async () => {
      await page.getByRole('button', { name: 'New key' }).click()
      await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused({ timeout: 2_000 })
    }).toPass()
    await page.getByRole('checkbox', { name: 'Run tasks' }).uncheck()
    await page.getByRole('checkbox', { name: 'Read results' }).uncheck()
    await page.getByRole('button', { name: 'Make the key' }).click()
    await expect(page.getByText('Name the key after the program that will use it.')).toBeVisible()
    await expect(page.getByText('Choose at least one thing that the key may do.')).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
  })
})

test('revoking asks with the focus on keeping; afterwards the next call gets 401', async ({
  page,
  at,
  running,
  person,
}) => {
  await page.goto(at('api-keys'))
  const secret = await makeKey(page, 'old-scanner')
  await page.getByRole('button', { name: 'I have stored it' }).click()
  const call = () =>
    fetch(`${running.baseUrl}/api/v1/workspaces/${person.workspace.slug}/tasks`, {
      headers: { authorization: `Bearer ${secret}` },
    })
  expect((await call()).status).toBe(200)
  await page.getByRole('button', { name: 'Revoke old-scanner' }).click()
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Revoke old-scanner' })).toBeFocused()
  expect((await call()).status).toBe(200)
  await page.getByRole('button', { name: 'Revoke old-scanner' }).click()
  await page.getByRole('button', { name: 'Revoke now' }).click()
  await expect(page.getByText('old-scanner is revoked')).toBeVisible()
  await expect(page.locator('#keys-heading')).toBeFocused()
  expect((await call()).status).toBe(401)
  await page.getByRole('button', { name: 'Show 1 revoked' }).click()
  await expect(page.getByRole('rowheader', { name: /old-scanner/ })).toBeVisible()
})

test('a member sees that keys are not theirs, who can help, and no key', async ({
  page,
  at,
  database,
  person,
  signIn,
  context,
}) => {
  await page.goto(at('api-keys'))
  await makeKey(page, 'hidden-from-members')
  const member = await newPerson(database)
  await database.db
    .insert(members)
    .values({ id: uuidv7(), organizationId: person.workspace.id, userId: member.id, role: 'member' })
  await context.clearCookies()
  await signIn(context, member)
  await page.goto(at('api-keys'))
  await expect(page.getByRole('heading', { name: 'You may not see API keys' })).toBeVisible()
  await expect(page.getByText(/you are a member\. Maya Lindqvist can make one for you/)).toBeVisible()
  expect(await page.content()).not.toContain('hidden-from-members')
})

test('API keys are accessible at every width in both themes: the secret, the question, the form', async ({
  page,
  at,
}) => {
  await page.goto(at('api-keys'))
  await makeKey(page, 'seen')
  await page.locator('[aria-label="Revoke seen"]:visible').click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'I have stored it' }).click()
  await page.getByRole('button', { name: 'New key' }).click()
  await expectAccessible(page)
})
