import { expect, test } from 'vitest'
import { attachment } from './attachment.ts'

test('an ordinary name is kept, and one with other letters is given in both forms', () => {
  expect(attachment('tasks.csv')).toBe(`attachment; filename="tasks.csv"; filename*=UTF-8''tasks.csv`)
  expect(attachment('Müller (1).csv')).toBe(
    `attachment; filename="M_ller (1).csv"; filename*=UTF-8''M%C3%BCller%20%281%29.csv`,
  )
})

test('F74: line breaks, quotes, folders, control and reordering characters cannot get out of the name', () => {
  const nasty = '../../etc/pass"wd\r\nSet-Cookie: a=b\u202Egpj.\u0000csv'
  const header = attachment(nasty)
  expect(header).toMatch(/^attachment; filename="[^"\\/\r\n]*"; filename\*=UTF-8''[\w.~!$&+^`|%-]*$/)
  expect(header).not.toMatch(/\.\.[/\\]|%2F|%0D|%0A|%00|%E2%80%AE/i)
  expect(() => new Headers({ 'Content-Disposition': header })).not.toThrow()
})

test('F74: a name of 300 characters is shortened and keeps its extension; one of nothing gets a name', () => {
  expect(attachment(`${'a'.repeat(300)}.csv`)).toBe(
    `attachment; filename="${'a'.repeat(116)}.csv"; filename*=UTF-8''${'a'.repeat(116)}.csv`,
  )
  expect(attachment('..\u0000/')).toContain('filename="download"')
})
