import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Priority } from '#lib/tasks/states.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { moveBase, renumber, takePlaces } from './tags.ts'

let tested: Tested
beforeAll(async () => {
  tested = await testWorkspace()
})
afterAll(() => tested.drop())

const QUEUE = 'summarizer'
const query = async (text: string, values: unknown[] = []) => (await tested.database.admin.query(text, values)).rows
const take = async (priority: Priority, count: number, workspace = tested.workspace) =>
  (
    await tested.act(({ tx }) => takePlaces(tx, { queue: QUEUE, workspaceId: workspace.id, priority, count }), {
      workspace,
    })
  ).map((place) => place.tag)

test('a workspace queues behind itself, one step per task, each priority in its own line', async () => {
  expect(await take('normal', 3)).toEqual([0, 1_000, 2_000])
  expect(await take('normal', 1)).toEqual([3_000])
  expect(await take('urgent', 2)).toEqual([-32_000, -31_000])
  expect(await take('high', 1)).toEqual([-8_000])
  expect(await take('low', 1)).toEqual([64_000])
  // Urgent and high tasks are charged to the normal line as well, low ones are not.
  expect(await take('normal', 1)).toEqual([7_000])
})

test('a newcomer starts at the clock, and twice the weight takes half the step', async () => {
  await query('update queue_clocks set time = 50000 where queue = $1', [QUEUE])
  const other = await tested.database.workspace()
  expect(await take('normal', 2, other)).toEqual([50_000, 51_000])
  await query('update flows set weight = 2 where workspace_id = $1', [other.id])
  expect(await take('normal', 2, other)).toEqual([52_000, 52_500])
})

test('places taken side by side do not overlap', async () => {
  const other = await tested.database.workspace()
  const tags = (await Promise.all(Array.from({ length: 20 }, () => take('normal', 5, other)))).flat()
  expect(new Set(tags).size).toBe(100)
})

test('before the numbers run out, the base moves and waiting tickets keep their order', async () => {
  const ids: string[] = []
  for (let n = 0; n < 3; n += 1) ids.push((await tested.submit()).id)
  const priorities = async () =>
    (await query('select id, priority from pgboss.job where id = any($1::uuid[]) order by priority desc', [ids])).map(
      (row) => row.id,
    )
  const order = await priorities()
  const { db } = tested.database.worker
  expect(await db.transaction((tx) => moveBase(tx, QUEUE))).toBe(false)
  await query('update queue_clocks set time = base + 1000000001 where queue = $1', [QUEUE])
  expect(await db.transaction((tx) => moveBase(tx, QUEUE))).toBe(true)
  expect(await db.transaction((tx) => renumber(tx, QUEUE))).toBe(3)
  expect(await db.transaction((tx) => renumber(tx, QUEUE))).toBe(0)
  expect(await priorities()).toEqual(order)
  // The next one starts at the clock, far from the end of the range.
  const { id } = await tested.submit({}, await tested.database.workspace())
  const [ticket] = await query('select priority from pgboss.job where id = $1', [id])
  expect(ticket.priority).toBe(1_000_000_000)
})

test('beyond the range tasks are still accepted', async () => {
  await query(`update flows set normal = 9000000000000 where workspace_id = $1`, [tested.workspace.id])
  const { id } = await tested.submit()
  expect(await query('select priority from pgboss.job where id = $1', [id])).toEqual([{ priority: -2_147_483_648 }])
})
