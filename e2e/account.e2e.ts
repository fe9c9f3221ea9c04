import { expectAccessible } from './accessible.ts'
import { expect, settled, test } from './fixtures.ts'

test('a new name stands beside what the person does', async ({ page }) => {
  await page.goto('/account')
  await page.getByLabel('Name', { exact: true }).fill('Maya L. Lindqvist')
  await page.getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Maya L. Lindqvist')
})

test('a new password ends every other session, and this one goes on', async ({
  page,
  browser,
  person,
  signIn,
  running,
}) => {
  const elsewhere = await browser.newContext({ baseURL: running.baseUrl })
  await signIn(elsewhere, person)
  await page.goto('/account')
  await page.getByLabel('Current password').fill('not my password')
  await page.getByLabel('New password').fill('a brand new phrase')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('This is not your current password.')).toBeVisible()
  await page.getByLabel('Current password').fill(person.password)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'The new password is set' })).toBeVisible()
  await page.reload()
  await expect(page).toHaveURL(/\/account$/)
  const other = await elsewhere.newPage()
  await other.goto('/account')
  await expect(other).toHaveURL(/\/sign-in/)
  await elsewhere.close()
})

test('sessions are listed and can be ended one by one or all others at once', async ({
  page,
  browser,
  person,
  signIn,
  running,
}) => {
  const others = await Promise.all(
    [1, 2, 3].map(() => browser.newContext({ baseURL: running.baseUrl, userAgent: 'curl/8' })),
  )
  for (const other of others) await signIn(other, person)
  await page.goto('/account')
  const sessions = page.getByRole('region', { name: 'Sessions' }).getByRole('listitem')
  await expect(sessions).toHaveCount(4)
  await expect(sessions.first()).toContainText('This session')
  await sessions.last().getByRole('button', { name: 'End the session of curl' }).click()
  await expect(sessions).toHaveCount(3)
  await page.getByRole('button', { name: 'End all others' }).click()
  await expect(sessions).toHaveCount(1)
  for (const other of others) {
    const answer = await other.request.get('/api/v1/workspaces/any/tasks')
    expect(answer.status()).toBe(401)
    await other.close()
  }
  await page.reload()
  await expect(page).toHaveURL(/\/account$/)
})

test('single-key shortcuts can be switched off', async ({ page }) => {
  await page.goto('/account')
  await settled(page)
  await page.getByLabel('Single-key shortcuts').uncheck()
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.getByLabel('Single-key shortcuts').check()
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Help and shortcuts' })).toBeVisible()
})

test('signing out leaves nothing to see, on the pages before it neither', async ({ page, person, at }) => {
  await page.goto(at('api-keys'))
  await page.goto('/account')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(person.name)
  await page.getByRole('button', { name: /account of/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
  await page.goBack()
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  for (const seen of [person.email, person.name]) await expect(page.getByText(seen)).toHaveCount(0)
  await page.goto('/account')
  await expect(page).toHaveURL(/\/sign-in\?next=%2Faccount$/)
})

test('the set-up check passes and runs all six workers', async ({ page }) => {
  await page.goto('/setup')
  await expect(page.getByText('6 of 6 passed')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Baton is ready')
  await page.getByRole('button', { name: 'Run all six' }).click()
  await expect(page.getByRole('link', { name: /^See result of/ }).first()).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Baton works')
})

for (const path of ['/account', '/setup'])
  test(`${path} is accessible at every width in both themes`, async ({ page }) => {
    await page.goto(path)
    await settled(page)
    await expectAccessible(page)
  })
