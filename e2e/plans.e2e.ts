import { randomUUID } from 'node:crypto'
import { expectAccessible } from './accessible.ts'
import { awake, expect, settled, test } from './fixtures.ts'

const LETTER = `Dear Appeals Committee,

I appeal the denial of claim number 4471-22, dated March 14, 2026. The decision letter says that the stay of my daughter was not medically necessary. Dr. Raman documented a fever of 39.4 °C and a suspected appendicitis on March 2. The hospital charged $18,420 and the insurance has paid nothing, so the balance goes to collections on April 30, 2026.

Please review the records and send me a written decision within 30 days. If the denial is upheld, I will ask the state insurance department for an external review.

Sincerely,
Maria Vasquez`

test('a goal in words becomes steps with their reasons, which are changed, run and reported', async ({ page, at }) => {
  test.slow()
  await page.goto(at('workflows'))
  await awake(page)
  await page.getByRole('link', { name: 'Plan from a goal' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Plan from a goal')
  await page.getByRole('button', { name: 'Make a plan' }).first().click()
  await expect(page.getByText('2 fields to correct')).toBeVisible()
  await page.getByLabel('What you want from the text').fill('Summarise it, find the risks and draft questions')
  await page.getByLabel('Text to work on').fill(LETTER)
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.getByRole('radio', { name: 'Built-in engine' }).check()
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page).toHaveURL(/\/workflows\/plan\/[0-9a-f-]{36}$/)
  const steps = page.getByRole('region', { name: 'Steps' })
  await expect(steps.getByText('Because you asked for the risks.')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Summarise it, find the risks and draft questions')
  await expect(steps.getByText('Go on with the appeal?')).toBeVisible()
  await expect(page.getByText('Checked: nothing to correct')).toBeVisible()
  await settled(page)
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 800 })

  // A step less, one back, and an option that its worker refuses until it is put right.
  await steps.getByRole('button', { name: 'Take out “Questions on what is missing”' }).click()
  const out = page.getByRole('region', { name: 'Taken out' })
  await expect(out.getByText('Questions on what is missing')).toBeVisible()
  await steps.getByRole('button', { name: 'Take out “Go on with the appeal?”' }).click()
  await out.getByRole('button', { name: 'Bring back “Go on with the appeal?”' }).click()
  await expect(page.getByText('Checked: nothing to correct')).toBeVisible()
  await steps.getByRole('button', { name: 'Options of “Summary”' }).click()
  const focus = steps.getByLabel('Focus on')
  await focus.fill('deadlines '.repeat(30))
  await expect(page.getByRole('list', { name: 'What to correct' })).toContainText('Summary')
  await expect(page.getByRole('button', { name: 'Run this plan' }).first()).toHaveAttribute('aria-disabled', 'true')
  await focus.fill('deadlines')
  await expect(page.getByText('Checked: nothing to correct')).toBeVisible()
  await page.reload()
  await awake(page)
  await expect(out.getByText('Questions on what is missing')).toBeVisible()
  await steps.getByRole('button', { name: 'Options of “Summary”' }).click()
  await expect(steps.getByLabel('Focus on')).toHaveValue('deadlines')

  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page).toHaveURL(/\/workflows\/runs\/[0-9a-f-]{36}$/)
  await page.getByRole('link', { name: 'Decide' }).click()
  await page.getByRole('button', { name: 'Approve' }).click()
  await expect(page.getByText('3 of 3 steps')).toBeVisible({ timeout: 20_000 })
  await page.getByRole('tab', { name: 'Report' }).click()
  await expect(page.getByRole('tabpanel').getByRole('heading', { name: 'Risks' })).toBeVisible()
  await expect(page.getByRole('tabpanel').getByRole('heading', { name: 'Questions' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Summarise it, find the risks and draft questions' }).click()
  await expect(page.getByRole('region', { name: 'Runs of this plan' }).getByText('Completed')).toBeVisible()
  await page.getByRole('button', { name: 'Save as workflow' }).click()
  await expect(page).toHaveURL(/\/workflows\/summarise-it-find-the-risks-and-draft-questions\/edit/)
})

test('a model that refuses fails the plan, and one whose plan does not hold is replaced by rules, which say so', async ({
  page,
  at,
  running,
}) => {
  const goal = `Check the figures and draft questions (${randomUUID()})`
  const refusal = [{ when: goal, refusal: 'I do not plan.' }]
  await fetch(new URL('/control/script', running.modelUrl), { method: 'POST', body: JSON.stringify(refusal) })
  await page.goto(at('workflows/plan'))
  await awake(page)
  await page.getByRole('button', { name: 'Check the figures and draft questions' }).click()
  await page.getByLabel('What you want from the text').fill(goal)
  await page.getByLabel('Text to work on').fill(LETTER)
  await page.getByRole('radio', { name: 'fake-model' }).check()
  await page.getByRole('button', { name: 'Make a plan' }).first().click()
  await expect(page.getByText('The model refused: I do not plan.')).toBeVisible({ timeout: 20_000 })
  await expectAccessible(page, [375])
  await page.getByRole('button', { name: 'Run with built-in rules' }).click()
  await expect(page.getByText('Because you asked for the figures to be checked.')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText('did not pass the check')).toHaveCount(0)

  // Unscripted, the model makes something up.
  await page.getByRole('link', { name: 'Plan again' }).click()
  await expect(page.getByLabel('What you want from the text')).toHaveValue(goal)
  await page.getByRole('radio', { name: 'fake-model' }).check()
  await page.getByRole('button', { name: 'Make a plan' }).first().click()
  await expect(page.getByText('The model’s plan did not pass the check')).toBeVisible({ timeout: 20_000 })
  await page.getByRole('link', { name: 'See its calls' }).click()
  await expect(page.getByRole('link', { name: 'Open the plan' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Result', exact: true })).toContainText(
    'Because you asked for questions.',
  )
})
