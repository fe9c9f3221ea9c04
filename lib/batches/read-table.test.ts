// F73: tables as people have them, and as nobody should have them.
import { expect, test } from 'vitest'
import { InvalidInput } from '#lib/errors.ts'
import { columnOf, readTable } from './read-table.ts'
import { MAX_ROWS } from './states.ts'

const read = (text: string | Uint8Array, options?: { header: boolean }) =>
  readTable(typeof text === 'string' ? Buffer.from(text) : text, options)
const refusal = (text: string | Uint8Array) => {
  try {
    read(text)
  } catch (error) {
    if (error instanceof InvalidInput) return error.issues[0]?.message
    throw error
  }
  return null
}

test('quotation marks, line breaks and delimiters inside a cell are part of its text', () => {
  const { columns, rows } = read('id,text\r\n1,"He said ""no"",\nand left; twice"\r\n\r\n2,plain\r\n')
  expect(columns).toEqual(['id', 'text'])
  expect(rows).toEqual([
    ['1', 'He said "no",\nand left; twice'],
    ['2', 'plain'],
  ])
})

test('a byte order mark, semicolons and tabs are told by themselves', () => {
  expect(read('\uFEFFid;text\n1;Grüße, und mehr')).toMatchObject({
    columns: ['id', 'text'],
    rows: [['1', 'Grüße, und mehr']],
    delimiter: ';',
    encoding: 'UTF-8',
  })
  expect(read('id\ttext\n1\tSo, it goes')).toMatchObject({ delimiter: '\t', rows: [['1', 'So, it goes']] })
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('id,text\n1,日本', 'utf16le')])
  expect(read(utf16)).toMatchObject({ encoding: 'UTF-16', columns: ['id', 'text'], rows: [['1', '日本']] })
  expect(read(Buffer.from('text\nGr\xfc\xdfe', 'latin1'))).toMatchObject({
    encoding: 'Windows-1252',
    rows: [['Grüße']],
  })
})

test('formulas and names that every object inherits stay plain text', () => {
  const { columns, rows } = read('__proto__,text\n=1+1,"=cmd|\' /C calc\'!A0"')
  expect(columns).toEqual(['__proto__', 'text'])
  expect(rows).toEqual([['=1+1', "=cmd|' /C calc'!A0"]])
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
})

test('a row with more or fewer cells is cut or filled up, and told', () => {
  const { rows, ragged } = read('a,b\n1\n1,2,3\n1,2')
  expect(rows.map((row) => row.length)).toEqual([3, 3, 3])
  expect(ragged).toEqual([1, 3])
})

test('names that are missing or there twice are made distinct; without a header columns have numbers', () => {
  expect(read('text,,text\na,b,c').columns).toEqual(['text', 'Column 2', 'text (2)'])
  expect(read('a,b\nc,d', { header: false })).toMatchObject({
    columns: ['Column 1', 'Column 2'],
    rows: [
      ['a', 'b'],
      ['c', 'd'],
    ],
  })
})

test('what is no table says why, and where', () => {
  expect(refusal('')).toMatch(/empty/)
  expect(refusal('text')).toMatch(/one row only/)
  expect(refusal('id,text\n1,"open\n2,x\n')).toMatch(/^Line \d+: A quotation mark is opened here and never closed/)
  expect(refusal('id,text\n1,half "quoted" cell\n')).toMatch(/^Line 2: A quotation mark stands inside a cell/)
  expect(refusal(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0]))).toMatch(/not a CSV file/)
  expect(refusal(`text\n${'a\n'.repeat(MAX_ROWS + 1)}`)).toMatch(/more than the 10,000 rows/)
  expect(refusal(`${Array.from({ length: 201 }, (_, index) => `c${index}`).join(',')}\n1`)).toMatch(/201 columns/)
  expect(read(`text\n${'a\n'.repeat(MAX_ROWS)}`).rows).toHaveLength(MAX_ROWS)
})

test('the column with the most text is taken unless one is named, by name or number', () => {
  const table = read('id,date,message\n1,2026-01-01,The parcel came late again.')
  expect([undefined, 'date', '1', 'message'].map((name) => columnOf(table, name))).toEqual([2, 1, 0, 2])
  expect(() => columnOf(table, '4')).toThrow(/There is no column "4"/)
})
