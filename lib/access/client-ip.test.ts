import { describe, expect, test } from 'vitest'
import { parseEnv } from '#lib/env.ts'
import { clientIp, trustedProxies } from './client-ip.ts'

const behind = (proxies: string) => parseEnv({ BATON_TRUSTED_PROXIES: proxies })

describe('the client’s address', () => {
  test.each([
    ['', '198.51.100.4', '198.51.100.4'],
    ['10.0.0.0/8', '203.0.113.9, 198.51.100.4, 10.0.0.2', '198.51.100.4'],
    ['10.0.0.2, 10.0.0.3', '198.51.100.4, 10.0.0.3, 10.0.0.2', '198.51.100.4'],
    ['10.0.0.2', '203.0.113.9, 10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['', '::ffff:198.51.100.4', '198.51.100.4'],
    ['', '2001:db8:1:2:3:4:5:6', '2001:0db8:0001:0002:0000:0000:0000:0000'],
  ])('behind %j, %j is %s', (proxies, forwarded, ip) => {
    expect(clientIp(new Headers({ 'x-forwarded-for': forwarded }), behind(proxies))).toBe(ip)
  })

  test.each(['nonsense', '10.0.0.0/33', '10.0.0.0/8/1', '2001:db8::/129', '10.0.0.0/x'])(
    'refuses to start with the proxy %s',
    (entry) => {
      expect(() => trustedProxies(behind(entry))).toThrow(/neither an address nor a range/)
    },
  )
})
