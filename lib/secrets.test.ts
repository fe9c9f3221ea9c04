import { expect, test } from 'vitest'
import { seal, unseal, Unsealable } from './secrets.ts'

const SETTINGS = { BATON_SECRET: 'a secret of thirty-two letters or more' }
const PLACE = { workspaceId: '019a0000-0000-7000-8000-000000000001', purpose: 'signing' }

test('what was sealed opens again, in any language and length', () => {
  for (const value of ['whsec_abc', 'пароль 密码', '', 'x'.repeat(10_000)])
    expect(unseal(seal(value, PLACE, SETTINGS), PLACE, SETTINGS)).toBe(value)
})

test('the same value never looks the same, and shows nothing of itself', () => {
  const sealed = [seal('whsec_abc', PLACE, SETTINGS), seal('whsec_abc', PLACE, SETTINGS)]
  expect(sealed[0]).not.toBe(sealed[1])
  expect(sealed.join('')).not.toMatch(/whsec|abc/)
})

test.each([
  ['another workspace', { ...PLACE, workspaceId: '019a0000-0000-7000-8000-000000000002' }],
  ['another purpose', { ...PLACE, purpose: 'trigger 1' }],
])('it does not open in %s', (_, place) => {
  expect(() => unseal(seal('x', PLACE, SETTINGS), place, SETTINGS)).toThrow(Unsealable)
})

test('each changed letter is noticed, and so is what is no sealed value', () => {
  const sealed = seal('whsec_abc', PLACE, SETTINGS)
  // The last letter of base64 has bits that mean nothing.
  const changed = Array.from({ length: sealed.length - 1 }, (_, at) => {
    const other = sealed[at] === 'A' ? 'B' : 'A'
    return sealed.slice(0, at) + other + sealed.slice(at + 1)
  })
  for (const broken of [...changed, '', 'v1', 'v1..', 'v2.x.y', sealed.slice(0, 30)])
    expect(() => unseal(broken, PLACE, SETTINGS)).toThrow(Unsealable)
})

test('after the secret was changed, the old one opens and the new one seals', () => {
  const sealed = seal('x', PLACE, SETTINGS)
  const changed = {
    BATON_SECRET: 'another secret of thirty-two letters',
    BATON_OLD_SECRETS: `y, ${SETTINGS.BATON_SECRET}`,
  }
  expect(() => unseal(sealed, PLACE, { BATON_SECRET: changed.BATON_SECRET })).toThrow(/BATON_OLD_SECRETS/)
  expect(unseal(sealed, PLACE, changed)).toBe('x')
  expect(unseal(seal('y', PLACE, changed), PLACE, { BATON_SECRET: changed.BATON_SECRET })).toBe('y')
})

test('without a secret nothing is sealed, and the message says what to do', () => {
  expect(() => seal('x', PLACE, {})).toThrow(/npm start/)
})
