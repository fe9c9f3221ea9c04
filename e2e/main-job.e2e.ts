import { WORKERS } from '#lib/workers/registry.ts'
import { expect, test } from './fixtures.ts'

const LETTER = `Dear support team, since the update on Monday our invoices are printed twice. Please repair this before
30 June 2026, otherwise we have to cancel the contract. We were very happy with your service until now. Maria Keller`

for (const worker of WORKERS) {
  test(`a text goes through the form to the ${worker.title}, and its end shows by itself and in the history`, async ({
    page,
    at,
  }) => {
    await page.goto(at(`tasks/new?worker=${worker.name}`))
    await page.getByRole('textbox', { name: 'Text' }).fill(LETTER)
    await page.getByText('Built-in engine', { exact: true }).first().click()
    await page
      .getByRole('button', { name: /^Run task/ })
      .first()
      .click()
    await expect(page).toHaveURL(/\/tasks\/[0-9a-f-]{36}$/)
    await expect(page.getByText(/^(Completed|Blocked)$/).first()).toBeVisible({ timeout: 20_000 })
    const id = page.url().split('/').at(-1) ?? ''
    await page.goto(at('history'))
    await expect(page.locator(`a[href*="${id}"]`).first()).toBeVisible()
  })
}
