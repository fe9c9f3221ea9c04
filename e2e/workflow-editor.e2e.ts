// The editor of workflows: all by keyboard in its list, and by mouse in its graph.
import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { awake, expect, test } from './fixtures.ts'

test('a workflow is written by keyboard alone, from nothing to a run', async ({ page, at }) => {
  test.slow()
  await page.goto(at('workflows'))
  await awake(page)
  await tabTo(page, page.getByRole('button', { name: 'New workflow' }))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/workflows\/new-workflow\/edit$/)
  await awake(page, 'New workflow')
  await tabTo(page, page.getByRole('radio', { name: 'Graph' }))
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText('No step yet.')).toBeVisible()
  const publish = page.getByRole('button', { name: 'Publish version 1' })
  await tabTo(page, publish)
  await expect(publish).toHaveAccessibleDescription('Correct what is listed first.')
  await tabTo(page, page.getByLabel('Title', { exact: true }))
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Angry letters')
  const add = async (name: string) => {
    await tabTo(page, page.getByRole('region', { name: 'Add a step' }).getByRole('button', { name }))
    await page.keyboard.press('Enter')
  }
  await add('Sentiment analyzer')
  await tabTo(page, page.getByLabel('Name', { exact: true }))
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('tone')
  await page.keyboard.press('Enter')

  await add('Condition')
  const expression = page.getByRole('combobox', { name: 'Goes on by yes when' })
  await tabTo(page, expression)
  await page.keyboard.type('tone.')
  await expect(page.getByRole('option', { name: /tone\.label/ })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.type('conf')
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await page.keyboard.type(" != '")
  await page.keyboard.press('Control+Space')
  await expect(page.getByRole('option')).toHaveCount(3)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('option')).toHaveCount(0)
  await page.keyboard.type("low'")
  await expect(expression).toHaveValue("tone.confidence != 'low'")

  await add('Summarizer')
  await expect(page.getByRole('button', { name: 'No longer after Condition, yes' })).toBeVisible()
  await add('Approval')
  await tabTo(page, page.getByRole('combobox', { name: 'Add what it comes after' }))
  await page.keyboard.type('senti')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'No longer after Sentiment analyzer' })).toBeVisible()
  await tabTo(page, page.getByRole('button', { name: 'Move up' }))
  await page.keyboard.press('Enter')
  const rows = page.getByRole('region', { name: 'Steps in order' }).getByRole('listitem')
  await expect(rows.nth(2)).toContainText('Approval')
  await tabTo(page, page.getByRole('button', { name: 'Duplicate step' }))
  await page.keyboard.press('Enter')
  await expect(rows).toHaveCount(5)
  await tabTo(page, page.getByRole('button', { name: 'Delete step' }))
  await page.keyboard.press('Enter')
  await expect(rows).toHaveCount(4)
  await page.keyboard.press('ControlOrMeta+z')
  await expect(rows).toHaveCount(5)
  await page.keyboard.press('ControlOrMeta+Shift+z')
  await expect(rows).toHaveCount(4)
  await tabTo(page, rows.nth(2).getByRole('button'))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('button', { name: 'Delete step' }))
  await page.keyboard.press('Enter')
  await expect(rows).toHaveCount(3)
  await expect(page.getByText('Nothing to correct')).toBeVisible()
  await expectAccessible(page, [375, 1440])
  await page.setViewportSize({ width: 1280, height: 800 })

  await tabTo(page, publish)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Publish version 2' })).toBeVisible()
  await tabTo(page, page.getByRole('button', { name: 'More', exact: true }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Run' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Angry letters')
  await tabTo(page, page.getByLabel('Text to work on'))
  await page.keyboard.type('This is a scandal. I am angry, nobody has called me back, and I want my money.')
  await tabTo(page, page.getByRole('radio', { name: 'Automatic' }))
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page).toHaveURL(/\/workflows\/runs\/[0-9a-f-]{36}$/)
  await expect(page.getByText('Completed').first()).toBeVisible({ timeout: 20_000 })
})

test('steps are connected, added and mended in the graph by mouse, and each is one step back', async ({
  page,
  at,
  running,
  person,
}) => {
  const step = (name: string, title: string) => ({ name, title, kind: 'worker', worker: 'summarizer' })
  const created = await page.request.post(`${running.baseUrl}/api/v1/workspaces/${person.workspace.slug}/workflows`, {
    data: { draft: { title: 'Two steps', summary: 'S', steps: [step('first', 'First'), step('second', 'Second')] } },
    headers: { origin: running.baseUrl },
  })
  const { name } = await created.json()
  await page.goto(at(`workflows/${name}/edit`))
  await awake(page, 'Two steps')
  const card = (index: number) => page.locator(`[data-card="${index}"]`)
  const node = (index: number) => page.locator('.react-flow__node', { has: card(index) })
  const undo = page.getByRole('button', { name: /^Undo/ })
  await expect(card(1)).toBeVisible()
  const middle = async (handle: Locator) => {
    const box = await handle.boundingBox()
    if (!box) throw new Error('The handle is not there.')
    return [box.x + box.width / 2, box.y + box.height / 2] as const
  }
  const [start, end] = [await middle(node(0).locator('.source')), await middle(node(1).locator('.target'))]
  await page.mouse.move(...start)
  await page.mouse.down()
  await page.mouse.move(end[0] - 20, end[1], { steps: 5 })
  await page.mouse.move(...end)
  await page.mouse.up()
  await card(1).click()
  const need = page.getByRole('button', { name: 'No longer after First' })
  await expect(need).toBeVisible()
  await undo.click()
  await expect(need).toHaveCount(0)
  await page.getByRole('button', { name: /^Redo/ }).click()
  await expect(need).toBeVisible()

  const [from, to] = [await card(0).boundingBox(), await card(1).boundingBox()]
  if (!from || !to) throw new Error('The cards are not there.')
  await page.mouse.click((from.x + from.width + to.x) / 2, from.y + from.height / 2)
  await page.getByRole('button', { name: 'Second no longer waits for First' }).click()
  await expect(need).toHaveCount(0)

  await page.getByRole('region', { name: 'Add a step' }).getByRole('button', { name: 'Approval' }).dragTo(card(1))
  await expect(page.getByRole('heading', { level: 2, name: 'Approval' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'No longer after Second' })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(card(2)).toHaveCount(0)

  await card(1).click()
  await page.getByRole('combobox', { name: 'Reads' }).fill('first.headline')
  await page.getByRole('region', { name: 'Checks' }).getByRole('button', { name: 'Second' }).click()
  await expect(page.getByRole('combobox', { name: 'Reads' })).toBeFocused()
  await page.getByRole('button', { name: 'Wait for First' }).click()
  await expect(page.getByText('Nothing to correct')).toBeVisible()
  await expect(need).toBeVisible()
  await undo.click()
  await expect(need).toHaveCount(0)
  await expect(page.getByRole('combobox', { name: 'Reads' })).toHaveValue('first.headline')
  await expectAccessible(page, [375, 1440])
})

/** As a person without a mouse gets there. */
async function tabTo(page: Page, goal: Locator): Promise<void> {
  await expect(goal).toBeVisible()
  for (let presses = 0; presses < 120; presses += 1) {
    if (await goal.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${String(goal)}.`)
}
