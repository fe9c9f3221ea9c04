// A browser sends cookies with requests that other sites cause. What changes something therefore has to come from a
// page of ours: the Origin must be one of the app's own, and Sec-Fetch-Site, where sent, must not name another site.
import { ownOrigins } from '#lib/env.ts'
import { Forbidden } from '#lib/errors.ts'

export type RequestHeaders = { get: (name: string) => string | null }

export function isOwnOrigin(headers: RequestHeaders, origins: readonly string[] = ownOrigins()): boolean {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  return origin !== null && origins.includes(origin) && (site === null || site === 'same-origin' || site === 'none')
}

/** For state-changing requests that act by cookie. @throws Forbidden when another site, or none, is their origin. */
export function requireOwnOrigin(headers: RequestHeaders, origins: readonly string[] = ownOrigins()): void {
  if (isOwnOrigin(headers, origins)) return
  const origin = headers.get('origin')
  throw new Forbidden(
    origin && origin !== 'null'
      ? `This request comes from ${origin.slice(0, 200)}, which is not an address of this Baton. If it should be, set BATON_PUBLIC_URL.`
      : 'This request does not say which page it comes from. Use a page of this Baton, or an API key.',
  )
}

/**
 * A path on this site to go on to, or the fallback: never another origin, never a protocol-relative address, which a
 * path can also become by its dots (`/.//evil.example`).
 */
export function ownPath(path: string | null | undefined, fallback = '/'): string {
  if (!path || !path.startsWith('/') || path.startsWith('//') || /[\\\s\0]/.test(path)) return fallback
  try {
    const url = new URL(path, 'http://own.invalid')
    const own = url.origin === 'http://own.invalid' && !url.pathname.startsWith('//')
    return own ? url.pathname + url.search + url.hash : fallback
  } catch {
    return fallback
  }
}
