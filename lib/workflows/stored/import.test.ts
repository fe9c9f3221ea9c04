// Files become workflows only after they were looked at, and what is there is never lost to them.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Forbidden, InvalidInput, NotFound } from '#lib/errors.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { TEMPLATES } from '../catalogue.ts'
import { archiveWorkflow, createWorkflow, saveDraft } from './drafts.ts'
import { checkImport, decodeImport, importWorkflow, type ImportRequest } from './import.ts'
import { publishWorkflow } from './publish.ts'
import { getWorkflow } from './queries.ts'
import { exportWorkflow } from './sides.ts'

let tested: Tested
beforeAll(async () => {
  tested = await testWorkspace()
})
afterAll(() => tested.drop())

const YAML = `name: short-notes
title: Short notes
summary: A summary of each note.
steps:
  - name: short
    title: Short
    kind: worker
    worker: summarizer
`
const check = (text: string, fileName?: string) => tested.act((ctx) => checkImport(ctx, { text, fileName }))
const take = (request: ImportRequest) => tested.act((ctx) => importWorkflow(ctx, request))
const stored = (name: string) => tested.act((ctx) => getWorkflow(ctx, name))
const taken = async (name: string) => tested.act((ctx) => createWorkflow(ctx, { name }))

test('a file is looked at without being stored, and then stored as what was looked at', async () => {
  expect(await check(YAML)).toMatchObject({
    readable: true,
    name: 'short-notes',
    title: 'Short notes',
    steps: [{ name: 'short' }],
    issues: [],
    taken: null,
  })
  await expect(stored('short-notes')).rejects.toThrow(NotFound)
  expect(await take({ text: YAML })).toEqual({ name: 'short-notes', revision: 1 })
  expect(await stored('short-notes')).toMatchObject({ title: 'Short notes', version: null, issues: [] })
})

test('every template comes back as it was taken away, as YAML and as JSON', async () => {
  for (const { definition } of TEMPLATES)
    for (const format of ['yaml', 'json'] as const) {
      const { body, fileName } = await tested.act((ctx) => exportWorkflow(ctx, definition.name, { format }))
      expect(fileName).toBe(`${definition.name}.${format}`)
      const { name } = await take({ text: body, name: `${definition.name}-${format}` })
      expect((await stored(name)).draft).toEqual({ ...definition, name })
    }
})

test('a workflow without a name is called after its file, else after its title', async () => {
  const nameless = YAML.replace('name: short-notes\n', '')
  const names = [undefined, 'C:\\flows\\Über Notes.yml', '.yaml'].map(async (file) => {
    const found = await check(nameless, file)
    return found.readable && found.name
  })
  expect(await Promise.all(names)).toEqual(['short-notes', 'uber-notes', 'short-notes'])
})

test.each([
  ['title: [', 1, 'sequence'],
  ['title: A\ntitle: B', 2, 'twice'],
  ['title: A\nsteps:\n  - constructor: 1', 3, 'not allowed'],
  ['title: A\ndeep: ' + '['.repeat(70) + ']'.repeat(70), 2, 'deeper than 64'],
  ['title: A\nsteps: [' + '1,'.repeat(20_001) + '1]', 2, 'more than 20,000 values'],
  ['{ "title": "A", "summary": "\\ud800" }', 1, 'surrogate'],
])('a file that cannot be read (%#) is told why, with its line', async (text, line, words) => {
  const found = await check(text)
  expect(found).toMatchObject({ readable: false, issues: [{ line, message: expect.stringContaining(words) }] })
  await expect(take({ text, incomplete: true })).rejects.toThrow(InvalidInput)
})

test('what has to be corrected is told with its line, and stored only when that is asked for', async () => {
  const wrong = `${YAML.replace('short-notes', 'half-done')}    needs: [gone]\n`
  const found = await check(wrong)
  expect(found).toMatchObject({ readable: true, issues: [{ path: 'steps.0.needs.0', line: 9 }] })
  await expect(take({ text: wrong })).rejects.toThrow('Line 9: There is no step named "gone".')
  await expect(stored('half-done')).rejects.toThrow(NotFound)
  await take({ text: wrong, incomplete: true })
  expect((await stored('half-done')).issues).toHaveLength(1)
})

test('a name that is taken is told with whose it is, and a free one', async () => {
  await taken('mine')
  await taken('away')
  await tested.act((ctx) => archiveWorkflow(ctx, 'away'))
  const whose = async (name: string) => {
    const found = await check(YAML.replace('short-notes', name))
    return found.readable && [found.taken?.by, found.free]
  }
  expect([await whose('mine'), await whose('away'), await whose('contract-check')]).toEqual([
    ['workflow', 'mine-2'],
    ['archived', 'away-2'],
    ['template', 'contract-check-2'],
  ])
  for (const name of ['mine', 'away', 'contract-check'])
    await expect(take({ text: YAML, name })).rejects.toMatchObject({ code: 'name_taken' })
  const both = await Promise.allSettled([take({ text: YAML, name: 'race' }), take({ text: YAML, name: 'race' })])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'name_taken' } })
})

test('as a draft it replaces the one that was looked at, never a later one, and no version', async () => {
  const name = await taken('weekly')
  const draft = {
    title: 'Weekly',
    summary: 'Each week.',
    steps: [{ name: 'a', title: 'A', kind: 'worker', worker: 'summarizer' }],
  }
  await tested.act((ctx) => saveDraft(ctx, name, { draft, revision: 1 }))
  await tested.act((ctx) => publishWorkflow(ctx, name, { revision: 2 }))
  await expect(take({ text: YAML, draftOf: { name, revision: 1 } })).rejects.toMatchObject({ code: 'stale_draft' })
  expect((await stored(name)).title).toBe('Weekly')
  expect(await take({ text: YAML, draftOf: { name, revision: 2 } })).toEqual({ name, revision: 3 })
  expect(await stored(name)).toMatchObject({ title: 'Short notes', version: 1, changed: true, draft: { name } })
  expect((await stored(name)).definition?.title).toBe('Weekly')
  await expect(take({ text: YAML, draftOf: { name: 'nowhere', revision: 1 } })).rejects.toThrow(NotFound)
  const files = await Promise.all(
    (['draft', 1, undefined] as const).map((of) => tested.act((ctx) => exportWorkflow(ctx, name, { of }))),
  )
  expect(files.map(({ fileName, body }) => [fileName, /title: (\w+)/.exec(body)?.[1]])).toEqual([
    ['weekly draft.yaml', 'Short'],
    ['weekly.yaml', 'Weekly'],
    ['weekly.yaml', 'Weekly'],
  ])
  await expect(tested.act((ctx) => exportWorkflow(ctx, name, { of: 2 }))).rejects.toThrow('Version 2')
})

test('who may not change workflows imports none, and another workspace is not reached', async () => {
  const access = { role: 'viewer', operator: false } as const
  await expect(tested.act((ctx) => checkImport(ctx, { text: YAML }), { access })).rejects.toThrow(Forbidden)
  await expect(tested.act((ctx) => importWorkflow(ctx, { text: YAML }), { access })).rejects.toThrow(Forbidden)
  const workspace = await tested.database.workspace()
  const name = await taken('walled')
  const there = { text: YAML, draftOf: { name, revision: 1 } }
  await expect(tested.act((ctx) => importWorkflow(ctx, there), { workspace })).rejects.toThrow(NotFound)
  await expect(tested.act((ctx) => exportWorkflow(ctx, name, {}), { workspace })).rejects.toThrow(NotFound)
  const elsewhere = await tested.act((ctx) => checkImport(ctx, { text: YAML.replace('short-notes', name) }), {
    workspace,
  })
  expect(elsewhere).toMatchObject({ taken: null })
})

test('bytes that are not UTF-8 are refused in words', () => {
  expect(decodeImport(new TextEncoder().encode('\uFEFFtitle: Ä'))).toBe('title: Ä')
  expect(() => decodeImport(Buffer.from('title: Ä', 'latin1'))).toThrow('not text in UTF-8')
})
