import { expect, test } from 'vitest'
import { repairedAddress } from './address.ts'

test('an address that is text stays as it is', () => {
  for (const address of ['/', '/w/a%2Fb?q=%C3%A9&x=1+2', '/w/%E2%82%AC']) expect(repairedAddress(address)).toBe(address)
})

test('F68: bytes that are no text are replaced, and the rest is kept', () => {
  expect(repairedAddress('/w/%ff/a%2Fb')).toBe('/w/%EF%BF%BD/a%2Fb')
  expect(repairedAddress('/w/%C3%A9%c3?q=%')).toBe('/w/%C3%A9%EF%BF%BD?q=%25')
  expect(repairedAddress('/%zz')).toBe('/%25zz')
})
