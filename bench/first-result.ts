// `npm start` of a fresh copy of this project, on an empty data folder and without a build → a real result is shown and
// its page answers.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { now } from './contender.ts'
import { type Figure, rounded } from './figures.ts'
import { FOLDER } from './stage.ts'

const LIMIT_MS = 180_000

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
  let result = Number.POSITIVE_INFINITY
  let page = Number.POSITIVE_INFINITY
  const timer = setTimeout(() => child.kill('SIGTERM'), LIMIT_MS)
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (/^\s*✓ /.test(line)) result = Math.min(result, now() - started)
      if (line.startsWith('Baton is ready at ')) page = now() - started
      if (result < Number.POSITIVE_INFINITY && page < Number.POSITIVE_INFINITY) break
    }
  } finally {
    clearTimeout(timer)
    const ended = child.exitCode === null ? once(child, 'exit') : null
    if (child.pid !== undefined && ended) process.kill(-child.pid, 'SIGINT')
    await ended
    rmSync(copy, { recursive: true, force: true })
  }
  const ours = rounded(Math.max(result, page) / 1000)
  if (!Number.isFinite(ours)) throw new Error('npm start ended without a result.')
  console.log(`first_result_seconds: result after ${rounded(result / 1000)} s, page after ${rounded(page / 1000)} s.`)
  return [{ name: 'first_result_seconds', unit: 's', ours, peers: {}, goal: 'at most 60', met: ours <= 60 }]
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
