// Pages that stay open while the system beneath them changes.
import { AxeBuilder } from '@axe-core/playwright'
import assert from 'node:assert/strict'
import { type Stack, startStack, until } from '../../stack.ts'
import { otherBuild } from '../other-build.ts'
import { withPage } from '../page.ts'
import type { OwnScenario, Place } from '../world.ts'

export const BROWSER_SCENARIOS: OwnScenario[] = [
  {
    id: 'no-worker',
    title: 'without a worker process the Workers page says so as an alert, with the command, until one comes',
    run: (place) => onStack(place, noWorker),
  },
  {
    id: 'F19',
    title: 'a tab of an older build asks to be loaded again after a deploy, and loses nothing',
    run: (place) => onStack(place, oldTab),
  },
]

async function onStack({ folder }: Place, run: (stack: Stack) => Promise<void>): Promise<void> {
  const stack = await startStack({ folder, workers: 1, modelDelayMs: 20 })
  try {
    await run(stack)
  } finally {
    await stack.close()
  }
}

async function noWorker(stack: Stack): Promise<void> {
  await withPage(stack, async (page, home) => {
    // Colours that are on their way from one theme to the other are nobody's.
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(`${home}/workers`)
    const headline = (text: string) => page.getByRole('heading', { level: 1, name: text, exact: true })
    const alert = page.getByRole('alert').filter({ hasText: 'Nothing will run' })
    await headline('All workers keep up').waitFor()
    assert.equal(await alert.count(), 0)
    await stack.killWorker(0, 'SIGTERM')
    await alert.waitFor()
    assert.match((await alert.textContent()) ?? '', /npm run worker/)
    await headline('No worker is online').waitFor()
    for (const theme of ['light', 'dark']) {
      await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme)
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze()
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join()).join()}`),
        [],
      )
    }
    await stack.startWorker(0)
    await headline('All workers keep up').waitFor()
    assert.equal(await alert.count(), 0)
  })
}

async function oldTab(stack: Stack): Promise<void> {
  const text = 'The parcel arrived on 3 April. The box was torn. Please refund $40 by Friday.'
  const tasks = async () =>
    (await stack.admin().query<{ id: string; status: string }>('select id, status from tasks')).rows
  const deployed = await otherBuild()
  try {
    await withPage(stack, async (page, home) => {
      await page.goto(`${home}/tasks/new`)
      await page.getByLabel('Text to work on').fill(text)
      await page.getByText(/^Draft saved/).waitFor()
      await stack.killWeb('SIGTERM')
      await stack.startWeb({ folder: deployed.folder })

      await page.getByRole('button', { name: /^Run task/ }).click()
      await page.getByText(/Baton was updated while this page was open/).waitFor()
      assert.equal(await page.getByLabel('Text to work on').inputValue(), text)
      assert.deepEqual(await tasks(), [])

      await page.getByRole('button', { name: 'Reload' }).click()
      const field = page.getByLabel('Text to work on')
      await until(async () => (await field.inputValue()) === text, 20_000, 'the text to be there after loading again')
      await page.getByRole('button', { name: /^Run task/ }).click()
      await page.waitForURL(/\/tasks\/[0-9a-f-]{36}$/)
      await until(async () => (await tasks()).every(({ status }) => status === 'completed'), 30_000, 'the task to run')
      assert.equal((await tasks()).length, 1)
    })
  } finally {
    await deployed.remove()
  }
}
