// A Chromium page that is signed in as the owner of a new workspace.
import { chromium, type Page } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { createUser } from '#lib/access/users.ts'
import { openDatabase } from '#lib/db/client.ts'
import { createWorkspace } from '#lib/workspaces/create.ts'
import { installedChromium } from '../chromium.ts'
import type { Stack } from '../stack.ts'

/** `home` is the workspace's address. */
export async function withPage(stack: Stack, work: (page: Page, home: string) => Promise<void>): Promise<void> {
  const tag = randomBytes(5).toString('hex')
  const account = { name: 'Maya Lindqvist', email: `maya-${tag}@example.com`, password: `passphrase-${tag}` }
  const opened = openDatabase(stack.databaseUrl, 'baton_app', { max: 2 })
  const { id } = await createUser(opened.db, { ...account, operator: true })
  const workspace = await createWorkspace(opened.db, { name: `Studio ${tag}`, ownerId: id })
  await opened.close()
  const browser = await chromium.launch({
    ...(await installedChromium()),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 } })
    const answer = await context.request.post(`${stack.baseUrl}/api/auth/sign-in/email`, {
      data: account,
      headers: { origin: stack.baseUrl },
    })
    if (!answer.ok()) throw new Error(`Signing in was answered ${answer.status()}.`)
    await work(await context.newPage(), `${stack.baseUrl}/w/${workspace.slug}`)
  } finally {
    await browser.close()
  }
}
