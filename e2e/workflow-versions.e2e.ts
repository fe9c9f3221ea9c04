import { readFile } from 'node:fs/promises'
import { expectAccessible } from './accessible.ts'
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

test('a workflow is imported from a file, told what is wrong with it, and taken away again', async ({ page, at }) => {
  await page.goto(at('workflows'))
  await awake(page)
  await page.getByRole('button', { name: 'Import YAML' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import a workflow' })
  const choose = (text: string | Buffer, name = 'notes.yaml') =>
    dialog
      .getByLabel("Choose a workflow's file")
      .setInputFiles({ name, mimeType: 'application/yaml', buffer: Buffer.from(text as string) })
  const store = dialog.getByRole('button', { name: /^Import/ })
  await choose(Buffer.from([0xff, 0xfe, 0x74, 0x00]))
  await expect(dialog.getByText(/notes.yaml is not text in UTF-8/)).toBeVisible()
  await choose('title: [')
  await expect(dialog.getByText('This cannot be read as a workflow, so nothing was stored')).toBeVisible()
  await expect(dialog.getByText(/^Line 1:/)).toBeVisible()
  await expect(store).toHaveAttribute('aria-disabled', 'true')
  await choose(`${NOTES}    needs: [gone]\n`)
  await expect(dialog.getByText('There is no step named "gone".')).toBeVisible()
  await expect(dialog.getByText('needs: [gone]')).toBeVisible()
  await expectAccessible(page, [375, 1440])
  await dialog.getByRole('button', { name: 'Import and correct it there' }).click()
  await expect(page).toHaveURL(/\/workflows\/notes\/edit$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Notes')

  await page.goto(at('workflows'))
  await awake(page)
  await page.getByRole('button', { name: 'Import YAML' }).click()
  await choose(NOTES.replace('Notes', 'Better notes'))
  await expect(dialog.getByText('There is a workflow named “notes” already')).toBeVisible()
  await expect(dialog.getByLabel('Name')).toHaveValue('notes-2')
  await dialog.getByRole('radio', { name: /Import it as the draft of “Notes”/ }).check()
  await expect(dialog.getByText('Its draft has changes that are not published')).toBeVisible()
  const [kept] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('link', { name: 'Keep that draft as a file' }).click(),
  ])
  expect(await readFile(await kept.path(), 'utf8')).toContain('gone')
  await expectAccessible(page, [375, 1440])
  await store.click()
  await expect(page).toHaveURL(/\/workflows\/notes\/edit$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Better notes')

  await page.goto(at('workflows'))
  await awake(page)
  await page.getByRole('button', { name: 'More about Better notes' }).click()
  const [exported] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export as YAML' }).click(),
  ])
  expect(exported.suggestedFilename()).toBe('notes draft.yaml')
  expect(await readFile(await exported.path(), 'utf8')).toContain('title: Better notes')
})

test('two states of a workflow are compared by what they mean and as YAML', async ({ page, at, running, person }) => {
  const api = `/api/v1/workspaces/${person.workspace.slug}`
  const send = async (method: 'POST' | 'PUT', path: string, data: unknown) => {
    const answer = await page.request.fetch(`${api}${path}`, { method, data, headers: { origin: running.baseUrl } })
    expect(answer.ok(), await answer.text()).toBe(true)
    return answer.json()
  }
  const { name } = await send('POST', '/workflows', { from: 'appeal-preparation' })
  await send('POST', `/workflows/${name}/publish`, { revision: 1 })
  const { draft } = await (await page.request.get(`${api}/workflows/${name}`)).json()
  const [first, second, ...rest] = draft.steps
  const check = { name: 'check-tone', title: 'Check the tone', kind: 'worker', worker: 'sentiment-analyzer', needs: [] }
  const steps = [{ ...first, title: 'Read it twice', attempts: 4 }, second, ...rest, check]
  await send('PUT', `/workflows/${name}/draft`, { draft: { ...draft, title: 'Appeals', steps }, revision: 1 })

  await page.goto(at(`workflows/${name}/edit`))
  await page.getByRole('link', { name: 'Changes since 1' }).click()
  await expect(page).toHaveURL(/\/compare\?from=1&to=draft$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('1 new, 1 changed between version 1 and the draft')
  const changes = page.getByRole('list', { name: 'Steps that differ' }).getByRole('listitem')
  await expect(changes).toHaveCount(2)
  await expect(changes.first()).toContainText('Read it twice')
  await expect(changes.first()).toContainText('not set')
  await expect(changes.last()).toContainText('Check the tone')
  await expectAccessible(page, [375, 1440])
  await page.getByText('YAML', { exact: true }).click()
  await expect(page).toHaveURL(/view=yaml/)
  await expect(page.getByRole('region', { name: 'Changes as YAML' }).getByText('title: Appeals')).toBeVisible()
  await expectAccessible(page, [375, 1440])
  await page.getByRole('button', { name: 'Swap both' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('1 changed, 1 gone between the draft and version 1')
  await page.getByLabel('To', { exact: true }).selectOption('draft')
  await expect(page.getByText('Choose two states that differ.')).toBeVisible()
  expect((await page.goto(at(`workflows/${name}/compare?from=9`)))?.status()).toBe(404)
})

test('one step of a draft is tried alone: by a worker as a task, at once, or only shown', async ({
  page,
  at,
  running,
  person,
}) => {
  const api = `/api/v1/workspaces/${person.workspace.slug}`
  const steps = [
    { name: 'tone', title: 'Tone', kind: 'worker', worker: 'sentiment-analyzer', engine: 'rules' },
    { name: 'angry', title: 'Angry?', kind: 'condition', if: "tone.label == 'negative'", needs: ['tone'] },
    { name: 'ask', title: 'Ask the lead', kind: 'approval', question: 'Call them back?', needs: ['angry.yes'] },
  ]
  const draft = { title: 'Complaints', summary: 'Who is angry.', steps }
  const made = await page.request.post(`${api}/workflows`, { data: { draft }, headers: { origin: running.baseUrl } })
  const { name } = await made.json()
  await page.goto(at(`workflows/${name}/edit`))
  await awake(page, 'Complaints')
  await page.getByRole('button', { name: 'Test step' }).click()
  const dialog = page.getByRole('dialog')
  const result = dialog.getByRole('region', { name: 'Result of the test' })
  const run = dialog.getByRole('button', { name: /^(Run the test|Test again)$/ })
  await expect(run).toHaveAttribute('title', 'Give it a text to work on.')
  await dialog.getByLabel('Text of the run').fill('This is terrible. I am furious, and nobody called me back.')
  await run.click()
  await expect(result.getByText('Completed')).toBeVisible({ timeout: 20_000 })
  await expect(result.getByText(/built-in, no AI/)).toBeVisible()
  await expectAccessible(page, [375, 1440])

  await dialog.getByLabel('Step', { exact: true }).selectOption('angry')
  const pinned = dialog.getByLabel('Output of Tone')
  await pinned.fill('{ "label": ')
  await expect(dialog.getByText(/^This is not JSON/)).toBeVisible()
  await pinned.fill('{ "label": "negative" }')
  await run.click()
  await expect(result.getByText('It holds: yes')).toBeVisible()
  await pinned.fill('{ "label": "positive" }')
  await run.click()
  await expect(result.getByText('It holds: no')).toBeVisible()

  await dialog.getByLabel('Step', { exact: true }).selectOption('ask')
  await run.click()
  await expect(result.getByText('A run would ask this here')).toBeVisible()
  await expect(result.getByText('Call them back?')).toBeVisible()
  await expectAccessible(page, [375, 1440])

  await page.reload()
  await awake(page, 'Complaints')
  await page.getByRole('button', { name: 'Test step' }).click()
  await expect(result.getByText(/The last test/)).toBeVisible()
  await result.getByRole('link', { name: 'Open the task' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Test of Tone, Complaints')
})
