import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { members } from '#lib/db/auth-schema.ts'
import { expectAccessible } from './accessible.ts'
import { awake, expect, newPerson, test } from './fixtures.ts'

const LETTER = `Dear Northgate, on 31 October the storm cut our power for 31 hours and we threw away stock worth $11,480.
Nobody has called me since. Please send a written decision by 27 November, or I will go to the regulator.`

const INTO_GERMAN = { translator: { targetLanguage: 'de' } }

test('one text goes through all six workers at once, and stays there with its report', async ({ page, at }) => {
  await page.goto(at('workflows'))
  await awake(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('All six workers, one report')
  await page.getByRole('link', { name: 'Run Complete analysis' }).click()
  await page.getByLabel('Text to work on').fill(LETTER)
  await page.getByRole('heading', { name: 'Advanced' }).click()
  await page.getByLabel('Title').fill('Letter of Lucas Brandt')
  await page.getByLabel('Tags').fill('storm')
  await page.keyboard.press('Enter')
  await page.getByLabel('External id').fill('LET-4471')
  await page.getByRole('radio', { name: 'Built-in engine' }).check()
  await page.getByLabel('Options of').selectOption('translator')
  await page.getByLabel('Translate into').selectOption('de')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page).toHaveURL(/\/workflows\/runs\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Letter of Lucas Brandt')
  await expect(page.getByText('1 part needs a model')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText('5 of 6 steps')).toBeVisible()
  await expect(page.getByText('LET-4471')).toBeVisible()
  const report = page.getByRole('tabpanel')
  for (const part of ['Tone', 'Categories', 'Questions'])
    await expect(report.getByRole('heading', { name: part })).toBeVisible()
  const link = await page.getByRole('link', { name: 'Markdown' }).getAttribute('href')
  const markdown = await page.request.get(link ?? '')
  expect(markdown.headers()['content-disposition']).toContain('Letter of Lucas Brandt - report.md')
  expect(await markdown.text()).toContain('Not reviewed by a person')
  for (const [name, start] of [
    ['DOCX', 'PK'],
    ['PDF', '%PDF-1.7'],
  ] as const) {
    const file = await page.request.get((await page.getByRole('link', { name }).getAttribute('href')) ?? '')
    expect(file.headers()['content-disposition']).toContain(`Letter of Lucas Brandt - report.${name.toLowerCase()}`)
    expect((await file.body()).subarray(0, start.length).toString('latin1')).toBe(start)
  }
  await page.getByRole('tab', { name: /^Steps/ }).click()
  await expect(page).toHaveURL(/view=graph/)
  const graph = page.getByRole('region', { name: /^Graph of the run/ })
  await expect(graph.getByRole('button', { name: /^Translator/ })).toContainText('Needs model')
  await graph.focus()
  await page.keyboard.press('ArrowRight')
  await expect(graph.getByRole('button', { name: 'Text' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Home')
  await page.keyboard.press('End')
  await expect(graph.getByRole('button', { name: 'Report' })).toBeFocused()
  await page.getByText('Waterfall', { exact: true }).click()
  await expect(page.getByRole('list', { name: 'Steps on a time axis' }).getByRole('listitem')).toHaveCount(6)
  await page.getByText('List', { exact: true }).click()
  const steps = page.getByRole('list', { name: 'Steps in order' })
  await expect(steps.getByRole('listitem').filter({ hasText: 'Translator' })).toContainText('Needs model')
  await steps.getByRole('button').first().focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const peek = page.getByRole('complementary', { name: /^Step / })
  await expect(peek.getByRole('region', { name: 'Input' })).toContainText('Dear Northgate')
  await page.keyboard.press('j')
  await expect(page).toHaveURL(/step=sentiment-analyzer/)
  await page.reload()
  await expect(peek.getByRole('region', { name: 'Output' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(peek).toHaveCount(0)
  await steps.getByRole('button', { name: /^Summarizer/ }).click()
  await peek.getByRole('link', { name: 'Open the task' }).click()
  await expect(page).toHaveURL(/\/tasks\//)
  await expect(page.getByRole('link', { name: 'Complete analysis' }).first()).toBeVisible()
  await page.goto(at('workflows'))
  await expect(page.getByRole('link', { name: 'Letter of Lucas Brandt' })).toBeVisible()
  await expect(page.getByText('1 part waits')).toBeVisible()
  const filter = page.getByRole('form', { name: 'Filter runs' })
  await filter.getByLabel('Tag').fill('sunshine')
  await page.keyboard.press('Enter')
  await expect(page.getByText('No run is like this')).toBeVisible()
  await filter.getByLabel('Tag').fill('storm')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/tag=storm/)
  await expect(page.getByRole('link', { name: 'Letter of Lucas Brandt' })).toBeVisible()
  await page.reload()
  await expect(filter.getByLabel('Tag')).toHaveValue('storm')
})

test('a run under way is watched without loading again, and cancelled', async ({ page, at, running, person }) => {
  const mark = randomUUID()
  await fetch(new URL('/control/script', running.modelUrl), {
    method: 'POST',
    body: JSON.stringify([{ when: mark, times: 0, stall: 'before_headers' }]),
  })
  const response = await page.request.post(`/api/v1/workspaces/${person.workspace.slug}/runs`, {
    data: { workflow: 'complete-analysis', engine: 'model', input: { text: `${LETTER} ${mark}` } },
    headers: { origin: running.baseUrl },
  })
  expect(response.status(), await response.text()).toBe(201)
  const { id } = await response.json()
  await page.goto(at(`workflows/runs/${id}`))
  await page.getByRole('tab', { name: /^Steps/ }).click()
  await expect(page.locator('[data-card] [data-status="in_progress"]').first()).toBeVisible()
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(page.getByText('The run was cancelled; what had ended is kept')).toBeVisible()
  await expect(page.locator('[data-card]').getByText('Cancelled')).toHaveCount(6)
  await expect(page.getByRole('button', { name: 'Cancel', exact: true })).toHaveAttribute('aria-disabled', 'true')
})

test('a run can be repeated with its text, changed', async ({ page, at, running, person }) => {
  const response = await page.request.post(`/api/v1/workspaces/${person.workspace.slug}/runs`, {
    data: { workflow: 'complete-analysis', engine: 'rules', input: { text: LETTER }, options: INTO_GERMAN },
    headers: { origin: running.baseUrl },
  })
  const { id } = await response.json()
  await page.goto(at(`workflows/runs/${id}`))
  await page.getByRole('link', { name: 'Run again' }).click()
  const text = page.getByLabel('Text to work on')
  await expect(text).toHaveValue(LETTER)
  await text.fill('')
  await page.getByRole('button', { name: /^Run all 6 steps/ }).click()
  await expect(page.locator('#correction-summary')).toBeFocused()
  await expect(page.locator('#correction-summary')).toHaveText('1 field to correct: Text')
  await text.fill(`${LETTER} One more thing.`)
  await page.getByRole('button', { name: /^Run all 6 steps/ }).click()
  await expect(page).toHaveURL(new RegExp(`/workflows/runs/(?!${id})`))
  await expect(page.getByText('6 of 6 steps')).toBeVisible({ timeout: 20_000 })
  await page.getByRole('link', { name: 'Compare' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Compare two runs')
  await page.getByLabel('Compare with').selectOption(id)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/came out otherwise$/)
  const steps = page.getByRole('list', { name: 'Steps of both runs' }).getByRole('listitem')
  await expect(steps).toHaveCount(6)
  await steps
    .getByText(/^The output has/)
    .first()
    .click()
  await expect(steps.locator('ins').first()).toBeVisible()
  await expectAccessible(page, [375, 1440])
})

test('a viewer sees runs and may not start one', async ({ page, at, person, database, signIn, context }) => {
  const viewer = await newPerson(database)
  await database.db
    .insert(members)
    .values({ id: uuidv7(), organizationId: person.workspace.id, userId: viewer.id, role: 'viewer' })
  await context.clearCookies()
  await signIn(context, viewer)
  await page.goto(at('workflows'))
  const run = page.getByRole('button', { name: 'Run', exact: true })
  await expect(run).toHaveAttribute('aria-disabled', 'true')
  await expect(run).toHaveAttribute('title', /Your role may not start workflows/)
  await page.goto(at('workflows/complete-analysis'))
  await expect(page.getByRole('button', { name: /^Run all 6 steps/ })).toHaveAttribute('aria-disabled', 'true')
})

test('runs that are not there say so', async ({ page, at }) => {
  for (const path of [`workflows/runs/${uuidv7()}`, 'workflows/runs/nothing', 'workflows/poem'])
    expect((await page.goto(at(path)))?.status(), path).toBe(404)
})

test('a template is tried with its sample, asks a person, and its report says who decided', async ({ page, at }) => {
  await page.goto(at('workflows'))
  await awake(page)
  await page.getByRole('link', { name: 'Try Appeal preparation' }).click()
  await page.getByRole('button', { name: 'Use a sample' }).click()
  await page.getByRole('menuitem', { name: /Denied disability claim/ }).click()
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page).toHaveURL(/\/workflows\/runs\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('link', { name: 'Decide' })).toBeVisible({ timeout: 20_000 })
  await page.keyboard.press('a')
  const asked = page.getByRole('region', { name: 'Decision' })
  await expect(asked.getByRole('heading', { name: /Are facts, deadline and open questions right/ })).toBeVisible()
  await expectAccessible(page, [375, 1440])
  await asked.getByRole('button', { name: 'Approve' }).click()
  await expect(asked.getByLabel('Way of appeal')).toBeFocused()
  await expect(asked.getByText('Fill in "Way of appeal".')).toBeVisible()
  await asked.getByLabel('Way of appeal').selectOption('Supplemental claim')
  await asked.getByLabel('Note for the record').fill('The statement of the squad leader is new evidence.')
  await asked.getByRole('button', { name: 'Approve' }).click()
  await page.getByRole('button', { name: 'Run again from here' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Run again' }).click()
  await expect(page).toHaveURL(/view=graph/)
  await page.goBack()
  await page.getByRole('tab', { name: 'Report' }).click()
  const report = page.getByRole('tabpanel', { name: 'Report' })
  await expect(report.getByRole('heading', { name: 'Decisions and checks' })).toBeVisible()
  await expect(report.getByText('Route: Supplemental claim')).toBeVisible()
  await expect(report.getByText('The statement of the squad leader is new evidence.')).toBeVisible()
  await page.reload()
  await expect(report.getByText(/Approved by .+ on \d{4}-\d\d-\d\d/).first()).toBeVisible()
})

test('a template is copied, changed as YAML, told what is wrong, published and run', async ({ page, at }) => {
  await page.goto(at('workflows'))
  await awake(page)
  await page.getByRole('button', { name: 'Copy Meeting minutes' }).click()
  await expect(page).toHaveURL(/\/workflows\/meeting-minutes-2\/edit$/)
  await page.getByRole('radio', { name: 'YAML' }).check({ force: true })
  const text = page.getByLabel('Definition in YAML')
  const yaml = await text.inputValue()
  await text.fill(
    yaml
      .replace('title: Meeting minutes', 'title: Weekly minutes')
      .replaceAll('size(read.actions)', 'size(read.deeds)'),
  )
  await expect(page.getByText(/No such key: deeds/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Publish' })).toHaveAttribute('title', 'Correct what is listed first.')
  await page
    .getByRole('button', { name: /, line \d+$/ })
    .first()
    .click()
  await expect(text).toBeFocused()
  await text.fill('title: [')
  await expect(page.getByRole('button', { name: 'The YAML cannot be read, line 1' })).toBeVisible()
  await expectAccessible(page, [375, 1440])
  await page.getByRole('radio', { name: 'List' }).check({ force: true })
  await expect(page.getByLabel('Title', { exact: true })).toBeDisabled()
  await page.getByRole('radio', { name: 'YAML' }).check({ force: true })
  await expect(text).toHaveValue('title: [')
  await text.fill(yaml.replace('title: Meeting minutes', 'title: Weekly minutes'))
  await expect(page.getByText('Nothing to correct')).toBeVisible()
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByRole('button', { name: 'Publish version 2' })).toBeVisible()
  await page.reload()
  await page.getByRole('radio', { name: 'YAML' }).check({ force: true })
  await expect(text).toHaveValue(/title: Weekly minutes/)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Run' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Weekly minutes')
})

test('workflows are accessible at every width in both themes', async ({ page, at, running, person }) => {
  const response = await page.request.post(`/api/v1/workspaces/${person.workspace.slug}/runs`, {
    data: { workflow: 'complete-analysis', engine: 'rules', input: { text: LETTER }, options: INTO_GERMAN },
    headers: { origin: running.baseUrl },
  })
  const { id } = await response.json()
  await page.goto(at(`workflows/runs/${id}`))
  await expect(page.getByText('1 part needs a model')).toBeVisible({ timeout: 20_000 })
  await expectAccessible(page)
  for (const view of ['graph', 'waterfall', 'list&step=sentiment-analyzer']) {
    await page.goto(at(`workflows/runs/${id}?view=${view}`))
    await expect(page.getByRole('button', { name: /Sentiment analyzer/ }).first()).toBeVisible()
    await expectAccessible(page, [375, 1440])
  }
  await page.goto(at('workflows'))
  await expectAccessible(page)
  await page.goto(at('workflows/complete-analysis'))
  await expectAccessible(page, [375, 1440])
})

const WATCHED = {
  name: 'watched',
  title: 'Watched',
  summary: 'Asks a person, translates, and ends.',
  steps: [
    { name: 'tone', title: 'Tone', kind: 'worker', worker: 'sentiment-analyzer' },
    { name: 'ask', title: 'Answer at all?', kind: 'approval', question: 'Shall this be answered?', needs: ['tone'] },
    {
      name: 'german',
      title: 'Into German',
      kind: 'worker',
      worker: 'translator',
      options: { targetLanguage: 'de' },
      needs: ['ask.yes'],
    },
    { name: 'topics', title: 'Topics', kind: 'worker', worker: 'category-classifier', needs: ['ask', 'german'] },
  ],
}

test('who watches a run decides on its card, skips what waits, and reads what happened', async ({
  page,
  at,
  running,
  person,
}) => {
  const post = async (path: string, data: object) =>
    (
      await page.request.post(`/api/v1/workspaces/${person.workspace.slug}${path}`, {
        data,
        headers: { origin: running.baseUrl },
      })
    ).json()
  await post('/workflows', { draft: WATCHED })
  await post('/workflows/watched/publish', { revision: 1 })
  const dueAt = new Date(Date.now() + 3_600_000).toISOString()
  const { id } = await post('/runs', { workflow: 'watched', engine: 'rules', input: { text: LETTER }, dueAt })
  await page.goto(at(`workflows/runs/${id}?view=graph`))
  await awake(page)
  const graph = page.getByRole('region', { name: /^Graph of the run/ })
  const happened = page.getByRole('region', { name: 'What happened' })
  await expect(graph.getByRole('button', { name: 'Approve: Answer at all?' })).toBeVisible({ timeout: 20_000 })
  await expect(happened.getByRole('listitem').first()).toContainText('Asks: Shall this be answered?')
  await page.goto(at(''))
  await page.getByRole('link', { name: 'Decide: Shall this be answered?' }).click()
  await expect(page).toHaveURL(/step=ask/)
  await page.goto(at(`workflows/runs/${id}?view=graph`))
  await awake(page)
  await page.keyboard.press('a')
  const asked = page.getByRole('region', { name: 'Decision' })
  await expect(asked.getByRole('region', { name: 'Input' }).locator('mark').first()).toBeVisible()
  await expectAccessible(page, [375, 1440])
  await page.keyboard.press('a')
  await expect(graph.getByRole('link', { name: 'Add a model' })).toBeVisible({ timeout: 20_000 })
  await expect(happened.getByText(`Approved by ${person.name}`)).toBeVisible()
  await happened.getByRole('button', { name: 'Into German' }).first().click()
  await page.getByRole('button', { name: 'Skip this step' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('“Topics” will start.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Skip' }).click()
  await expect(happened.getByText('The run has completed')).toBeVisible({ timeout: 20_000 })
  await happened.getByRole('link', { name: 'All events' }).click()
  const events = page.getByRole('list', { name: 'Events, newest first' })
  await expect(events.getByText(`Skipped by ${person.name}`)).toBeVisible()
  await expectAccessible(page, [375, 1440])
  await page.reload()
  await expect(events.getByRole('listitem').last()).toContainText('The run was started')
})

test('a long document is read part by part: each part is named on a strip, and one that failed is retried alone', async ({
  page,
  at,
  running,
  person,
}) => {
  const mark = randomUUID()
  await fetch(new URL('/control/script', running.modelUrl), {
    method: 'POST',
    body: JSON.stringify([{ when: mark, times: 1, refusal: 'Not this one.' }]),
  })
  const post = async (path: string, data: object) =>
    (
      await page.request.post(`/api/v1/workspaces/${person.workspace.slug}${path}`, {
        data,
        headers: { origin: running.baseUrl },
      })
    ).json()
  const parts = { name: 'parts', title: 'Each chapter', kind: 'map', over: 'chunks', chunkCharacters: 700 }
  const steps = [{ ...parts, worker: 'summarizer' }]
  await post('/workflows', { draft: { name: 'chapters', title: 'Chapters', summary: 'Reads chapters.', steps } })
  await post('/workflows/chapters/publish', { revision: 1 })
  const text = Array.from(
    { length: 24 },
    (_, index) => `Chapter ${index + 1}\n\n${'The bridge stands. '.repeat(25)}${index === 6 ? mark : ''}\n`,
  ).join('\f')
  const { id } = await post('/runs', { workflow: 'chapters', engine: 'model', input: { text } })
  await page.goto(at(`workflows/runs/${id}?view=graph`))
  await awake(page)
  const strip = page.getByRole('listbox', { name: 'Each chapter, part by part' })
  await expect(strip.getByRole('option')).toHaveCount(24)
  await expect(strip.getByRole('option', { name: 'Failed' })).toHaveCount(1, { timeout: 30_000 })
  await strip.focus()
  const named = page.getByRole('region', { name: 'Parts of Each chapter' })
  await expect(named.getByText('7. Chapter 7, page 7', { exact: true })).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(named.getByText('8. Chapter 8, page 8', { exact: true })).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await expectAccessible(page, [375, 1440])
  await named.getByRole('button', { name: 'Retry this part' }).click()
  await expect(strip.getByRole('option', { name: 'Completed' })).toHaveCount(24, { timeout: 30_000 })
  await expect(page.getByText('The run has completed')).toBeVisible({ timeout: 20_000 })
  await strip.getByRole('option').nth(11).click()
  await expect(page).toHaveURL(/\/tasks\//)
})
