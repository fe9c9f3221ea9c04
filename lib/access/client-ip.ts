// The client's address: the nearest hop in X-Forwarded-For that is not one of our own proxies.
import { isIP } from 'node:net'
import { getIP } from 'better-auth/api'
import { type Env, env } from '#lib/env.ts'

/** @throws Error for an entry that is neither an address nor a range: it would silently trust nobody. */
export function trustedProxies(settings: Env = env()): string[] {
  const entries = (settings.BATON_TRUSTED_PROXIES ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
  for (const entry of entries)
    if (!isRange(entry))
      throw new Error(`BATON_TRUSTED_PROXIES: "${entry}" is neither an address nor a range such as 10.0.0.0/8.`)
  return entries
}

/** How better-auth, and we with it, tell clients apart; IPv6 addresses count by their /64. */
export function addressOptions(settings: Env = env()) {
  return { ipAddressHeaders: ['x-forwarded-for'], trustedProxies: trustedProxies(settings), ipv6Subnet: 64 }
}

export function clientIp(headers: Headers, settings: Env = env()): string | null {
  return getIP(headers, { advanced: { ipAddress: addressOptions(settings) } })
}

function isRange(entry: string): boolean {
  const [address = '', prefix, ...rest] = entry.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
}
