// Over https the browser itself guarantees by the name's prefix that the cookie is Secure, for this host and all paths.
import { type Env, env } from '#lib/env.ts'

export function secureCookies(settings: Env = env()): boolean {
  return settings.BATON_PUBLIC_URL?.startsWith('https://') ?? false
}

export function cookiePrefix(settings: Env = env()): string {
  return secureCookies(settings) ? '__Host-baton' : 'baton'
}

export function sessionCookie(settings: Env = env()): string {
  return `${cookiePrefix(settings)}.session_token`
}
