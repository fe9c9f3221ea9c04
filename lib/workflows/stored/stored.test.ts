// Workflows of a workspace: drafts, versions, and what runs begin with.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Conflict, Forbidden, InvalidInput, NotFound } from '#lib/errors.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { getRun } from '../queries.ts'
import { startRun } from '../start.ts'
import { archiveWorkflow, createWorkflow, saveDraft } from './drafts.ts'
import { publishWorkflow } from './publish.ts'
import { getWorkflow, listVersions, listWorkflows } from './queries.ts'

let tested: Tested
beforeEach(async () => {
  tested = await testWorkspace()
})
afterEach(() => tested.drop())

const DRAFT = {
  title: 'Short notes',
  summary: 'A summary of each note.',
  steps: [{ name: 'short', title: 'Short', kind: 'worker', worker: 'summarizer' }],
}
const create = (request: object = { draft: DRAFT }) => tested.act((ctx) => createWorkflow(ctx, request))
const save = (name: string, draft: Record<string, unknown>, revision: number, overwrite = false) =>
  tested.act((ctx) => saveDraft(ctx, name, { draft, revision, overwrite }))
const publish = (name: string, revision: number) => tested.act((ctx) => publishWorkflow(ctx, name, { revision }))
const start = (workflow: string) =>
  tested.act(async (ctx) => {
    const { id } = await startRun(ctx, { workflow, input: { text: 'A short note about rain.' } })
    return getRun(ctx, id)
  })

test('a draft becomes a version that runs, and open runs keep theirs when it changes', async () => {
  const name = await create()
  expect(name).toBe('short-notes')
  await expect(start(name)).rejects.toThrow('There is no workflow named')
  expect(await publish(name, 1)).toEqual({ version: 1 })
  const first = await start(name)
  expect(first).toMatchObject({ workflow: { name, title: 'Short notes', version: 1 }, status: 'in_progress' })

  const more = { ...DRAFT, steps: [...DRAFT.steps, { ...DRAFT.steps[0], name: 'long', options: { length: 'long' } }] }
  expect(await save(name, more, 1)).toEqual({ revision: 2 })
  expect(await tested.act((ctx) => getWorkflow(ctx, name))).toMatchObject({ version: 1, changed: true, issues: [] })
  expect(await publish(name, 2)).toEqual({ version: 2 })
  expect((await start(name)).steps).toHaveLength(2)
  expect((await tested.act((ctx) => getRun(ctx, first.id))).steps).toHaveLength(1)
  const versions = await tested.act((ctx) => listVersions(ctx, name))
  expect(versions.map(({ version, definition }) => [version, definition.steps.length])).toEqual([
    [2, 2],
    [1, 1],
  ])
  expect((await tested.act((ctx) => getWorkflow(ctx, name))).changed).toBe(false)
})

test('a draft may be wrong, is told what is wrong, and cannot be published', async () => {
  const name = await create()
  const wrong = { ...DRAFT, steps: [{ ...DRAFT.steps[0], needs: ['gone'] }], note: '\0' }
  await save(name, wrong, 1)
  const { issues } = await tested.act((ctx) => getWorkflow(ctx, name))
  expect(issues.map(({ path }) => path)).toContain('note')
  await save(name, { ...wrong, note: undefined }, 2)
  await expect(publish(name, 3)).rejects.toThrow('draft.steps.0.needs.0: There is no step named "gone".')
})

test('who saves over what another has saved is told, and may insist', async () => {
  const name = await create()
  const both = await Promise.allSettled([
    save(name, { ...DRAFT, title: 'A' }, 1),
    save(name, { ...DRAFT, title: 'B' }, 1),
  ])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'stale_draft', message: expect.stringContaining('revision 2') },
  })
  await expect(publish(name, 1)).rejects.toThrow(Conflict)
  expect(await save(name, { ...DRAFT, title: 'C' }, 1, true)).toEqual({ revision: 3 })
})

test('names are free ones, templates can be copied, and what is archived starts no more and comes back', async () => {
  expect([await create(), await create(), await create({ from: 'complete-analysis' })]).toEqual([
    'short-notes',
    'short-notes-2',
    'complete-analysis-2',
  ])
  await expect(create({ name: 'complete-analysis' })).rejects.toThrow(Conflict)
  await expect(create({ from: 'nothing' })).rejects.toThrow(InvalidInput)
  await publish('complete-analysis-2', 1)
  expect((await start('complete-analysis-2')).steps).toHaveLength(6)
  await tested.act((ctx) => archiveWorkflow(ctx, 'complete-analysis-2'))
  await expect(start('complete-analysis-2')).rejects.toThrow(InvalidInput)
  await expect(tested.act((ctx) => getWorkflow(ctx, 'complete-analysis-2'))).rejects.toThrow(NotFound)
  await tested.act((ctx) => archiveWorkflow(ctx, 'complete-analysis-2', { restore: true }))
  const listed = await tested.act((ctx) => listWorkflows(ctx))
  expect(
    listed
      .slice(0, 3)
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['complete-analysis-2', 'short-notes', 'short-notes-2'])
  expect(listed.some(({ name, id }) => name === 'complete-analysis' && id === null)).toBe(true)
})

test('another workspace sees and changes none of it, and viewers change nothing', async () => {
  const name = await create()
  const workspace = await tested.database.workspace()
  await expect(tested.act((ctx) => getWorkflow(ctx, name), { workspace })).rejects.toThrow(NotFound)
  await expect(tested.act((ctx) => saveDraft(ctx, name, { draft: DRAFT, revision: 1 }), { workspace })).rejects.toThrow(
    NotFound,
  )
  const access = { role: 'viewer', operator: false } as const
  await expect(tested.act((ctx) => createWorkflow(ctx, {}), { access })).rejects.toThrow(Forbidden)
})
