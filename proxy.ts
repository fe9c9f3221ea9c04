// Headers for every page and an early way to /sign-in. Nothing here decides who may see what: verbs in lib do, so a
// request that finds its way around this file gains nothing.
import { type NextRequest, NextResponse } from 'next/server'
import { v7 as uuidv7 } from 'uuid'
import { secureCookies, sessionCookie } from '#lib/access/cookies.ts'
import { isOwnOrigin } from '#lib/access/origin.ts'
import { NONCE_HEADER, PATH_HEADER, REQUEST_ID_HEADER } from '#app/_server/request-headers.ts'

export const config = { matcher: ['/((?!api/|_next/static/|_next/image).*)'] }

const PUBLIC_PAGES = ['/sign-in', '/sign-up', '/reset-password']

export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl
  const requestId = uuidv7()
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = contentSecurityPolicy(nonce)

  const headers = new Headers(request.headers)
  headers.set(PATH_HEADER, pathname + search)
  headers.set(REQUEST_ID_HEADER, requestId)
  headers.set(NONCE_HEADER, nonce)
  headers.set('content-security-policy', policy)

  const response = answer(request, headers)
  response.headers.set('content-security-policy', policy)
  response.headers.set('cache-control', 'private, no-store')
  response.headers.set(REQUEST_ID_HEADER, requestId)
  if (secureCookies()) response.headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
  return response
}

function answer(request: NextRequest, headers: Headers): NextResponse {
  const { pathname, search } = request.nextUrl
  const reads = request.method === 'GET' || request.method === 'HEAD'
  if (!reads && !isOwnOrigin(request.headers))
    return new NextResponse('This request does not come from a page of this Baton.', { status: 403 })
  if (reads && !isPublic(pathname) && !request.cookies.has(sessionCookie())) {
    const to = new URL('/sign-in', request.nextUrl)
    if (pathname !== '/') to.searchParams.set('next', pathname + search)
    return NextResponse.redirect(to)
  }
  return NextResponse.next({ request: { headers } })
}

function isPublic(pathname: string): boolean {
  return PUBLIC_PAGES.includes(pathname) || /^\/[\w.-]+\.(svg|ico|png|txt|webmanifest)$/.test(pathname)
}

function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === 'development'
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    // Positions of menus and bars are style attributes, which no nonce can allow.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(secureCookies() ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}
