import { defineConfig } from '@playwright/test'
import { installedChromium } from './chromium.ts'

export default defineConfig({
  testMatch: '*.e2e.ts',
  globalSetup: './browser-stack.ts',
  outputDir: '.results',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: '.results.json' }]],
  use: {
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 800 },
    // Recording every story costs a seventh of their time: `playwright test --trace on` where one is to be looked into.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: { ...(await installedChromium()), args: ['--no-sandbox', '--disable-gpu'] },
  },
})
