import { createResetLink } from '#lib/access/admin.ts'
import { expectAccessible } from './accessible.ts'
import { expect, OWNER, test } from './fixtures.ts'
import type { Page } from '@playwright/test'

test.use({ signedIn: false })

async function signInAs(page: Page, email: string, password: string) {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('the account of the first start signs in and finds its workspace', async ({ page, running }) => {
  await page.goto('/')
  await expect(page).toHaveURL(/\/sign-in$/)
  await signInAs(page, OWNER.email, OWNER.password)
  await expect(page).toHaveURL(new RegExp(`/w/${running.ownerWorkspace.slug}`))
})

test('a visitor is led to the sign-in page and back to where they wanted to go', async ({ page, person, at }) => {
  await page.goto(`${at('history')}?status=failed`)
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await signInAs(page, person.email, person.password)
  await expect(page).toHaveURL(`${at('history')}?status=failed`)
})

for (const elsewhere of ['//evil.example/w', '/.//evil.example/w', '/%2e//evil.example/w', '/\\evil.example/w'])
  test(`signing in never leads to another site: ${elsewhere}`, async ({ page, person, running }) => {
    const address = `/sign-in?next=${encodeURIComponent(elsewhere)}`
    await page.goto(address)
    await signInAs(page, person.email, person.password)
    const home = new RegExp(`^${running.baseUrl}/w/${person.workspace.slug}`)
    await expect(page).toHaveURL(home)
    // Whoever is signed in already is sent on by the server.
    for (const path of [address, address.replace('sign-in', 'sign-up')]) {
      const response = await page.request.get(path, { maxRedirects: 0 })
      expect(response.headers()).toMatchObject({ location: '/' })
    }
  })

test('a wrong password and an unknown address are told the same, and the address stays', async ({ page, person }) => {
  await page.goto('/sign-in')
  for (const email of [person.email, 'nobody@example.com']) {
    await signInAs(page, email, 'not the password')
    await expect(page.getByRole('alert').filter({ hasText: 'Email or password is wrong' })).toBeVisible()
    await expect(page.getByLabel('Email')).toHaveValue(email)
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
    await page.reload()
  }
})

test('after too many tries the card says how long the pause is', async ({ page, person, request, running }) => {
  for (let n = 0; n < 8; n += 1)
    await request.post(`${running.baseUrl}/api/auth/sign-in/email`, {
      data: { email: person.email, password: 'guess' },
    })
  await page.goto('/sign-in')
  await signInAs(page, person.email, 'a guess')
  await expect(page.getByText('1 try left')).toBeVisible()
  await signInAs(page, person.email, 'another guess')
  await expect(page.getByText('That was the last try')).toBeVisible()
  await signInAs(page, person.email, person.password)
  await expect(page.getByRole('alert').filter({ hasText: 'Too many tries' })).toContainText(/Try again in \d/)
})

test('the eye shows what was typed, and pasting works', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/sign-in')
  const password = page.getByLabel('Password', { exact: true })
  await page.evaluate(() => navigator.clipboard.writeText('pasted words'))
  await password.focus()
  await page.keyboard.press('ControlOrMeta+v')
  await expect(password).toHaveValue('pasted words')
  await expect(password).toHaveAttribute('type', 'password')
  await page.getByRole('button', { name: 'Show password' }).click()
  await expect(password).toHaveAttribute('type', 'text')
})

test('without a connection what was typed stays, and signing in goes on by itself', async ({
  page,
  person,
  context,
}) => {
  await page.goto('/sign-in')
  await context.setOffline(true)
  await signInAs(page, person.email, person.password)
  await expect(page.getByRole('alert').filter({ hasText: 'Baton cannot be reached' })).toBeVisible()
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue(person.password)
  await context.setOffline(false)
  await expect(page).toHaveURL(new RegExp(`/w/${person.workspace.slug}`), { timeout: 20_000 })
})

test.describe('signing up', () => {
  test.use({ timezoneId: 'Asia/Tokyo' })
  test('makes an account with a workspace of its own, whose days are those of its owner', async ({
    page,
    database,
  }) => {
    const email = `new-${Date.now()}@example.com`
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Create one' }).click()
    await page.getByLabel('Name').fill('Ana Souza')
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password', { exact: true }).fill('password1')
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page.getByText('first that attackers try')).toBeVisible()
    await expect(page.getByLabel('Email')).toHaveValue(email)
    await page.getByLabel('Password', { exact: true }).fill('tulip harbour seven')
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page).toHaveURL(/\/w\/anas-workspace/)
    const slug = new URL(page.url()).pathname.split('/')[2]
    const { rows } = await database.pool.query('select time_zone from workspaces where slug = $1', [slug])
    expect(rows).toEqual([{ time_zone: 'Asia/Tokyo' }])
  })
})

test('without a connection an account is made, and a password set, by themselves once there is one', async ({
  page,
  context,
  person,
  database,
  running,
}) => {
  await page.goto('/sign-up')
  await context.setOffline(true)
  await page.getByLabel('Name').fill('Late Arrival')
  await page.getByLabel('Email').fill(`late-${Date.now()}@example.com`)
  await page.getByLabel('Password', { exact: true }).fill('tulip harbour seven')
  await page.getByRole('button', { name: 'Create account' }).click()
  const offline = page.getByRole('alert').filter({ hasText: 'Baton cannot be reached' })
  await expect(offline).toContainText(/Trying again in [1-5] s\./)
  await context.setOffline(false)
  await expect(page).toHaveURL(/\/w\/lates-workspace/, { timeout: 20_000 })

  await context.clearCookies()
  await page.goto(await createResetLink(database.db, person.email, running.baseUrl))
  await context.setOffline(true)
  await page.getByLabel('New password', { exact: true }).fill('a brand new phrase')
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(offline).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByRole('alert').filter({ hasText: 'The new password is set' })).toBeVisible({ timeout: 20_000 })
})

test('a reset link sets a new password once and ends open sessions', async ({
  page,
  browser,
  person,
  signIn,
  database,
  running,
}) => {
  const elsewhere = await browser.newContext({ baseURL: running.baseUrl })
  await signIn(elsewhere, person)
  const link = await createResetLink(database.db, person.email, running.baseUrl)

  await page.goto(link)
  await expect(page.getByText(`for ${person.email}`)).toBeVisible()
  await page.getByLabel('New password', { exact: true }).fill('a brand new phrase')
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'The new password is set' })).toBeVisible()

  const other = await elsewhere.newPage()
  await other.goto('/account')
  await expect(other).toHaveURL(/\/sign-in/)
  await elsewhere.close()

  await page.goto(link)
  await expect(page.getByText('This link does not work any more')).toBeVisible()
  await page.goto('/sign-in')
  await signInAs(page, person.email, 'a brand new phrase')
  await expect(page).toHaveURL(new RegExp(`/w/${person.workspace.slug}`))
})

test('a lost password without a link shows the command that makes one', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgotten?' }).click()
  await expect(page.getByText('npm run reset-password')).toBeVisible()
})

for (const path of ['/sign-in', '/sign-up', '/reset-password'])
  test(`${path} is accessible at every width in both themes`, async ({ page }) => {
    await page.goto(path)
    await expectAccessible(page)
  })
