// F73, F74: what goes in as a table comes out as one, with nothing in it that a spreadsheet would carry out.
import { parse } from 'csv-parse/sync'
import JSZip from 'jszip'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GET as exportBatch } from '#app/api/v1/workspaces/[workspace]/batches/[id]/export/route.ts'
import { GET as readRows } from '#app/api/v1/workspaces/[workspace]/batches/[id]/rows/route.ts'
import { POST as startBatch } from '#app/api/v1/workspaces/[workspace]/batches/route.ts'
import { workerNamed } from '#lib/workers/registry.ts'
import { type Asker, testApi, type TestApi } from './test-api.ts'

let api: TestApi
let owner: Asker
let id: string
const TABLE = [
  ['=id', 'text'],
  ['1', '=HYPERLINK("http://evil.example")'],
  ['+2', 'A letter,\r\nwith "quotes" and a ,comma'],
  ['../3', 'Ünïcode and ../../etc/passwd'],
]
beforeAll(async () => {
  api = await testApi()
  owner = await api.member(api.workspace, 'owner')
  const raw = TABLE.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')
  const answer = await api.call(startBatch, { as: owner, raw, query: 'name=../Week 47&worker=summarizer&column=text' })
  id = String(answer.body['id'])
  const result = JSON.stringify(workerNamed('summarizer').example.output)
  await api.database.admin.query(
    `update tasks set status = 'completed', finished_at = now(), result = $2 where id in (select task_id from batch_items where batch_id = $1 and row < 3)`,
    [id, result],
  )
})
afterAll(() => api.close())

const download = async (format: string) => {
  const response = await api.send(exportBatch, { as: owner, params: { id }, query: `format=${format}` })
  return { response, bytes: Buffer.from(await response.arrayBuffer()) }
}

test('CSV has the columns of the table, the state and a column for each field of the result, and no formula', async () => {
  const { response, bytes } = await download('csv')
  expect(response.headers.get('content-disposition')).toContain('filename="Week 47-partial.csv"')
  const rows = parse(bytes, { bom: true })
  expect(rows[0]).toEqual(
    expect.arrayContaining(['row', "'=id", 'text', 'state', 'result_headline', 'result_keyPoints', 'error', 'task_id']),
  )
  const at = (row: number, column: string) => rows[row]?.[rows[0]?.indexOf(column) ?? -1]
  expect(at(1, 'text')).toBe('\'=HYPERLINK("http://evil.example")')
  expect(at(2, "'=id")).toBe("'+2")
  expect(at(2, 'text')).toBe(TABLE[2]?.[1])
  expect(at(1, 'result_headline')).toBe('Pilot cut delays to 6%; decision on June 12')
  expect([1, 2, 3].map((row) => at(row, 'state'))).toEqual(['completed', 'completed', 'pending'])
  expect(rows.flat().filter((cell) => /^[=+@\t\r]/.test(cell))).toEqual([])
})

test('JSON Lines has every row with its cells and its whole result', async () => {
  const { bytes } = await download('jsonl')
  const lines = bytes
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines).toHaveLength(3)
  expect(lines[1]).toMatchObject({
    row: 2,
    state: 'completed',
    cells: [
      ['=id', '+2'],
      ['text', TABLE[2]?.[1]],
    ],
  })
  expect(lines[1]?.['result']).toMatchObject({ headline: expect.stringContaining('Pilot') })
})

test('the ZIP archive has a file for each result under a name of our own, and the table', async () => {
  const { response, bytes } = await download('zip')
  expect(response.headers.get('content-type')).toBe('application/zip')
  const zip = await JSZip.loadAsync(bytes, { checkCRC32: true })
  expect(Object.keys(zip.files)).toEqual([
    'results/1-hyperlink-http-evil-example.md',
    'results/2-a-letter.md',
    'table.csv',
  ])
  expect(await zip.file('results/2-a-letter.md')?.async('string')).toContain('Pilot cut delays')
  expect(parse((await zip.file('table.csv')?.async('string')) ?? '', { bom: true })).toHaveLength(4)
})

test('the rows come back as they went in, formulas and all, to be started again', async () => {
  const rows = async (query: string) => (await api.call(readRows, { as: owner, params: { id }, query })).body['rows']
  expect(await rows('')).toEqual(TABLE.slice(1))
  expect(await rows('rows=1,3-9')).toEqual([TABLE[1], TABLE[3]])
  expect(await rows('state=pending')).toEqual([TABLE[3]])
})
