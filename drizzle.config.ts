import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./lib/db/auth-schema.ts', './lib/db/schema.ts'],
  out: './drizzle',
  casing: 'snake_case',
  schemaFilter: ['public'],
})
