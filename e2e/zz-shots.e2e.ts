import { awake, expect, test } from './fixtures.ts'
const NOTES = `name: notes
title: Notes
summary: A summary of each note.
steps:
  - name: short
    title: Short
    kind: worker
    worker: summarizer
`
test('shots', async ({ page, at, running, person }) => {
  test.slow()
  await page.request.post(`/api/v1/workspaces/${person.workspace.slug}/workflow-imports`, { data: NOTES, headers: { origin: running.baseUrl, 'content-type': 'application/yaml' } })
  await page.goto(at('workflows'))
  await awake(page)
  const shot = async (name: string) => {
    for (const [w, theme] of [[1440, 'light'], [1440, 'dark'], [375, 'light'], [768, 'light']] as const) {
      await page.setViewportSize({ width: w, height: 900 })
      await page.evaluate((n) => (document.documentElement.dataset['theme'] = n), theme)
      await page.waitForTimeout(400)
      await page.screenshot({ path: `/tmp/shots-tools/${name}-${w}-${theme}.png` })
    }
    await page.setViewportSize({ width: 1440, height: 900 })
  }
  await page.getByRole('button', { name: 'Import YAML' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import a workflow' })
  await shot('import-0')
  await dialog.getByLabel("Choose a workflow's file").setInputFiles({ name: 'notes.yaml', mimeType: 'application/yaml', buffer: Buffer.from(NOTES + '    needs: [gone]\n') })
  await dialog.getByRole('radio', { name: /Import it as the draft/ }).check()
  await shot('import-1')
  await dialog.getByLabel("Choose a workflow's file").setInputFiles({ name: 'notes.yaml', mimeType: 'application/yaml', buffer: Buffer.from('title: [') })
  await expect(dialog.getByText(/^Line 1:/)).toBeVisible()
  await shot('import-2')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'More about Notes' }).click()
  await shot('list')
})
