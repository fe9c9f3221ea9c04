// `npm start` of a fresh copy of this project, on an empty data folder and without a build → a real result is shown and
// its page answers.
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRunning, readIfThere } from '#lib/db/embedded-host.ts'
import type { RunningStart } from '../worker/launch/place.ts'
import { now } from './contender.ts'
import { type Figure, rounded } from './figures.ts'
import { FOLDER } from './stage.ts'

const LIMIT_MS = 180_000
/** Running tasks may take half of it. */
const END_MS = 60_000

export async function firstResult(): Promise<Figure[]> {
  const copy = join(FOLDER, 'fresh-copy')
  rmSync(copy, { recursive: true, force: true })
  copyProject(copy)
  const started = now()
  const child = spawn('npm', ['start'], {
    cwd: copy,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    // Nothing of this shell's settings: a key in it would change what is measured.
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      BATON_DATA_DIR: join(copy, '.baton'),
    } as unknown as NodeJS.ProcessEnv,
  })
  const lines = createInterface({ input: child.stdout })
  let result = Number.POSITIVE_INFINITY
  let page = Number.POSITIVE_INFINITY
  const timer = setTimeout(() => lines.close(), LIMIT_MS)
  try {
    for await (const line of lines) {
      if (/^\s*✓ /.test(line)) result = Math.min(result, now() - started)
      if (line.startsWith('Baton is ready at ')) page = now() - started
      if (result < Number.POSITIVE_INFINITY && page < Number.POSITIVE_INFINITY) break
    }
  } finally {
    clearTimeout(timer)
    child.stdout.resume()
    await endProduct(child.pid ?? 0, join(copy, '.baton'))
    rmSync(copy, { recursive: true, force: true })
  }
  const ours = rounded(Math.max(result, page) / 1000)
  if (!Number.isFinite(ours)) throw new Error('npm start ended without a result.')
  console.log(`first_result_seconds: result after ${rounded(result / 1000)} s, page after ${rounded(page / 1000)} s.`)
  return [{ name: 'first_result_seconds', unit: 's', ours, peers: {}, goal: 'at most 60', met: ours <= 60 }]
}

/**
 * As Ctrl-C does: the foreground group gets it, of which npm may end before the launcher.
 * @throws Error when something had to be killed.
 */
async function endProduct(npm: number, data: string): Promise<void> {
  const started = [npm, ...startedProcesses(data)].filter(isAlive)
  if (started.length === 0) return
  process.kill(-npm, 'SIGINT')
  for (const until = Date.now() + END_MS; started.some(isAlive) && Date.now() < until;) await sleep(50)
  const left = started.filter(isAlive)
  for (const pid of left) process.kill(pid, 'SIGKILL')
  if (left.length > 0) throw new Error(`Ctrl-C left ${left.length} of ${started.length} processes running.`)
}

/** The launcher, web, worker and Postgres, as the data folder names them. */
function startedProcesses(data: string): number[] {
  const { pid, children = [] } = JSON.parse(readIfThere(join(data, 'running.json')) ?? '{}') as Partial<RunningStart>
  const postgres = Number.parseInt(readIfThere(join(data, 'postgres', 'postmaster.pid')) ?? '', 10)
  return [pid ?? 0, ...children, postgres]
}

/** One that has ended and was not yet asked for its status has no words. */
function isAlive(pid: number): boolean {
  return pid > 0 && isRunning(pid, ' ')
}

/** What a clone and `npm install` give: the files under version control and their dependencies. */
function copyProject(copy: string): void {
  mkdirSync(copy, { recursive: true })
  const files = execFileSync('git', ['ls-files', '-z']).toString().split('\0').filter(existsSync)
  for (const file of files) {
    mkdirSync(join(copy, dirname(file)), { recursive: true })
    cpSync(file, join(copy, file))
  }
  // Hard links where the file system allows them: a copy of the dependencies takes longer than the whole row.
  execFileSync('cp', ['-al', 'node_modules', join(copy, 'node_modules')])
}
