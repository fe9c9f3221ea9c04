import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['lib', 'app', 'worker', 'e2e', 'bench'].map((folder) => `${folder}/**/*.test.ts`),
    globalSetup: './lib/db/test-server.ts',
    testTimeout: 20_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
  },
})
