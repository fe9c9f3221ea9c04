import type { Page } from '@playwright/test'
import { v7 as uuidv7 } from 'uuid'
import { members } from '#lib/db/auth-schema.ts'
import { docxBomb, docxFile, pdfFile } from '../worker/documents/test-files.ts'
import { expectAccessible } from './accessible.ts'
import { awake, expect, newPerson, settled, test } from './fixtures.ts'

const LETTER = ['Dear Dr. Imai,\nthe fever ended on the third day.', 'She will need help at home for two weeks.']
const pdf = (name: string, pages = LETTER) => ({ name, mimeType: 'application/pdf', buffer: pdfFile(pages) })
const txt = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
const CHOOSER = 'Choose files to upload'
const row = (page: Page, name: string) =>
  page.getByRole('region', { name: 'All documents' }).getByRole('listitem').filter({ hasText: name })
const upload = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Uploads' }).getByRole('listitem').filter({ hasText: name })

test('a person uploads a letter, runs a worker and a workflow on it, and finds both beside it', async ({
  page,
  at,
}) => {
  await page.goto(at('documents'))
  await awake(page)
  await expect(page.getByRole('heading', { name: 'No documents yet' })).toBeVisible()
  await page.getByLabel(CHOOSER).setInputFiles(pdf('discharge-letter.pdf'))
  await expect(row(page, 'discharge-letter.pdf').getByText('Ready', { exact: true })).toBeVisible({ timeout: 20_000 })
  await expect(row(page, 'discharge-letter.pdf')).toContainText('2 pages')
  await page.getByRole('link', { name: 'discharge-letter.pdf', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'discharge-letter.pdf' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Page 2' })).toContainText('help at home for two weeks')
  await page.getByRole('link', { name: 'Use in a new task' }).click()
  await expect(page).toHaveURL(/\/tasks\/new\?document=/)
  await expect(page.getByLabel('Text to work on')).toHaveValue(LETTER.join('\n\n'))
  await page.getByRole('button', { name: 'Run' }).first().click()
  await expect(page).toHaveURL(/\/tasks\/[0-9a-f-]{36}/)
  await expect(page.getByRole('heading', { level: 1, name: 'discharge-letter' })).toBeVisible()
  await page.getByRole('link', { name: 'discharge-letter.pdf' }).click()
  const used = page.getByRole('region', { name: /^Used in/ })
  await expect(used.getByRole('listitem')).toContainText('Document analyzer')
  await page.getByRole('button', { name: 'Use in a workflow' }).click()
  await page.getByRole('menuitem', { name: 'Complete analysis' }).click()
  await expect(page).toHaveURL(/\/workflows\/complete-analysis\?document=/)
  await expect(page.getByLabel('Text to work on')).toHaveValue(LETTER.join('\n\n'))
  await page.getByRole('button', { name: 'Run all' }).first().click()
  await expect(page).toHaveURL(/\/workflows\/runs\//)
  await page.getByRole('link', { name: 'discharge-letter.pdf' }).click()
  await expect(used.getByRole('listitem')).toHaveCount(2)
  await used.getByRole('button', { name: 'Show the result of Document analyzer in the text' }).click()
  const found = page.getByRole('region', { name: 'Found in the text' })
  await found.getByRole('button', { name: 'Evidence 1' }).first().click()
  const shown = page.getByRole('article').locator('mark.on')
  await expect(shown.first()).toBeInViewport()
  await expect(found.getByRole('button', { name: 'Evidence 1, shown in the document' }).first()).toBeVisible()
  const first = await shown.first().textContent()
  await page.keyboard.press('k')
  await expect(shown.first()).not.toHaveText(String(first))
  await page.keyboard.press('j')
  await expect(shown.first()).toHaveText(String(first))
  await expectAccessible(page)
  await page.reload()
  await expect(used.getByRole('listitem').filter({ hasText: 'Document analyzer' })).toContainText('shown')
  await used.getByRole('link', { name: 'Complete analysis' }).click()
  await expect(page).toHaveURL(/\/workflows\/runs\//)
})

test('several files at once: each says what became of it, also after a reload', async ({ page, at }) => {
  await page.goto(at('documents'))
  await awake(page)
  const scan = pdf('scan.pdf', ['', ''])
  const locked = { ...scan, name: 'locked.pdf', buffer: pdfFile(['Secret'], { password: 'sesame' }) }
  const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  await page
    .getByLabel(CHOOSER)
    .setInputFiles([
      scan,
      locked,
      { name: 'bomb.docx', mimeType: docx, buffer: await docxBomb() },
      { name: 'appeal.docx', mimeType: docx, buffer: await docxFile(['The appeal is founded.']) },
      { name: 'picture.txt', mimeType: 'text/plain', buffer: Buffer.from('89504e470d0a1a0a0000000d', 'hex') },
      txt('empty.txt', ''),
    ])
  const outcomes = async () => {
    await expect(row(page, 'scan.pdf')).toContainText('The pages are pictures', { timeout: 30_000 })
    await expect(row(page, 'scan.pdf')).toContainText('text recognition')
    await expect(row(page, 'locked.pdf')).toContainText('protected by a password')
    await expect(row(page, 'bomb.docx')).toContainText('unpacks to far more than its size')
    await expect(row(page, 'picture.txt')).toContainText('cannot be read here')
    await expect(row(page, 'appeal.docx')).toContainText('Ready')
  }
  await outcomes()
  await expect(upload(page, 'empty.txt')).toContainText('it has 0 bytes')
  await page.reload()
  await outcomes()
  await expect(upload(page, 'empty.txt')).toHaveCount(0)
  await page.getByRole('link', { name: 'locked.pdf', exact: true }).click()
  await expect(page.getByText('Save a copy without the password')).toBeVisible()
})

test('the same file again is told, and leads to the one that is there', async ({ page, at }) => {
  await page.goto(at('documents'))
  await awake(page)
  await page.getByLabel(CHOOSER).setInputFiles(txt('first.txt', 'The same words.'))
  await expect(row(page, 'first.txt')).toContainText('Ready', { timeout: 20_000 })
  await page.getByLabel(CHOOSER).setInputFiles(txt('second.txt', 'The same words.'))
  const note = upload(page, 'second.txt')
  await expect(note).toContainText('the same file is here already')
  await note.getByRole('link', { name: 'first.txt' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'first.txt' })).toBeVisible()
})

test('files are dropped anywhere on the page, and pasted', async ({ page, at }) => {
  await page.goto(at('documents'))
  await awake(page)
  for (const kind of ['drop', 'paste'] as const) {
    await page.evaluate((type) => {
      const files = new DataTransfer()
      files.items.add(new File([`Words by ${type}.`], `${type}ped.txt`, { type: 'text/plain' }))
      const options = { bubbles: true, cancelable: true }
      document.body.dispatchEvent(
        type === 'drop'
          ? new DragEvent('drop', { ...options, dataTransfer: files })
          : new ClipboardEvent('paste', { ...options, clipboardData: files }),
      )
    }, kind)
    await expect(row(page, `${kind}ped.txt`)).toContainText('Ready', { timeout: 20_000 })
  }
})

test('a file above 10 MB arrives whole, one above the limit is refused before it is sent', async ({
  page,
  at,
  running,
}) => {
  await page.goto(at('documents'))
  await awake(page)
  const large = txt('large.txt', `${'word '.repeat(900_000)}\n${'\t'.repeat(6_600_000)}`)
  await page.getByLabel(CHOOSER).setInputFiles(large)
  await expect(row(page, 'large.txt')).toContainText('11.1 MB', { timeout: 30_000 })
  await page.getByRole('link', { name: 'large.txt', exact: true }).click()
  const original = page.getByRole('link', { name: 'Download' })
  const download = await page.request.get(running.baseUrl + String(await original.getAttribute('href')))
  expect((await download.body()).equals(large.buffer)).toBe(true)
  const url = `${running.baseUrl}/api/v1${at('documents').replace('/w/', '/workspaces/')}?name=huge.txt`
  const refused = await page.request.post(url, {
    data: Buffer.alloc(25_000_001, 'a'),
    headers: { origin: running.baseUrl, 'content-type': 'text/plain' },
  })
  expect(refused.status()).toBe(413)
})

test('a text that is too long for one task is used by a range of its parts', async ({ page, at }) => {
  await page.goto(at('documents'))
  await awake(page)
  const paragraphs = Array.from(
    { length: 3_000 },
    (_, index) => `Paragraph ${index}. ${'It says something. '.repeat(5)}`,
  )
  await page.getByLabel(CHOOSER).setInputFiles(txt('long.txt', paragraphs.join('\n\n')))
  await page.getByRole('link', { name: 'Use long.txt in a new task' }).click({ timeout: 20_000 })
  const form = page.getByRole('region', { name: 'Too long to use at once' })
  await expect(form).toBeVisible()
  await form.getByLabel('To part').fill('80')
  await expect(form).toContainText('choose fewer')
  await form.getByLabel('From part').fill('2')
  await form.getByLabel('To part').fill('3')
  await form.getByRole('link', { name: 'Use parts 2 to 3' }).click()
  await expect(page.getByText('long.txt, parts 2 to 3')).toBeVisible()
  const text = await page.getByLabel('Text to work on').inputValue()
  expect(text.length).toBeLessThanOrEqual(8_002)
  expect(text).not.toContain('Paragraph 0.')
  await page.goto(page.url().replace(/&pages=.*/, ''))
  await expect(page.getByRole('region', { name: 'Too long to use at once' })).toBeVisible()
})

test('a document is deleted after a question, by keyboard alone', async ({ page, at }) => {
  await page.goto(at('documents'))
  await awake(page)
  await page.getByLabel(CHOOSER).setInputFiles(txt('old.txt', 'Old words.'))
  await page.getByRole('link', { name: 'old.txt', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'old.txt' })).toBeVisible()
  await page.getByRole('button', { name: 'Delete' }).focus()
  await page.keyboard.press('Enter')
  const question = page.getByRole('dialog', { name: 'Delete old.txt?' })
  await expect(question.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/documents$/)
  await expect(page.getByRole('heading', { name: 'No documents yet' })).toBeVisible()
})

test('the file chooser is reached and opened by keyboard', async ({ page, at }) => {
  // Asked for before the page opens: the browser begins to tell of choosers a moment after it is asked to.
  const opened = page.waitForEvent('filechooser')
  await page.goto(at('documents'))
  await awake(page)
  await page.getByLabel(CHOOSER).focus()
  await page.keyboard.press('Enter')
  const chooser = await opened
  await chooser.setFiles([txt('a.txt', 'Words of a.'), txt('b.txt', 'Words of b.')])
  await expect(row(page, 'a.txt')).toContainText('Ready', { timeout: 20_000 })
  await expect(row(page, 'b.txt')).toContainText('Ready', { timeout: 20_000 })
})

test('a viewer reads documents, and is told who may add them', async ({
  page,
  at,
  person,
  database,
  browser,
  signIn,
}) => {
  await page.goto(at('documents'))
  await awake(page)
  await page.getByLabel(CHOOSER).setInputFiles(txt('shared.txt', 'Shared words.'))
  await expect(row(page, 'shared.txt')).toContainText('Ready', { timeout: 20_000 })
  const viewer = await newPerson(database)
  const role = { id: uuidv7(), organizationId: person.workspace.id, userId: viewer.id, role: 'viewer' as const }
  await database.db.insert(members).values(role)
  const context = await browser.newContext()
  await signIn(context, viewer)
  const seen = await context.newPage()
  await seen.goto(new URL(at('documents'), page.url()).href)
  await expect(seen.getByText('Your role may not upload documents')).toBeVisible()
  await expect(seen.getByLabel(CHOOSER)).toHaveCount(0)
  await seen.getByRole('link', { name: 'shared.txt', exact: true }).click()
  await expect(seen.getByRole('region', { name: 'Part 1' })).toContainText('Shared words.')
  await expect(seen.getByRole('button', { name: 'Delete' })).toHaveAttribute('aria-disabled', 'true')
  await context.close()
})

test('a document that does not exist is not found', async ({ page, at }) => {
  for (const id of ['0190a000-0000-7000-8000-000000000000', 'no-id']) {
    const response = await page.goto(at(`documents/${id}`))
    expect(response?.status()).toBe(404)
  }
})

test.describe('every width and theme', () => {
  test('the empty list is accessible', async ({ page, at }) => {
    await page.goto(at('documents'))
    await settled(page)
    await expectAccessible(page)
  })

  test('the list and a document are accessible', async ({ page, at }) => {
    await page.goto(at('documents'))
    await awake(page)
    await page
      .getByLabel(CHOOSER)
      .setInputFiles([pdf('letter.pdf', [...LETTER, '']), pdf('scan.pdf', ['']), txt('empty.txt', '')])
    await expect(row(page, 'letter.pdf')).toContainText('1 page without text', { timeout: 20_000 })
    await expect(row(page, 'scan.pdf')).toContainText('Not readable')
    await expectAccessible(page)
    await page.getByRole('link', { name: 'letter.pdf', exact: true }).click()
    await expect(page.getByRole('region', { name: 'Page 3' })).toBeVisible()
    await settled(page)
    await expectAccessible(page)
  })
})
