// What every page has to pass at every width: no finding of axe for WCAG 2.2 AA in either theme, no sideways scrolling.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'

const WIDTHS = [375, 768, 1440]
const THEMES = ['light', 'dark'] as const
/** Around an open menu; whoever reaches one with Tab is sent on at once, which axe cannot see. */
const FOCUS_GUARD = '[data-base-ui-focus-guard]'
const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']

export async function expectAccessible(page: Page, widths = WIDTHS): Promise<void> {
  test.slow()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    // An open menu finds its new place a moment after the page has its new width.
    await expect
      .poll(() => page.evaluate(sidewaysOverflow), {
        message: `pixels that the page scrolls sideways at ${width} px`,
        timeout: 2_000,
      })
      .toBeLessThanOrEqual(0)
    for (const theme of THEMES) {
      await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme)
      const { violations } = await axe(page).analyze()
      const findings = violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target).join(', ')}`)
      expect(findings, `axe at ${width} px in the ${theme} theme`).toEqual([])
    }
  }
}

function sidewaysOverflow(): number {
  return document.documentElement.scrollWidth - document.documentElement.clientWidth
}

/** Without the second page that axe's default opens for results of several frames: there is one frame, and half the time. */
function axe(page: Page): AxeBuilder {
  expect(page.frames()).toHaveLength(1)
  return new AxeBuilder({ page })
    .exclude(FOCUS_GUARD)
    .options({ resultTypes: ['violations'], runOnly: RULES })
    .setLegacyMode()
}
