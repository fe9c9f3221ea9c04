import { readFile } from 'node:fs/promises'
import JSZip from 'jszip'
import { pdfFile } from '../worker/documents/test-files.ts'
import { expectAccessible } from './accessible.ts'
import { awake, expect, settled, test } from './fixtures.ts'

const CSV = [
  'id,message',
  '1,"The parcel came late, and the box was ""open"".\nNobody answered the phone for a week."',
  '2,"Thank you, the new depot works very well. Deliveries have been on time since May."',
  '3,',
  '4,"=HYPERLINK(""http://evil.example"")"',
].join('\r\n')

test('a person runs a worker over each row of a table, follows the rows and is led to the same batch when it comes again', async ({
  page,
  at,
}) => {
  await page.goto(at('documents'))
  await awake(page)
  await page.getByRole('link', { name: 'Batches' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'A thousand texts in one go' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'New batch' }).click()
  await page.getByRole('button', { name: 'Start batch' }).click()
  await expect(page.getByText('Choose a table first.')).toBeVisible()
  const choose = async () => {
    await page
      .getByLabel('Choose a CSV file')
      .setInputFiles({ name: 'feedback-week-47.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) })
    await expect(page.getByLabel('Column with the texts')).toHaveValue('message')
  }
  await choose()
  await expect(page.getByText('Row 3: The row has no text in this column.')).toBeVisible()
  await page.getByLabel('Worker or workflow').selectOption({ label: 'Sentiment analyzer' })
  await page.getByRole('radio', { name: 'Built-in engine' }).check()
  await settled(page)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Start 3 rows' }).click()

  await expect(page).toHaveURL(/\/batches\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('heading', { level: 1, name: 'feedback-week-47' })).toBeVisible()
  const first = page.url()
  const row = (number: number) => page.locator(`tr[data-row="${number}"]`)
  for (const number of [1, 2, 4]) await expect(row(number)).toContainText('Completed', { timeout: 20_000 })
  await expect(row(3)).toContainText('The row has no text in this column.')
  await expect(page.getByText('4 of 4', { exact: true })).toBeVisible()
  await page.reload()
  await expect(row(2)).toContainText(/Positive/)
  await expectAccessible(page)
  const exported = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'CSV, for a spreadsheet' }).click()
  const file = await exported
  expect(file.suggestedFilename()).toBe('feedback-week-47.csv')
  expect(await readFile(await file.path(), 'utf8')).toContain(`"'=HYPERLINK(""http://evil.example"")"`)
  await expect(page.locator('tr[data-row]').first()).toHaveAttribute('data-row', '3')
  await page.getByRole('button', { name: /^Needs a person/ }).click()
  await expect(page).toHaveURL(/needs=person/)
  await expect(page.locator('tr[data-row]')).toHaveCount(1)
  await page.getByRole('button', { name: /^All/ }).click()
  await page.getByLabel('Find in names and results').fill('DEPOT')
  await expect(page.getByText('1 row found')).toBeVisible()
  await expect(page).toHaveURL(/search=DEPOT/)
  await page.reload()
  await expect(page.locator('tr[data-row]')).toHaveCount(1)
  await page.getByLabel('Find in names and results').fill('')
  await expect(page).not.toHaveURL(/search/)
  await page.getByRole('button', { name: /^Failed/ }).click()
  await expect(page).toHaveURL(/state=failed/)
  await expect(page.locator('tr[data-row]')).toHaveCount(1)
  await page.getByRole('button', { name: /^All/ }).click()
  await row(1).getByRole('checkbox').check()
  await row(2).getByRole('checkbox').check()
  await page.getByRole('link', { name: 'Rerun 2 with changes' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Rerun with changes' })).toBeVisible()
  await expect(page.getByLabel('Worker or workflow')).toHaveValue('worker:sentiment-analyzer')
  await page.getByLabel('Worker or workflow').selectOption({ label: 'Question generator' })
  await page.getByRole('button', { name: 'Start 2 rows' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'feedback-week-47, again' })).toBeVisible()
  await expect(row(2)).toContainText('Completed', { timeout: 20_000 })
  await page.goto(first)
  await row(1).getByRole('link').click()
  await expect(page).toHaveURL(/\/tasks\//)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('The parcel came late')

  await page.goto(at('batches/new?worker=sentiment-analyzer'))
  await awake(page)
  await choose()
  await page.getByRole('radio', { name: 'Built-in engine' }).check()
  await page.getByRole('button', { name: 'Start 3 rows' }).click()
  await expect(page.getByText('The same batch is here already')).toBeVisible()
  await page.getByRole('link', { name: 'Open that batch' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'feedback-week-47' })).toBeVisible()
})

test('a person drops letters and an archive: each runs when its text is read, and what cannot be read says why', async ({
  page,
  at,
}) => {
  const archive = new JSZip()
  archive.file('week 47/claim.txt', 'The claim was filed on Monday. The insurer has ten days to answer.')
  archive.file('week 47/inner.zip', 'PK')
  await page.goto(at('batches/new'))
  await awake(page)
  await page.getByText('Files', { exact: true }).click()
  await page.getByLabel('Choose files or a ZIP archive').setInputFiles([
    {
      name: 'letter.pdf',
      mimeType: 'application/pdf',
      buffer: pdfFile(['The fever ended on the third day. She goes home.']),
    },
    { name: 'locked.pdf', mimeType: 'application/pdf', buffer: pdfFile(['Secret'], { password: 'sesame' }) },
    { name: 'week-47.zip', mimeType: 'application/zip', buffer: await archive.generateAsync({ type: 'nodebuffer' }) },
  ])
  await expect(page.getByText('3 files ready to run')).toBeVisible({ timeout: 15_000 })
  await expect(page.getByText('This is an archive inside the archive.')).toBeVisible()
  await page.getByRole('radio', { name: 'Built-in engine' }).check()
  await settled(page)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Start 3 files' }).click()
  await expect(page).toHaveURL(/\/batches\/[0-9a-f-]{36}$/)
  const row = (name: string) => page.locator('tr[data-row]').filter({ hasText: name })
  for (const name of ['letter', 'claim']) await expect(row(name)).toContainText('Completed', { timeout: 30_000 })
  await expect(row('locked')).toContainText('The file is protected by a password.')
  await expect(row('inner.zip')).toContainText('This is an archive inside the archive.')
  await page.reload()
  await expect(page.getByText('4 of 4', { exact: true })).toBeVisible()
  const chooser = page.waitForEvent('filechooser')
  await row('locked').getByRole('button', { name: 'Replace locked' }).click()
  const open = { name: 'open-copy.pdf', mimeType: 'application/pdf', buffer: pdfFile(['He goes home on Friday.']) }
  await (await chooser).setFiles(open)
  await expect(row('open-copy')).toContainText('Completed', { timeout: 30_000 })
  await expect(row('locked')).toHaveCount(0)
})

test.describe('as an operator', () => {
  test.use({ operator: true })

  test('a batch stops at its cap and says what it waits for; raised, it goes on by itself to its end', async ({
    page,
    at,
    person,
    running,
  }) => {
    const model = `capped-${person.id.slice(-8)}`
    const api = `${running.baseUrl}/api/v1/workspaces/${person.workspace.slug}`
    const post = async (path: string, data: object) => {
      const answer = await page.request.post(api + path, { data, headers: { origin: running.baseUrl } })
      expect(answer.ok(), await answer.text()).toBe(true)
    }
    const tone = { name: 'tone', title: 'Tone', kind: 'worker', worker: 'sentiment-analyzer', model }
    await post('/workflows', { name: 'capped', draft: { title: 'Capped tone', summary: 'Tone.', steps: [tone] } })
    await post('/workflows/capped/publish', { revision: 1 })

    await page.goto(at('batches/new?workflow=capped'))
    await awake(page)
    await page
      .getByLabel('Choose a CSV file')
      .setInputFiles({ name: 'letters.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) })
    await expect(page.getByLabel('Column with the texts')).toHaveValue('message')
    const cap = page.getByLabel('Hard cap in US dollars')
    await cap.fill('two')
    await page.getByRole('button', { name: 'Start 3 rows' }).click()
    await expect(page.getByText('Write an amount in US dollars')).toBeVisible()
    await cap.fill('$0.02')
    await page.getByRole('button', { name: 'Start 3 rows' }).click()
    await expect(page.getByText(`${model} has no price, so a cap cannot hold its calls.`)).toBeVisible()
    await expect(page.getByLabel('Call the model although it has no price')).not.toBeChecked()
    await settled(page)
    await expectAccessible(page)
    await post('/prices', { model, inputPerMillion: 1, outputPerMillion: 2 })
    await page.getByLabel('Call the model although it has no price').check()
    await page.getByRole('button', { name: 'Start 3 rows' }).click()

    await expect(page).toHaveURL(/\/batches\/[0-9a-f-]{36}$/)
    await expect(page.getByRole('heading', { level: 1, name: 'letters' })).toBeVisible()
    await expect(page.getByText('3 tasks wait: the next call may cost up to $0.03')).toBeVisible({ timeout: 20_000 })
    await expect(page.getByText('Budget reached')).not.toHaveCount(0)
    await expect(page.getByText('$0 spent, $0 reserved for calls under way, $0.02 free, cap $0.02')).toBeAttached()
    await settled(page)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Change the cap of $0.02' }).click()
    await page.getByLabel('Hard cap in US dollars').fill('1')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Set the cap to $1.00' }).click()
    await expect(page.getByText('The cap is $1.00 from now on')).toBeVisible()
    const row = (number: number) => page.locator(`tr[data-row="${number}"]`)
    for (const number of [1, 2, 4]) await expect(row(number)).toContainText('Completed', { timeout: 20_000 })
    await expect(page.getByText(/^\$0\.00\d+ spent, \$0 reserved for calls under way/)).toBeAttached()
    await expect(page.getByText('Budget reached')).toHaveCount(0)
  })

  test('an operator writes a price down; it is in force, and what is no price is told beside its field', async ({
    page,
    at,
    person,
  }) => {
    const model = `sample-${person.id.slice(-8)}`
    await page.goto(at('prices'))
    await awake(page)
    await expectAccessible(page)
    const form = page.getByRole('form', { name: 'Add a price' })
    await form.getByLabel('Model').fill(model)
    await form.getByLabel('Input', { exact: true }).fill('2,50')
    await form.getByLabel('Output').fill('ten')
    await form.getByRole('button', { name: 'Add price' }).click()
    await expect(form.getByText('Write the price in US dollars for a million tokens')).toBeVisible()
    await form.getByLabel('Output').fill('10')
    await form.getByRole('button', { name: 'Add price' }).click()
    const row = page.getByRole('row').filter({ hasText: model })
    await expect(row).toContainText('$2.50')
    await expect(row).toContainText('$10.00')
    await expect(row).toContainText('in force')
    await page.reload()
    await expect(row).toContainText('as input')
    await expectAccessible(page)
  })
})
