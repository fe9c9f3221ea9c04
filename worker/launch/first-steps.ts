// On an empty database: the owner's account, a workspace and one task for each worker, whose results are shown here.
import { asc } from 'drizzle-orm'
import { setTimeout as sleep } from 'node:timers/promises'
import { listOperators } from '#lib/access/admin.ts'
import { asWorkspace, type Database, openDatabase } from '#lib/db/client.ts'
import { tasks } from '#lib/db/schema.ts'
import type { Env } from '#lib/env.ts'
import { openQueue } from '#lib/queue.ts'
import { BLOCK_REASON_TITLES, isTerminal } from '#lib/tasks/states.ts'
import { workerNamed } from '#lib/workers/registry.ts'
import { ensureFirstRun, type FirstRun } from '#lib/workspaces/first-run.ts'

export type FirstSteps = { howToSignIn: string; stop: () => Promise<void> }

type Options = { databaseUrl: string; settings: Env; address: string; say: (line: string) => void }

const SAMPLES_MS = 120_000

export async function firstSteps({ databaseUrl, settings, address, say }: Options): Promise<FirstSteps> {
  const opened = openDatabase(databaseUrl, 'baton_app', { max: 2 })
  const ending = new AbortController()
  let watching: Promise<void> = Promise.resolve()
  const stop = async () => {
    ending.abort()
    await watching
    await opened.close()
  }
  try {
    const queue = await openQueue(opened)
    const owner = { email: settings.BATON_OWNER_EMAIL, password: settings.BATON_OWNER_PASSWORD }
    const first = await ensureFirstRun({ db: opened.db, queue }, owner)
    await queue.close()
    if (!first) {
      const [operator] = await listOperators(opened.db)
      const known = operator ? `Sign in as ${operator.email}` : 'Sign in'
      return { howToSignIn: `${known}; npm run reset-password -- EMAIL helps when a password is lost.`, stop }
    }
    say(accountLines(first))
    watching = showSamples(opened.db, first, { address, say, signal: ending.signal }).catch(() => {})
    return {
      howToSignIn: `Sign in as ${first.ownerEmail} with the password ${first.password ? 'above' : 'in BATON_OWNER_PASSWORD'}.`,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function accountLines({ ownerEmail, password, workspace }: FirstRun): string {
  const lines = [`\nAn account and a workspace were made for you: ${workspace.name}`, `  Email     ${ownerEmail}`]
  if (password)
    lines.push(
      `  Password  ${password}`,
      '  It is shown this once. Change it under Account, or make a link with npm run reset-password.',
    )
  return lines.join('\n')
}

type Show = { address: string; say: (line: string) => void; signal: AbortSignal }

async function showSamples(
  db: Database,
  { workspace, taskIds }: FirstRun,
  { address, say, signal }: Show,
): Promise<void> {
  say(`\nAll ${taskIds.length} workers read a sample document with the built-in engine:`)
  const shown = new Set<string>()
  for (const until = Date.now() + SAMPLES_MS; Date.now() < until && !signal.aborted; await sleep(100)) {
    for (const task of await asWorkspace(db, workspace.id, (tx) => tx.select().from(tasks).orderBy(asc(tasks.id)))) {
      const ended = isTerminal(task.status) || task.status === 'blocked'
      if (!taskIds.includes(task.id) || shown.has(task.id) || !ended) continue
      shown.add(task.id)
      say(sampleLines(task, `${address}/w/${workspace.slug}/tasks/${task.id}`))
    }
    if (shown.size === taskIds.length) return
  }
  if (!signal.aborted)
    say(`  ${taskIds.length - shown.size} are still waiting; see ${address}/w/${workspace.slug}/history`)
}

function sampleLines(task: typeof tasks.$inferSelect, link: string): string {
  const seconds =
    task.startedAt && task.finishedAt ? (task.finishedAt.getTime() - task.startedAt.getTime()) / 1000 : null
  const outcome =
    task.status === 'completed'
      ? inBrief(task.result)
      : task.reason
        ? `${BLOCK_REASON_TITLES[task.reason]}: ${inBrief(task.partial)}`
        : (task.error?.message ?? task.status)
  const mark = task.status === 'completed' ? '✓' : task.status === 'blocked' ? '‖' : '✗'
  const title = workerNamed(task.worker).title.padEnd(20)
  return `  ${mark} ${title} ${seconds === null ? '' : `${seconds.toFixed(1)} s  `}${outcome}\n    ${link}`
}

const TELLING = ['category', 'label', 'summary', 'explanation', 'reason', 'translation', 'question']

/** What a result says first, on one line. */
function inBrief(value: unknown): string {
  const texts = TELLING.map((name) => textNamed(name, value)).filter((text) => text !== undefined)
  const line = texts.slice(0, 2).join(': ').replace(/\s+/g, ' ')
  return line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line
}

function textNamed(name: string, value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const own: unknown = Reflect.get(value, name)
  if (typeof own === 'string') return own
  if (own !== undefined) return textNamed('text', own)
  const [first] = Object.values(value).filter((child) => Array.isArray(child))
  return Array.isArray(first) ? textNamed(name, first[0]) : undefined
}
