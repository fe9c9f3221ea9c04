import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asWorkspace } from './client.ts'
import { foldSearch } from './fold-search.ts'
import { type Search, searchFloor, searchMatches, searchTasks } from './search.ts'
import { testDatabase, type TestDatabase, type TestWorkspace } from './test-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

const FOUND = '01990000-0000-7000-8000-'

async function addTask(workspace: TestWorkspace, n: number, text: string, result: unknown = null): Promise<string> {
  const id = FOUND + String(n).padStart(12, '0')
  await asWorkspace(database.worker.db, workspace.id, async (tx) => {
    await tx.execute(sql`insert into texts (workspace_id, sha256, body)
      values (${workspace.id}, sha256(convert_to(${text}, 'UTF8')), ${text}) on conflict do nothing`)
    await tx.execute(sql`insert into tasks (id, workspace_id, worker, title, options, text_sha256, preview, result, seq)
      values (${id}, ${workspace.id}, 'summarizer', ${`Task ${n}`}, '{}', sha256(convert_to(${text}, 'UTF8')), '',
        ${JSON.stringify(result)}::jsonb, 1)
      on conflict (id) do update set result = excluded.result, seq = tasks.seq + 1`)
    await tx.execute(sql`insert into events (workspace_id, task_id, seq, type)
      select workspace_id, id, seq, ${result === null ? 'submitted' : 'completed'} from tasks where id = ${id}`)
  })
  return id
}

function find(workspace: TestWorkspace, query: string, more: Partial<Search> = {}) {
  return asWorkspace(database.app.db, workspace.id, (tx) => searchTasks(tx, { query, limit: 50, ...more }))
}

test('a task is found by words of its text, and after it ended by words of its result', async () => {
  const workspace = await database.workspace()
  const id = await addTask(workspace, 1, 'Über die Brücke nach Zürich, invoice INV-2024/17 for billing@example.com')
  expect(await foldSearch(database.worker.db)).toBe(1)
  for (const query of [
    'brücke',
    'ÜBER zürich',
    'invoice',
    'inv-2024/17',
    '2024',
    'bill',
    'billing@example.com',
    'task 1',
    'nach -genf',
  ])
    expect([query, await find(workspace, query)]).toEqual([query, [id]])
  for (const query of ['genf', 'invoice genf', 'rück', 'invoice -2024', 'answer'])
    expect([query, await find(workspace, query)]).toEqual([query, []])
  await addTask(workspace, 1, 'Über die Brücke nach Zürich, invoice INV-2024/17 for billing@example.com', {
    list: [{ label: 'the answer' }],
  })
  expect(await foldSearch(database.worker.db)).toBe(1)
  expect(await foldSearch(database.worker.db)).toBe(0)
  expect(await find(workspace, 'answer zürich')).toEqual([id])
})

test('any text is a query: operators, quotes and patterns are searched as they stand or ignored', async () => {
  const workspace = await database.workspace()
  const id = await addTask(workspace, 2, 'plain words')
  await foldSearch(database.worker.db)
  for (const query of [
    '',
    ' ',
    '&',
    '!',
    "'",
    '"',
    '%',
    '_',
    '(',
    "a'b",
    ':*',
    '!!',
    '-',
    '--',
    '\\',
    "'; drop table tasks",
    '-plain',
    '<->',
    '* *',
    '\u202E',
  ])
    expect(await find(workspace, query)).toEqual([])
  for (const query of ['"plain words"', 'plain & words', '(plain', 'words:*', "plain' or", 'plain %'].filter(
    (q) => !q.includes('or'),
  ))
    expect([query, await find(workspace, query)]).toEqual([query, [id]])
  const startedAt = performance.now()
  await find(workspace, 'a '.repeat(50_000) + '(('.repeat(1000))
  expect(performance.now() - startedAt).toBeLessThan(1000)
})

test('another workspace, or none, finds nothing', async () => {
  const [mine, other] = [await database.workspace(), await database.workspace()]
  const id = await addTask(mine, 3, 'secret words')
  await foldSearch(database.worker.db)
  expect(await find(mine, 'secret')).toEqual([id])
  expect(await find(other, 'secret')).toEqual([])
  expect(await database.app.db.transaction((tx) => searchTasks(tx, { query: 'secret', limit: 50 }))).toEqual([])
  expect(await asWorkspace(database.app.db, other.id, (tx) => searchMatches(tx, 'secret', [id]))).toEqual(new Set())
  expect(await asWorkspace(database.app.db, mine.id, (tx) => searchMatches(tx, 'secret', [id]))).toEqual(new Set([id]))
})

const blocks = async (workspace: TestWorkspace) => {
  const { rows } = await database.admin.query<{ tasks: number }>(
    'select tasks from search_blocks where workspace_id = $1 order by first_id',
    [workspace.id],
  )
  return rows.map(({ tasks }) => tasks)
}

/** Newest first. Block by block, as tasks come in over a long time. */
async function history(workspace: TestWorkspace, from: number, texts: string[]): Promise<string[]> {
  const ids: string[] = []
  for (const [n, text] of texts.entries()) {
    ids.unshift(await addTask(workspace, from + n, text))
    await foldSearch(database.worker.db, { block: 5 })
  }
  return ids
}

test('pages go on where the last one ended, over all blocks, in both directions', async () => {
  const workspace = await database.workspace()
  const texts = Array.from({ length: 30 }, (_, n) => (n % 10 === 0 ? 'rare common' : 'common'))
  const ids = await history(workspace, 100, texts)
  expect(await blocks(workspace)).toEqual([5, 5, 5, 5, 5, 5])
  for (const query of ['common', 'comm', '-rare common', '-absent'])
    for (const limit of [1, 4, 29]) {
      const expected = query.startsWith('-rare') ? ids.filter((_, n) => n % 10 !== 9) : ids
      const down: string[] = []
      for (let page = await find(workspace, query, { limit }); page.length > 0;) {
        down.push(...page)
        page = await find(workspace, query, { limit, before: page.at(-1) })
      }
      expect([query, limit, down]).toEqual([query, limit, expected])
      const up: string[] = []
      for (let page = await find(workspace, query, { limit, after: FOUND + '000000000000' }); page.length > 0;) {
        up.push(...page)
        page = await find(workspace, query, { limit, after: page.at(-1) })
      }
      expect([query, limit, up]).toEqual([query, limit, expected.toReversed()])
    }
  expect(await find(workspace, 'rare')).toEqual([ids[9], ids[19], ids[29]])
  expect(await find(workspace, 'rare', { after: ids[25] })).toEqual([ids[19], ids[9]])
})

test('a search covers a window of the newest tasks, to the end of a block, and that of a page begins at the page', async () => {
  const workspace = await database.workspace()
  const texts = Array.from({ length: 30 }, (_, n) => (n % 10 === 0 ? 'rare common' : 'common'))
  const ids = await history(workspace, 200, texts)
  const floor = (before?: string) => asWorkspace(database.app.db, workspace.id, (tx) => searchFloor(tx, before, 12))
  expect(await floor()).toBe(ids[19])
  expect(await find(workspace, 'rare', { window: 12 })).toEqual([ids[9], ids[19]])
  expect(await find(workspace, 'rare', { window: 4 })).toEqual([ids[9]])
  expect(await find(workspace, 'rare', { window: 4, before: ids[19] })).toEqual([ids[29]])
  expect(await floor(ids[19])).toBe('00000000-0000-0000-0000-000000000000')
  expect(await asWorkspace(database.app.db, (await database.workspace()).id, (tx) => searchFloor(tx))).toBeUndefined()
})

test('a task that comes late stands where its id belongs, also when its block has been full for long', async () => {
  const workspace = await database.workspace()
  const early = await history(workspace, 300, ['word', 'word', 'word', 'word', 'word'])
  const later = await history(workspace, 350, ['word', 'word', 'word'])
  const late = [await addTask(workspace, 305, 'word'), await addTask(workspace, 340, 'word')]
  expect(await foldSearch(database.worker.db, { block: 5 })).toBe(2)
  expect(await blocks(workspace)).toEqual([7, 3])
  const all = [...early, ...later, ...late].toSorted().toReversed()
  expect(await find(workspace, 'word')).toEqual(all)
  expect(await find(workspace, 'word', { limit: 4 })).toEqual(all.slice(0, 4))
})

test('a new result keeps the task in its block and takes the words of the old one away', async () => {
  const workspace = await database.workspace()
  const ids = await history(
    workspace,
    400,
    ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `text ${name}`),
  )
  await addTask(workspace, 400, 'text a', { label: 'first' })
  await foldSearch(database.worker.db, { block: 5 })
  expect(await find(workspace, 'first')).toEqual([ids[5]])
  await addTask(workspace, 400, 'text a', { label: 'second' })
  await foldSearch(database.worker.db, { block: 5 })
  expect([await find(workspace, 'first'), await find(workspace, 'second')]).toEqual([[], [ids[5]]])
  expect(await blocks(workspace)).toEqual([5, 1])
})

test('the longest texts of the shortest words fit into one document', async () => {
  const workspace = await database.workspace()
  const letters = Array.from({ length: 40_000 }, (_, n) => String.fromCodePoint(0x2_0000 + n))
  const pairs = letters.slice(0, 33_000).map((letter, n) => letter + letters[(n * 7 + 1) % 33_000])
  const one = await addTask(workspace, 500, letters.join(' '), { text: pairs.join(' ') })
  expect(await foldSearch(database.worker.db)).toBe(1)
  expect(await find(workspace, letters[39_000] ?? '')).toEqual([one])
})
