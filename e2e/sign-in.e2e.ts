import { expect, OWNER, test } from './fixtures.ts'

test.describe('a visitor', () => {
  test.use({ signedIn: false })

  test('signs in with the account of the first start and finds its workspace', async ({ page, running }) => {
    await page.goto('/')
    await expect(page).toHaveURL(/\/sign-in/)
    await page.getByLabel('Email').fill(OWNER.email)
    await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL(new RegExp(`/w/${running.ownerWorkspace.slug}`))
  })

  test('is led to the sign-in page and back to where they wanted to go', async ({ page, person, at }) => {
    await page.goto(at('history'))
    await expect(page).toHaveURL(/\/sign-in\?next=/)
    await page.getByLabel('Email').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL(at('history'))
  })
})
