import { describe, expect, test } from 'vitest'
import { Forbidden } from '#lib/errors.ts'
import { isOwnOrigin, ownPath, requireOwnOrigin } from './origin.ts'

const OWN = ['https://baton.example', 'http://127.0.0.1:3000']

describe('own origin', () => {
  test.each([
    [{ origin: 'https://baton.example' }, true],
    [{ origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' }, true],
    [{ origin: 'https://baton.example', 'sec-fetch-site': 'none' }, true],
    [{ origin: 'https://baton.example', 'sec-fetch-site': 'cross-site' }, false],
    [{ origin: 'https://baton.example', 'sec-fetch-site': 'same-site' }, false],
    [{ origin: 'https://baton.example.evil.example' }, false],
    [{ origin: 'http://baton.example' }, false],
    [{ origin: 'null' }, false],
    [{ 'sec-fetch-site': 'same-origin' }, false],
    [{}, false],
  ])('%o → %s', (headers, own) => {
    expect(isOwnOrigin(new Headers(headers as Record<string, string>), OWN)).toBe(own)
  })

  test('the refusal names the origin and what to do', () => {
    expect(() => requireOwnOrigin(new Headers({ origin: 'https://evil.example' }), OWN)).toThrow(Forbidden)
    expect(() => requireOwnOrigin(new Headers({ origin: 'https://evil.example' }), OWN)).toThrow(
      /evil\.example.*BATON_PUBLIC_URL/,
    )
  })
})

describe('where to go after signing in', () => {
  test.each([
    ['/w/a/history?status=failed', '/w/a/history?status=failed'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example/w', '/'],
    ['javascript:alert(1)', '/'],
    ['/\t/evil.example', '/'],
    ['', '/'],
    [null, '/'],
    ['/a/../../b', '/b'],
    ['/.//evil.example/x', '/'],
    ['/..//evil.example/x', '/'],
    ['/a/..//evil.example/x', '/'],
    ['/%2e//evil.example/x', '/'],
    ['/a/%2E%2e//evil.example/x', '/'],
    ['/.///evil.example/x', '/'],
    ['/.\\/evil.example/x', '/'],
    ['/.\\\\evil.example/x', '/'],
    ['/w/a//b', '/w/a//b'],
  ])('%j leads to %j', (path, to) => {
    expect(ownPath(path)).toBe(to)
  })
})
