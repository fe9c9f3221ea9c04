// What a story begins with: a page that is signed in as a person of its own, in a workspace of its own.
import { type APIRequestContext, type BrowserContext, expect, type Page, test as base } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { createUser } from '#lib/access/users.ts'
import { type OpenDatabase, openDatabase } from '#lib/db/client.ts'
import { createWorkspace } from '#lib/workspaces/create.ts'
import type { WorkspaceSummary } from '#lib/workspaces/queries.ts'

export { expect }

export const OWNER = { email: 'owner@example.com', password: 'a long enough passphrase' }

export type Running = { baseUrl: string; databaseUrl: string; modelUrl: string; ownerWorkspace: WorkspaceSummary }

export type Person = { id: string; name: string; email: string; password: string; workspace: WorkspaceSummary }

type Fixtures = {
  /** false = the page is a visitor's. */
  signedIn: boolean
  /** Whose page it is: the owner of a new workspace, without the operator's rights unless asked for. */
  person: Person
  operator: boolean
  /** A path inside the person's workspace: `at('history')`. */
  at: (path?: string) => string
  /** Signs another browser context in. */
  signIn: (context: BrowserContext, person: { email: string; password: string }) => Promise<void>
  /** Submits a task as the person, over HTTP, and waits for nothing. */
  submit: (
    task: { worker: string; input: { text: string } & Record<string, unknown> } & Record<string, unknown>,
  ) => Promise<{ id: string }>
}

type WorkerFixtures = { running: Running; database: OpenDatabase }

export const test = base.extend<Fixtures, WorkerFixtures>({
  running: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const running: Running = JSON.parse(process.env['BATON_E2E'] ?? '{}')
      await use(running)
    },
    { scope: 'worker' },
  ],
  database: [
    async ({ running }, use) => {
      const opened = openDatabase(running.databaseUrl, 'baton_app', { max: 2 })
      await use(opened)
      await opened.close()
    },
    { scope: 'worker' },
  ],
  signedIn: [true, { option: true }],
  operator: [false, { option: true }],
  baseURL: async ({ running }, use) => use(running.baseUrl),
  person: async ({ database, operator }, use) => use(await newPerson(database, operator)),
  at: async ({ person }, use) => use((path = '') => `/w/${person.workspace.slug}/${path}`.replace(/\/$/, '')),
  signIn: async ({ running }, use) => use((context, person) => signInWith(context.request, running.baseUrl, person)),
  page: async ({ page, context, signedIn, person, running }, use) => {
    if (signedIn) await signInWith(context.request, running.baseUrl, person)
    await use(page)
  },
  submit: async ({ page, person, running }, use) =>
    use(async (task) => {
      const url = `${running.baseUrl}/api/v1/workspaces/${person.workspace.slug}/tasks`
      const response = await page.request.post(url, { data: task, headers: { origin: running.baseUrl } })
      expect(response.status(), await response.text()).toBe(201)
      return response.json()
    }),
})

export async function newPerson({ db }: OpenDatabase, operator = false): Promise<Person> {
  const tag = randomBytes(5).toString('hex')
  const account = { name: 'Maya Lindqvist', email: `maya-${tag}@example.com`, password: `passphrase-${tag}` }
  const { id } = await createUser(db, { ...account, operator })
  const workspace = await createWorkspace(db, { name: `Studio ${tag}`, ownerId: id })
  return { id, ...account, workspace }
}

async function signInWith(
  request: APIRequestContext,
  baseUrl: string,
  { email, password }: { email: string; password: string },
): Promise<void> {
  const response = await request.post(`${baseUrl}/api/auth/sign-in/email`, {
    data: { email, password },
    headers: { origin: baseUrl },
  })
  expect(response.status(), await response.text()).toBe(200)
}

/** Waits until nothing on the page is a placeholder any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
}

/**
 * Waits until the page hears of events, which it does once its scripts run: keys pressed from then on are heard. A page
 * that names itself in the breadcrumb wakes up later than the shell around it, by that `title`.
 */
export async function awake(page: Page, title?: string): Promise<void> {
  await expect(page.getByRole('button', { name: 'Live', exact: true })).toBeVisible()
  if (title !== undefined)
    await expect(page.getByRole('navigation', { name: 'Breadcrumb' }).getByText(title, { exact: true })).toBeVisible()
}
