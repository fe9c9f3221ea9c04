// The only reader of process.env: parsed once, on first use, so that a build needs no settings.
import { z } from 'zod'

const flag = z.stringbool().optional()
const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65535).optional(),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.string().optional(),
  DATABASE_DIRECT_URL: z.string().optional(),
  BATON_DATA_DIR: z.string().optional(),
  BATON_OWNER_EMAIL: z.email().optional(),
  BATON_OWNER_PASSWORD: z.string().min(8).optional(),
  BATON_SECRET: z.string().min(32, 'at least 32 characters').optional(),
  /** Former values of BATON_SECRET, separated by commas: they still open what was sealed with them. */
  BATON_OLD_SECRETS: z.string().optional(),
  BATON_OUTBOUND_ALLOW: z.string().optional(),
  BATON_PUBLIC_URL: z.url().optional(),
  BATON_SIGN_UP: z.enum(['open', 'invited']).optional(),
  BATON_TRUSTED_PROXIES: z.string().optional(),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: z.url().optional(),
  OPENAI_MODEL: z.string().optional(),
  /** Divides the worker's time constants, so that fault tests need not wait. */
  BATON_TIME_SCALE: z.coerce.number().min(1).max(100).default(1),
  CI: flag.catch(true),
  NODE_ENV: z.string().optional(),
})

export type Env = z.output<typeof schema>

let parsed: Env | undefined

/** @throws Error naming each setting that is wrong and why. */
export function env(): Env {
  parsed ??= parseEnv(process.env)
  return parsed
}

/** Empty settings count as absent, as a copied `.env.example` leaves them. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''))
  const result = schema.safeParse(present)
  if (result.success) return result.data
  const reasons = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`A setting is wrong. Correct it in the environment or in .env.\n  ${reasons.join('\n  ')}`)
}

export type ModelSettings = { apiKey: string; baseURL: string | undefined; model: string; endpointHost: string }

const DEFAULT_MODEL = 'gpt-4.1-mini'

/** The model that the settings turn on, or null: a key or a base URL is enough; a base URL needs OPENAI_MODEL. */
export function modelSettings(settings: Env = env()): ModelSettings | null {
  if (!settings.OPENAI_API_KEY && !settings.OPENAI_BASE_URL) return null
  if (settings.OPENAI_BASE_URL && !settings.OPENAI_MODEL)
    throw new Error('OPENAI_BASE_URL is set without OPENAI_MODEL. Name the model that this server offers.')
  return {
    apiKey: settings.OPENAI_API_KEY ?? 'none',
    baseURL: settings.OPENAI_BASE_URL,
    model: settings.OPENAI_MODEL ?? DEFAULT_MODEL,
    endpointHost: new URL(settings.OPENAI_BASE_URL ?? 'https://api.openai.com').host,
  }
}

/** `invited` unless said otherwise when other machines can reach the address. */
export function signUpMode(settings: Env = env()): 'open' | 'invited' {
  return settings.BATON_SIGN_UP ?? (isLoopback(settings.HOST) ? 'open' : 'invited')
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

/** The origins that count as the app's own, for cookies and for state-changing requests. */
export function ownOrigins(settings: Env = env()): string[] {
  const port = settings.PORT ?? 3000
  const origins = settings.BATON_PUBLIC_URL ? [new URL(settings.BATON_PUBLIC_URL).origin] : []
  if (isLoopback(settings.HOST)) origins.push(`http://localhost:${port}`, `http://127.0.0.1:${port}`)
  else if (origins.length === 0) origins.push(`http://${settings.HOST}:${port}`)
  return origins
}
