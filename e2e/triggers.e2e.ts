import { expectAccessible } from './accessible.ts'
import { expect, test } from './fixtures.ts'

const TEXT = 'The parcel arrived late and damaged. Please refund me 20 euros by Friday.'

test('a schedule, a call and a new document start a workflow, and each start can be looked up', async ({
  page,
  at,
  running,
  person,
}) => {
  await page.goto(at('workflows/complete-analysis'))
  await page.getByRole('link', { name: 'What starts it by itself' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing starts Complete analysis by itself')

  await page.getByRole('button', { name: 'New trigger' }).click()
  await page.getByLabel('Name').fill('Morning digest')
  await page.getByLabel('As five fields').fill('61 * * * *')
  await page.getByRole('button', { name: 'Make the trigger' }).click()
  await expect(page.getByLabel('As five fields')).toBeFocused()
  await page.getByLabel('As five fields').fill('30 7 * * 1-5')
  await expect(page.getByText('At 07:30, Monday through Friday', { exact: true })).toBeVisible()
  await page.getByLabel('Text that each run reads').fill(TEXT)
  await expectAccessible(page, [375, 1440])
  await page.getByRole('button', { name: 'Make the trigger' }).click()
  const digest = page.locator('[data-trigger]').filter({ hasText: 'Morning digest' })
  await expect(digest).toContainText('Not yet set off.')
  await digest.getByRole('button', { name: 'Run now' }).click()
  await expect(digest.getByRole('link', { name: 'Started a run' })).toBeVisible()

  await page.getByRole('button', { name: 'New trigger' }).click()
  await page.getByLabel('Name').fill('Tickets')
  await page.getByText('On a call').click()
  await page.getByLabel('Where the text stands').fill('data.text')
  await page.getByRole('button', { name: 'Make the trigger' }).click()
  await expect(page.getByRole('heading', { name: 'Tickets is ready' })).toBeFocused()
  const secret = await page.getByRole('textbox', { name: 'Secret' }).inputValue()
  await page.getByRole('button', { name: 'I have stored it' }).click()
  const tickets = page.locator('[data-trigger]').filter({ hasText: 'Tickets' })
  const address = (await tickets.getByText('/api/hooks/').textContent()) ?? ''
  const call = (token: string) =>
    fetch(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'webhook-id': 'ticket-7' },
      body: JSON.stringify({ data: { text: TEXT } }),
    })
  expect((await call('whsec_wrong')).status).toBe(401)
  expect((await call(secret)).status).toBe(202)
  expect((await call(secret)).status).toBe(200)
  await expect(tickets.getByRole('link', { name: 'Started a run' })).toHaveCount(1, { timeout: 10_000 })

  await tickets.getByRole('button', { name: 'New secret' }).click()
  await page.getByRole('button', { name: 'Make a new secret' }).click()
  await expect(page.getByText(/^The one before is accepted too until/)).toBeVisible()
  const renewed = await page.getByRole('textbox', { name: 'Secret' }).inputValue()
  expect(renewed).not.toBe(secret)
  expect([(await call(secret)).status, (await call(renewed)).status]).toEqual([200, 200])
  await page.getByRole('button', { name: 'I have stored it' }).click()

  const api = `/api/v1/workspaces/${person.workspace.slug}`
  const headers = { origin: running.baseUrl }
  const watching = await page.request.post(`${api}/workflows/complete-analysis/triggers`, {
    data: { title: 'Letters', config: { kind: 'document', named: 'letter' } },
    headers,
  })
  expect(watching.status(), await watching.text()).toBe(201)
  const upload = await page.request.post(`${api}/documents?name=my-letter.txt`, {
    data: Buffer.from(TEXT),
    headers: { ...headers, 'content-type': 'application/octet-stream' },
  })
  expect(upload.status(), await upload.text()).toBe(201)
  const letters = page.locator('[data-trigger]').filter({ hasText: 'Letters' })
  await expect(letters).toContainText('my-letter.txt', { timeout: 20_000 })

  await tickets.getByRole('button', { name: 'Pause' }).click()
  await expect(tickets.getByText('Paused')).toBeVisible()
  expect((await call(secret)).status).toBe(409)
  await expectAccessible(page)
  await tickets.getByRole('button', { name: 'Delete Tickets' }).click()
  await page.getByRole('button', { name: 'Delete the trigger' }).click()
  await expect(tickets).toHaveCount(0)
  await letters.getByRole('link', { name: 'Started a run' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('my-letter')
  await page.getByRole('link', { name: 'Letters', exact: true }).click()
  await expect(page).toHaveURL(/\/triggers#[0-9a-f-]{36}$/)
  const made = await page.request.post(`${api}/workflows`, { data: { draft: { title: 'Weekly notes' } }, headers })
  expect(made.status(), await made.text()).toBe(201)
  await page.goto(at('workflows'))
  await page.getByRole('searchbox', { name: 'Find a workflow' }).fill('weekly')
  await expect(page.getByRole('heading', { name: 'Weekly notes' })).toBeVisible()
  await expect(page.getByRole('heading', { name: /^Complete analysis/ })).toHaveCount(0)
  await expect(page).toHaveURL(/find=weekly/)
  await page.getByRole('searchbox', { name: 'Find a workflow' }).fill('no such')
  await page.getByRole('button', { name: 'Show all workflows' }).click()
  await page.getByLabel('Order of the workflows').selectOption('attention')
  await page.reload()
  await expect(page.getByLabel('Order of the workflows')).toHaveValue('attention')
  await expect(page.getByRole('listitem').filter({ hasText: 'by Letters' }).first()).toBeVisible()
  await expectAccessible(page, [375, 1440])
  await expect(page.getByRole('link', { name: /^At 07:30, Monday through Friday, next .*, and 1 more$/ })).toBeVisible()
})
