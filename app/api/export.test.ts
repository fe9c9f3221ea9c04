import { afterAll, beforeAll, expect, test } from 'vitest'
import * as exported from '#app/api/v1/workspaces/[workspace]/tasks/export/route.ts'
import * as tasks from '#app/api/v1/workspaces/[workspace]/tasks/route.ts'
import { type Asker, testApi, type TestApi } from './test-api.ts'

let api: TestApi
let key: Asker
beforeAll(async () => {
  api = await testApi()
  key = await api.key(api.workspace, ['run', 'read'])
})
afterAll(() => api.close())

const submit = async (text: string, more = {}) =>
  String((await api.call(tasks.POST, { as: key, body: { worker: 'summarizer', input: { text }, ...more } })).body['id'])
const download = (query: string) => api.call(exported.GET, { as: key, query })

/** RFC 4180, as a spreadsheet reads it. */
function readCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
    if (end === '\r\n') rows.push([])
  }
  const [header = [], ...lines] = rows.filter((row) => row.length > 1)
  return lines.map((line) => Object.fromEntries(header.map((name, index) => [name, line[index] ?? ''])))
}

test('F73: no cell becomes a formula, and every text comes back whole', async () => {
  const titles = [
    '=cmd|/c calc',
    '+1',
    '-2+3',
    '@SUM(A1)',
    'plain',
    'a "quoted", split\u2028title',
    '\uFF1DHYPERLINK()',
  ]
  for (const title of titles) await submit('Some text, with "quotes"\r\nand lines.', { title, tags: ['f73'] })
  const { text, headers } = await download('format=csv&tag=f73')
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const cells = readCsv(text).map((row) => row['title'])
  expect(cells.toReversed()).toEqual(titles.map((title) => (/^[=+\-@\uFF1D]/.test(title) ? `'${title}` : title)))
  expect(readCsv(text)[0]?.['preview']).toContain('"quotes"')
})

test('a CSV file tells a spreadsheet that it is UTF-8, and JSON Lines stay as they are', async () => {
  const title = 'Caf\u00e9 f\u00fcr \u65e5\u672c, \u{1F4E6}'
  await submit('Some text.', { title, tags: ['accents'] })
  const bytes = async (format: string) =>
    Buffer.from(
      await (await api.send(exported.GET, { as: key, query: `format=${format}&tag=accents` })).arrayBuffer(),
    ).toString('utf8')
  const csv = await bytes('csv')
  expect(csv.startsWith('\uFEFFid,title,')).toBe(true)
  expect(csv.indexOf('\uFEFF', 1)).toBe(-1)
  expect(readCsv(csv.slice(1))).toMatchObject([{ title }])
  expect((await bytes('jsonl')).startsWith('{"id"')).toBe(true)
})

test('F74: the file is named after the workspace and the day, whatever the workspace is called', async () => {
  const { headers } = await download('format=jsonl')
  expect(headers.get('content-disposition')).toMatch(
    /^attachment; filename="baton-tasks-test-[0-9a-f]+-\d{4}-\d\d-\d\d\.jsonl"; filename\*=UTF-8''baton-tasks-[\w.-]+$/,
  )
})

test('JSON Lines hold each task with its whole text, over as many pages as there are', async () => {
  const numbers = Array.from({ length: 60 }, (_, number) => number)
  const ids: string[] = []
  for (let from = 0; from < 60; from += 10) {
    const some = numbers.slice(from, from + 10).map((number) => submit(`Text ${number}.`, { tags: ['many'] }))
    ids.push(...(await Promise.all(some)))
  }
  const { text } = await download('format=jsonl&tag=many')
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; input: { text: string } })
  expect(lines.map(({ id }) => id)).toEqual(ids.toSorted().toReversed())
  expect(new Set(lines.map(({ input }) => input.text))).toEqual(new Set(numbers.map((number) => `Text ${number}.`)))
  const csv = readCsv((await download('format=csv&tag=many&search=')).text)
  expect(csv).toHaveLength(60)
})

test('chosen tasks alone are exported by their ids, and another workspace\u2019s are not among them', async () => {
  const mine = [await submit('One.'), await submit('Two.')]
  const elsewhere = await api.database.workspace('Elsewhere')
  const stranger = await api.key(elsewhere, ['run'])
  const { body } = await api.call(tasks.POST, {
    as: stranger,
    workspace: elsewhere.id,
    body: { worker: 'summarizer', input: { text: 'Not yours.' } },
  })
  const { text } = await download(`format=jsonl&ids=${[...mine, body['id']].join(',')}`)
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id),
  ).toEqual(mine.toReversed())
})

test('a wrong filter is an error, not a broken file', async () => {
  for (const query of ['format=xls', 'status=done', 'cursor=x', 'columns=id', 'ids=x'])
    expect({ query, ...(await download(query)) }).toMatchObject({ query, status: 422 })
})
