// The launcher's settings: `.env` is read here, once, for all processes, and handed on as their environment.
import { existsSync } from 'node:fs'
import { env, type Env } from '#lib/env.ts'

export function readSettings(): Env {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return env()
}

/** What a child process gets: our own environment with the given settings set, or removed where undefined. */
export function childEnvironment(settings: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...settings }
}
