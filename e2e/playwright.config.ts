import { defineConfig } from '@playwright/test'
import { chromiumPath } from './chromium.ts'

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
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: await chromiumPath(), args: ['--no-sandbox', '--disable-gpu'] },
  },
})
