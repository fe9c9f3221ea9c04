import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Next's own marker; outside of its bundler it is no package.
  resolve: { alias: { 'server-only': 'next/dist/compiled/server-only/empty.js' } },
  test: {
    include: ['lib', 'app', 'worker', 'e2e', 'bench'].map((folder) => `${folder}/**/*.test.ts`),
    globalSetup: './lib/db/test-server.ts',
    testTimeout: 20_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
  },
})
