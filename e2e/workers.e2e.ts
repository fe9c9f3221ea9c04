import { expectAccessible } from './accessible.ts'
import { expect, settled, test } from './fixtures.ts'
import { seedTasks } from './seed-tasks.ts'

test('everyone sees who keeps up and what each slot does; slots are the operator’s, and it says so', async ({
  page,
  at,
}) => {
  test.slow()
  await page.goto(at('workers'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/keep up|behind/)
  const table = page.getByRole('table', { name: /^The workers/ })
  await expect(table.getByRole('rowheader')).toHaveCount(7)
  const process = page.getByRole('region', { name: /^Process / })
  await expect(process.first().getByText('Online')).toBeVisible()
  await expect(process.first().getByRole('row')).toHaveCount(9)
  const slots = table.getByRole('textbox', { name: 'Slots per process, Translator' })
  await expect(slots).toHaveAttribute('readonly')
  await expect(page.getByText('Only an operator of this instance may change slots.')).toBeVisible()
  await table.getByRole('link', { name: 'Translator' }).click()
  await expect(page).toHaveURL(/\/history\?worker=translator/)
})

test('a task shows in its slot while it runs, and in the numbers when it is done, without a reload', async ({
  page,
  at,
  submit,
}) => {
  await page.goto(at('workers'))
  await expect(page.getByRole('button', { name: 'Live', exact: true })).toBeVisible()
  const done = page
    .getByRole('row', { name: /Summarizer/ })
    .first()
    .getByRole('cell')
    .nth(3)
  await expect(done).toHaveText(/^0/)
  await submit({ worker: 'summarizer', engine: 'rules', input: { text: 'One sentence. And another one.' } })
  await expect(done).toHaveText(/^1/, { timeout: 15_000 })
})

test.describe('an operator', () => {
  test.use({ operator: true })

  test('changes slots with a button that names the result, sees them at once, and can undo it', async ({
    page,
    at,
  }) => {
    await page.goto(at('workers'))
    await settled(page)
    const row = page.getByRole('row', { name: /Question generator/ }).first()
    const field = row.getByRole('textbox', { name: 'Slots per process, Question generator' })
    await expect(field).toHaveValue('1')
    await expect(async () => {
      await row.getByRole('button', { name: 'One slot for Question generator more' }).click()
      await expect(field).toHaveValue('2', { timeout: 1_000 })
    }).toPass()
    await expect(row).toContainText('0 of 1')
    await page.getByRole('button', { name: 'Leave at 1' }).click()
    await expect(field).toHaveValue('1')
    await field.fill('3')
    await page.getByRole('button', { name: 'Add 2 slots' }).click()
    await expect(row).toContainText('0 of 3')
    await expect(page.getByText('Question generator has 3 slots per process')).toBeVisible()
    await page.getByRole('button', { name: /^Undo/ }).click()
    await expect(row).toContainText('0 of 1')
  })
})

test('what was given up is set aside with its reason, and goes back to the queue on request', async ({
  page,
  at,
  database,
  person,
}) => {
  await seedTasks(database, person, [
    { title: 'Tired', status: 'failed', attemptsUsed: 5 },
    { title: 'Once', status: 'failed', attemptsUsed: 1 },
  ])
  await page.goto(at('workers'))
  const panel = page.getByRole('region', { name: 'Set aside' })
  await expect(panel.getByText('5 attempts: The result was empty.')).toBeVisible()
  await expect(panel.getByText('Once')).toHaveCount(0)
  await expect(async () => {
    await panel.getByRole('button', { name: 'Requeue Tired' }).click()
    await expect(page.getByText('Sent back to its queue')).toBeVisible({ timeout: 3_000 })
  }).toPass()
  await expect(panel.getByText('Tired')).toHaveCount(0)
})

test('workers is accessible at every width in both themes', async ({ page, at, database, person }) => {
  await seedTasks(database, person, [{ title: 'Tired', status: 'failed', attemptsUsed: 5 }])
  await page.goto(at('workers'))
  await settled(page)
  await expectAccessible(page)
})
