import { expectAccessible } from './accessible.ts'
import { expect, settled, test } from './fixtures.ts'
import { seedTasks } from './seed-tasks.ts'

test('a newcomer finds samples to run and a checklist that ticks by itself and stays dismissed', async ({
  page,
  at,
}) => {
  await page.goto(at())
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing needs you')
  const checklist = page.getByRole('region', { name: 'Getting started' })
  await expect(checklist).toContainText('0 of 3')
  await expect(page.getByRole('region', { name: 'Run your first task' }).getByRole('button')).toHaveCount(3)
  await expect(async () => {
    await page.getByRole('button', { name: 'Run the sample of Summarizer' }).click()
    await expect(page).toHaveURL(/\/tasks\/[0-9a-f-]{36}/, { timeout: 5_000 })
  }).toPass()
  await page.goto(at())
  await expect(checklist).toContainText('1 of 3')
  await expect(page.getByRole('region', { name: 'Recent, mine' })).toContainText('Completed', { timeout: 15_000 })
  await checklist.getByRole('button', { name: 'Dismiss the checklist' }).click()
  await expect(checklist).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('region', { name: 'Recent, mine' })).toBeVisible()
  await expect(checklist).toHaveCount(0)
})

test('failures of the day are grouped by cause and go back to the queue together', async ({
  page,
  at,
  database,
  person,
}) => {
  const timeout = { code: 'timeout', message: 'The attempt took longer than 120 s.' }
  await seedTasks(database, person, [
    { title: 'A', status: 'failed', worker: 'summarizer' },
    { title: 'B', status: 'failed', worker: 'summarizer' },
    { title: 'C', status: 'failed', worker: 'summarizer', error: timeout },
    { title: 'D', status: 'blocked', worker: 'translator' },
  ])
  await page.goto(at())
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Three things need you')
  const needs = page.getByRole('region', { name: 'Needs attention' })
  await expect(needs.getByRole('link', { name: '2 tasks failed: the result was empty', exact: true })).toBeVisible()
  await expect(needs.getByRole('link', { name: '1 task needs a model', exact: true })).toBeVisible()
  await expect(
    needs.getByRole('link', { name: 'Failed in Summarizer: 2 tasks failed: the result was empty' }),
  ).toBeVisible()
  await expect(async () => {
    await needs.getByRole('button', { name: /^Retry all 2/ }).click()
    await expect(page.getByText('2 tasks sent back to the queue')).toBeVisible({ timeout: 3_000 })
  }).toPass()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Two things need you')
})

test('what is blocked for one reason goes back to the queue, and the rest stays', async ({
  page,
  at,
  database,
  person,
}) => {
  const [, , other] = await seedTasks(database, person, [
    { title: 'A', status: 'blocked', reason: 'budget' },
    { title: 'B', status: 'blocked', reason: 'budget' },
    { title: 'C', status: 'blocked', reason: 'paused' },
  ])
  await page.goto(at())
  const needs = page.getByRole('region', { name: 'Needs attention' })
  await expect(async () => {
    await needs.getByRole('button', { name: /^Retry all 2/ }).click()
    await expect(page.getByText('2 tasks sent back to the queue')).toBeVisible({ timeout: 3_000 })
  }).toPass()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('One task waits for a paused worker')
  const answer = await page.request.get(`/api/v1/workspaces/${person.workspace.slug}/tasks?status=blocked`)
  const { items } = (await answer.json()) as { items: { id: string }[] }
  expect(items.map(({ id }) => id)).toEqual([other])
})

test('the number of failures of today leads to as many tasks', async ({ page, at, database, person }) => {
  await seedTasks(database, person, [
    { title: 'A', status: 'failed', worker: 'summarizer', ageMinutes: 0 },
    { title: 'B', status: 'failed', worker: 'translator', ageMinutes: 0 },
    { title: 'C', status: 'failed', worker: 'summarizer', ageMinutes: 60 * 24 * 3 },
    { title: 'D', ageMinutes: 0 },
  ])
  await page.goto(at())
  await settled(page)
  await page.getByRole('region', { name: 'Today' }).getByRole('link', { name: '2', exact: true }).click()
  await expect(page).toHaveURL(/\/history\?status=failed&from=/)
  for (const title of ['A', 'B'])
    await expect(page.getByRole('link', { name: title, exact: true }).first()).toBeVisible()
  await expect(page.getByRole('link', { name: 'C', exact: true })).toHaveCount(0)
})

test('home is accessible at every width in both themes', async ({ page, at, database, person, submit }) => {
  await seedTasks(database, person, [
    { title: 'A', status: 'failed' },
    { title: 'B', status: 'blocked' },
    { title: 'C' },
  ])
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
  await submit({ worker: 'summarizer', title: 'Later', input: { text: 'A. B.' }, notBefore: tomorrow })
  await page.goto(at())
  await settled(page)
  await expectAccessible(page)
})
