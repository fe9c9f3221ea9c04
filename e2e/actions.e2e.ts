// F56 and F58 for server actions: every one that the build offers, sent past the interface by everyone there is. One that
// is not in the table fails the story.
import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import type { Role } from '#lib/access/actor.ts'
import { members } from '#lib/db/auth-schema.ts'
import { asWorkspace, type OpenDatabase } from '#lib/db/client.ts'
import { planner } from '#lib/workers/planner.ts'
import { expect, newPerson, type Person, test } from './fixtures.ts'
import { seedTasks } from './seed-tasks.ts'

const WHO = ['anonymous', 'stranger', 'viewer', 'member', 'admin', 'owner', 'operator'] as const
type Who = (typeof WHO)[number]
type Expected = Record<Who, string>

const writing: Expected = {
  anonymous: 'unauthenticated',
  stranger: 'not_found',
  viewer: 'forbidden',
  member: 'ok',
  admin: 'ok',
  owner: 'ok',
  operator: 'ok',
}
const keeping: Expected = { ...writing, member: 'forbidden', operator: 'forbidden' }
const operating: Expected = { ...keeping, admin: 'forbidden', owner: 'forbidden', operator: 'ok' }

type Things = {
  failed: () => Promise<string>
  waiting: () => Promise<string>
  key: () => Promise<string>
  run: () => Promise<string>
  document: () => Promise<string>
  /** A run that asks for a decision. */
  asking: () => Promise<string>
  workflow: () => Promise<string>
  /** Made already. */
  plan: () => Promise<string>
  trigger: () => Promise<string>
  hook: () => Promise<string>
  batch: () => Promise<string>
  pausedBatch: () => Promise<string>
  slots: number
}
type Row = { expected: Expected; input: (things: Things) => unknown }

const newTask = { worker: 'summarizer', engine: 'rules', input: { text: 'A letter came. It was late.' } }
const newRun = { workflow: 'complete-analysis', engine: 'rules', input: { text: 'A letter came. It was late.' } }
const newPlan = { goal: 'Find the risks', engine: 'rules', input: { text: 'A letter came. It was late.' } }
const newTrigger = {
  title: 'Every morning',
  config: { kind: 'schedule', cron: '0 7 * * *', timeZone: 'UTC', text: 'A letter came.' },
}
const newHook = { title: 'Calls', config: { kind: 'webhook' } }
const W = 'app/(app)/w/[workspace]'

const IN_A_WORKSPACE: Record<string, Row> = {
  'app/(app)/setup runSamples': { expected: writing, input: () => ({}) },
  [`${W}/(home) runSample`]: { expected: writing, input: () => ({ worker: 'summarizer' }) },
  [`${W}/(home) retryFailures`]: {
    expected: writing,
    input: async ({ failed }) => (await failed(), { worker: 'summarizer', code: 'empty_result' }),
  },
  [`${W}/(home) retryBlocked`]: { expected: writing, input: () => ({ reason: 'needs_model' }) },
  [`${W}/(home) cancelOne`]: { expected: writing, input: async ({ waiting }) => ({ id: await waiting() }) },
  [`${W}/api-keys makeKey`]: { expected: keeping, input: () => ({ name: 'Import', scopes: ['run'] }) },
  [`${W}/api-keys revokeKey`]: { expected: keeping, input: async ({ key }) => ({ id: await key() }) },
  [`${W}/documents/[id] removeDocument`]: {
    expected: writing,
    input: async ({ document }) => ({ id: await document() }),
  },
  [`${W}/history cancelSelected`]: { expected: writing, input: async ({ waiting }) => ({ ids: [await waiting()] }) },
  [`${W}/history retrySelected`]: { expected: writing, input: async ({ failed }) => ({ ids: [await failed()] }) },
  [`${W}/tasks/[id] retryThisTask`]: { expected: writing, input: async ({ failed }) => ({ id: await failed() }) },
  [`${W}/tasks/[id] cancelThisTask`]: { expected: writing, input: async ({ waiting }) => ({ id: await waiting() }) },
  [`${W}/tasks/new submitNewTask`]: { expected: writing, input: () => ({ request: newTask }) },
  [`${W}/workflows startNewRun`]: {
    expected: writing,
    input: () => ({ request: newRun, idempotencyKey: uuidv7() }),
  },
  [`${W}/workflows cancelThisRun`]: { expected: writing, input: async ({ run }) => ({ id: await run() }) },
  [`${W}/workflows skipThisStep`]: {
    expected: writing,
    input: async ({ asking }) => ({ id: await asking(), step: 'ask' }),
  },
  [`${W}/workflows decideInRun`]: {
    expected: writing,
    input: async ({ asking }) => ({ id: await asking(), step: 'ask', request: { decision: 'approved' } }),
  },
  [`${W}/workflows rerunThisFrom`]: {
    expected: writing,
    input: async ({ run }) => ({ id: await run(), request: { from: 'summarizer' }, idempotencyKey: uuidv7() }),
  },
  [`${W}/workflows createThisWorkflow`]: { expected: writing, input: () => ({ from: 'complete-analysis' }) },
  [`${W}/workflows saveThisDraft`]: {
    expected: writing,
    input: async ({ workflow }) => ({ name: await workflow(), request: { draft: {}, revision: 1 } }),
  },
  [`${W}/workflows publishThisWorkflow`]: {
    expected: writing,
    input: async ({ workflow }) => ({ name: await workflow(), request: { revision: 1 } }),
  },
  [`${W}/workflows checkThisImport`]: { expected: writing, input: () => ({ text: 'title: Imported' }) },
  [`${W}/workflows importThisWorkflow`]: {
    expected: writing,
    input: () => ({ text: 'title: Imported', name: `imported-${uuidv7()}`, incomplete: true }),
  },
  [`${W}/workflows testThisStep`]: {
    expected: writing,
    input: async ({ workflow }) => ({
      name: await workflow(),
      step: 'summarizer',
      request: { input: { text: 'A letter came. It was late.' } },
      idempotencyKey: uuidv7(),
    }),
  },
  [`${W}/workflows/plan startNewPlan`]: {
    expected: writing,
    input: () => ({ request: newPlan, idempotencyKey: uuidv7() }),
  },
  [`${W}/workflows/plan changeThisPlan`]: {
    expected: writing,
    input: async ({ plan }) => ({
      id: await plan(),
      request: { removed: ['read'], options: {}, revision: 0 },
    }),
  },
  [`${W}/workflows/plan runThisPlan`]: {
    expected: writing,
    input: async ({ plan }) => ({ id: await plan(), request: { revision: 0 }, idempotencyKey: uuidv7() }),
  },
  [`${W}/workflows/plan saveThisPlan`]: {
    expected: writing,
    input: async ({ plan }) => ({ id: await plan(), request: { revision: 0 } }),
  },
  [`${W}/workflows/[name]/triggers makeTrigger`]: {
    expected: writing,
    input: () => ({ workflow: 'complete-analysis', trigger: newTrigger }),
  },
  [`${W}/workflows/[name]/triggers setPaused`]: {
    expected: writing,
    input: async ({ trigger }) => ({ id: await trigger(), paused: true }),
  },
  [`${W}/workflows/[name]/triggers removeTrigger`]: {
    expected: writing,
    input: async ({ trigger }) => ({ id: await trigger() }),
  },
  [`${W}/workflows/[name]/triggers runNow`]: {
    expected: writing,
    input: async ({ trigger }) => ({ id: await trigger() }),
  },
  [`${W}/workflows/[name]/triggers newSigningSecret`]: { expected: keeping, input: () => ({}) },
  [`${W}/workflows/[name]/triggers newTriggerSecret`]: {
    expected: writing,
    input: async ({ hook }) => ({ id: await hook(), request: {} }),
  },
  [`${W}/workflows/[name]/triggers readSigningSecret`]: { expected: keeping, input: () => ({}) },
  [`${W}/batches/[id] pauseThisBatch`]: { expected: writing, input: async ({ batch }) => ({ id: await batch() }) },
  [`${W}/batches/[id] resumeThisBatch`]: {
    expected: writing,
    input: async ({ pausedBatch }) => ({ id: await pausedBatch() }),
  },
  [`${W}/batches/[id] cancelThisBatch`]: {
    expected: writing,
    input: async ({ pausedBatch }) => ({ id: await pausedBatch() }),
  },
  [`${W}/batches/[id] retryFailedRows`]: { expected: writing, input: async ({ batch }) => ({ id: await batch() }) },
  [`${W}/batches/[id] setBudgetOfBatch`]: {
    expected: writing,
    input: async ({ batch }) => ({ id: await batch(), capMicros: 2_000_000 }),
  },
  [`${W}/prices addNewPrice`]: {
    expected: operating,
    input: () => ({ model: `sample-${uuidv7()}`, inputPerMillion: 1, outputPerMillion: 2 }),
  },
  [`${W}/workers changeSlots`]: { expected: operating, input: ({ slots }) => ({ worker: 'translator', slots }) },
  [`${W}/workers requeueTask`]: { expected: writing, input: async ({ failed }) => ({ id: await failed() }) },
}
/** About one's own account: whoever is signed in may. */
const OF_ONES_OWN: Record<string, unknown> = {
  'app/(app)/account rename': { name: 'Somebody Else' },
  'app/(app)/account changePassword': { currentPassword: 'x', password: 'a new long phrase' },
  'app/(app)/account endSession': { id: '0190a000-0000-7000-8000-000000000000' },
  'app/(app)/account endOtherSessions': {},
}
/** For people without a session; what they may is told by the stories of signing in. */
const FOR_EVERYONE = ['signIn', 'signUp', 'setNewPassword'].map((name) => `app/(auth) ${name}`)

type Manifest = { node: Record<string, { filename: string; exportedName: string; workers: Record<string, unknown> }> }

/** The page to send it to, without its groups, and its id in this build. */
function actionsOfBuild(): Map<string, { id: string; page: string }> {
  const manifest: Manifest = JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8'))
  return new Map(
    Object.entries(manifest.node).map(([id, { filename, exportedName, workers }]) => {
      const page = (Object.keys(workers)[0] ?? '').replace(/^app|\/page$|\/\(\w+\)/g, '')
      return [`${filename.replace(/\/actions\.ts$/, '')} ${exportedName}`, { id, page }]
    }),
  )
}

test('every action of the build is in the table', () => {
  const known = [...Object.keys(IN_A_WORKSPACE), ...Object.keys(OF_ONES_OWN), ...FOR_EVERYONE]
  expect([...actionsOfBuild().keys()].toSorted()).toEqual(known.toSorted())
})

test('F56, F58: everyone may do by actions what their role may, and whoever may not changes nothing', async ({
  person,
  database,
  running,
  playwright,
}) => {
  test.slow()
  const cookies = await everyone(person, database, running.baseUrl, playwright)
  const slots = await database.pool.query(`select slots from worker_pools where worker = 'translator'`)
  let published = false
  const post = (path: string, body: object | string) => sendTo(running.baseUrl, person, cookies.owner, path, body)
  const things: Things = {
    failed: async () => (await seedTasks(database, person, [{ status: 'failed' }]))[0] ?? '',
    waiting: async () => (await seedTasks(database, person, [{ status: 'blocked' }]))[0] ?? '',
    key: () => newKey(running.baseUrl, person, cookies.owner),
    run: () => openRun(running.baseUrl, person, cookies.owner),
    document: () => newDocument(running.baseUrl, person, cookies.owner),
    asking: async () => {
      if (!published) {
        await post('/workflows', ASKING)
        await post('/workflows/ask/publish', { revision: 1 })
        published = true
      }
      return (await post('/runs', { workflow: 'ask', input: newRun.input }))['id'] as string
    },
    workflow: async () => (await post('/workflows', { from: 'complete-analysis' }))['name'] as string,
    plan: async () => {
      const result = planner.example.output
      return (await seedTasks(database, person, [{ worker: planner.name, status: 'completed', result }]))[0] ?? ''
    },
    trigger: async () =>
      ((await post('/workflows/complete-analysis/triggers', newTrigger))['trigger'] as { id: string }).id,
    hook: async () => ((await post('/workflows/complete-analysis/triggers', newHook))['trigger'] as { id: string }).id,
    batch: async () => (await post('/batches?name=Letters&worker=summarizer&engine=rules', table()))['id'] as string,
    pausedBatch: async () => {
      const id = (await post('/batches?name=Letters&worker=summarizer&engine=rules', table()))['id'] as string
      await post(`/batches/${id}/pause`, {})
      return id
    },
    slots: slots.rows[0].slots,
  }
  for (const [name, { expected, input }] of Object.entries(IN_A_WORKSPACE)) {
    const found: Partial<Expected> = {}
    for (const who of WHO) {
      const sent = await input(things)
      const before = await rowsOf(database, person)
      found[who] = await send(running.baseUrl, name, person, cookies[who], [person.workspace.slug, sent])
      if (found[who] !== 'ok') expect(await rowsOf(database, person), `${name} by ${who}`).toEqual(before)
    }
    expect({ name, ...found }).toEqual({ name, ...expected })
  }
  for (const [name, input] of Object.entries(OF_ONES_OWN))
    expect(await send(running.baseUrl, name, person, '', [input]), name).toBe('unauthenticated')
})

/** What came back: "ok" or the refusal's code. */
async function send(baseUrl: string, name: string, person: Person, cookie: string, args: unknown[]): Promise<string> {
  const { id = '', page = '' } = actionsOfBuild().get(name) ?? {}
  const path = page
    .replace('[workspace]', person.workspace.slug)
    .replace('[id]', uuidv7())
    .replace('[name]', 'complete-analysis')
  const response = await fetch(baseUrl + path, {
    method: 'POST',
    headers: {
      'next-action': id,
      'content-type': 'text/plain;charset=UTF-8',
      accept: 'text/x-component',
      origin: baseUrl,
      cookie,
    },
    body: JSON.stringify(args),
  })
  const text = await response.text()
  if (/^1:\{"ok":true/m.test(text)) return 'ok'
  return /^1:\{"ok":false,"error":\{.*?"code":"(\w+)"/m.exec(text)?.[1] ?? `${response.status} ${text.slice(0, 300)}`
}

type Playwright = {
  request: { newContext: (options: object) => Promise<import('@playwright/test').APIRequestContext> }
}

/** A cookie of everyone, the roles in the person's workspace. */
async function everyone(
  person: Person,
  database: OpenDatabase,
  baseUrl: string,
  { request }: Playwright,
): Promise<Record<Who, string>> {
  const cookies = { anonymous: '' } as Record<Who, string>
  for (const who of WHO.slice(1)) {
    const one = who === 'owner' ? person : await newPerson(database, who === 'operator')
    const role: Role = who === 'operator' ? 'member' : (who as Role)
    if (who !== 'stranger' && who !== 'owner')
      await database.db
        .insert(members)
        .values({ id: uuidv7(), organizationId: person.workspace.id, userId: one.id, role })
    const visitor = await request.newContext({ baseURL: baseUrl })
    const { email, password } = one
    await visitor.post('/api/auth/sign-in/email', { data: { email, password }, headers: { origin: baseUrl } })
    const kept = (await visitor.storageState()).cookies
    cookies[who] = kept.map((cookie) => `${cookie.name}=${cookie.value}`).join('; ')
    await visitor.dispose()
  }
  return cookies
}

async function newKey(baseUrl: string, { workspace }: Person, cookie: string): Promise<string> {
  const response = await fetch(`${baseUrl}/api/v1/workspaces/${workspace.slug}/api-keys`, {
    method: 'POST',
    headers: { cookie, origin: baseUrl, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Spare', scopes: ['read'] }),
  })
  return ((await response.json()) as { key: { id: string } }).key.id
}

/** Its translation waits for a model, so that it can be cancelled whatever has become of the rest. */
async function openRun(baseUrl: string, { workspace }: Person, cookie: string): Promise<string> {
  const response = await fetch(`${baseUrl}/api/v1/workspaces/${workspace.slug}/runs`, {
    method: 'POST',
    headers: { cookie, origin: baseUrl, 'content-type': 'application/json' },
    body: JSON.stringify({ ...newRun, options: { translator: { targetLanguage: 'de' } } }),
  })
  return ((await response.json()) as { id: string }).id
}

const ASKING = {
  name: 'ask',
  draft: {
    title: 'Ask',
    summary: 'Asks at once.',
    steps: [{ name: 'ask', title: 'Ask', kind: 'approval', question: 'Is this right?' }],
  },
}

/** Enough rows that a batch can be paused before it has ended. */
function table(): string {
  return `text\n${Array.from({ length: 30 }, (_, row) => `A letter came, number ${row} of ${uuidv7()}.`).join('\n')}\n`
}

/** By the owner, over HTTP: a table as it is, all else as JSON. */
async function sendTo(
  baseUrl: string,
  { workspace }: Person,
  cookie: string,
  path: string,
  body: object | string,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${baseUrl}/api/v1/workspaces/${workspace.slug}${path}`, {
    method: 'POST',
    headers: {
      cookie,
      origin: baseUrl,
      'content-type': typeof body === 'string' ? 'text/csv' : 'application/json',
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Record<string, unknown>
}

async function newDocument(baseUrl: string, { workspace }: Person, cookie: string): Promise<string> {
  const response = await fetch(`${baseUrl}/api/v1/workspaces/${workspace.slug}/documents?name=spare.txt`, {
    method: 'POST',
    headers: { cookie, origin: baseUrl },
    body: `A spare text, ${uuidv7()}.`,
  })
  return ((await response.json()) as { id: string }).id
}

/** Everything that a write could have changed. Tasks that run are asked for by what only a person changes. */
function rowsOf({ db }: OpenDatabase, { workspace, id }: Person): Promise<unknown> {
  // Inside the workspace: outside of it the wall shows no rows at all.
  return asWorkspace(db, workspace.id, async (tx) => {
    const { rows } = await tx.execute(sql`
      select (select count(*) from tasks) as tasks,
             (select count(*) from events where type in ('submitted', 'retried', 'cancelled')) as events,
             (select count(*) from runs) as runs,
             (select count(*) from steps where branch is not null) as decisions,
             (select jsonb_agg(w order by w.name) from (select name, revision, version from workflows) w) as workflows,
             (select count(*) from plan_edits) as plans,
             (select count(*) from triggers where paused_at is null) as triggers,
             (select count(*) from batches) as batches,
             (select count(*) from prices) as prices,
             (select count(*) from api_keys) as keys,
             (select count(*) from api_keys where revoked_at is not null) as revoked,
             (select count(*) from documents) as documents,
             (select slots from worker_pools where worker = 'translator') as slots,
             (select name from users where id = ${id}) as name`)
    return rows[0]
  })
}
