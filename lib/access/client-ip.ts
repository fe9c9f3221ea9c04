// The client's address: the nearest hop in X-Forwarded-For that is not one of our own proxies.
import { getIP } from 'better-auth/api'
import { type Env, env } from '#lib/env.ts'

export function trustedProxies(settings: Env = env()): string[] {
  return (settings.BATON_TRUSTED_PROXIES ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
}

/** How better-auth, and we with it, tell clients apart; IPv6 addresses count by their /64. */
export function addressOptions(settings: Env = env()) {
  return { ipAddressHeaders: ['x-forwarded-for'], trustedProxies: trustedProxies(settings), ipv6Subnet: 64 }
}

export function clientIp(headers: Headers, settings: Env = env()): string | null {
  return getIP(headers, { advanced: { ipAddress: addressOptions(settings) } })
}
