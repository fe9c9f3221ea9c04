// Where this installation keeps its data, and which start is using it.
import { createHash } from 'node:crypto'
import { linkSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { access, constants, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { canReach, isRunning, readIfThere, serverAccount } from '#lib/db/embedded-host.ts'
import { PRELOAD } from './supervise.ts'

export type RunningStart = { pid: number; folder: string; address?: string; databaseUrl?: string; children?: number[] }

/**
 * `chosen`, else `.baton` in the project; where the database server's account cannot enter that, as in a root-owned
 * home, a folder of this project's own under /var/lib. Never a temporary one.
 */
export async function dataFolder(chosen: string | undefined, embedded: boolean): Promise<string> {
  const project = process.cwd()
  const account = embedded ? serverAccount() : {}
  const own = resolve(chosen ?? join(project, '.baton'))
  if (canReach(dirname(own), account)) return made(own, account.uid !== undefined)
  if (chosen)
    throw new Error(
      `BATON_DATA_DIR is ${own}, which the database server cannot enter: Postgres does not run as root, and a folder ` +
        'above it is closed to other accounts. Choose another folder, for example under /var/lib.',
    )
  const hash = createHash('sha256').update(project).digest('hex').slice(0, 12)
  return made(join('/var/lib/baton', hash), true)
}

async function made(folder: string, shared: boolean): Promise<string> {
  await mkdir(folder, { recursive: true, mode: shared ? 0o711 : 0o700 })
  await access(folder, constants.W_OK).catch(() => {
    throw new Error(`The data folder ${folder} cannot be written. Set BATON_DATA_DIR to one that can.`)
  })
  return folder
}

const FILE = 'running.json'

/** The start that uses the folder now, or null. A file left by a killed start does not count. */
export function runningStart(data: string): RunningStart | null {
  const text = readIfThere(join(data, FILE))
  if (!text) return null
  const running = parsed(text)
  if (!running || running.pid === process.pid || !isRunning(running.pid, 'worker/')) return null
  const folder = folderOf(running.pid)
  return folder === undefined || folder === running.folder ? running : null
}

/** Claims the folder for this process. @returns the start that has it already, or null when it is ours. */
export async function claimFolder(data: string): Promise<RunningStart | null> {
  const file = join(data, FILE)
  const own = `${file}.${process.pid}`
  await writeFile(own, JSON.stringify({ pid: process.pid, folder: process.cwd() }), { mode: 0o600 })
  try {
    for (let tries = 0; tries < 5; tries += 1) {
      if (linked(own, file)) return null
      const left = readIfThere(file)
      const running = runningStart(data)
      if (running) return running
      if (left !== undefined) takeAway(file, left)
    }
  } finally {
    rmSync(own, { force: true })
  }
  throw new Error(`The data folder ${data} could not be claimed: another start takes it again and again.`)
}

/** A whole file under its name, or none: never one that is still empty. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

/** Removes what a killed start left; if another start has taken the folder in between, its claim is put back. */
function takeAway(file: string, left: string): void {
  const aside = `${file}.${process.pid}.left`
  try {
    renameSync(file, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return
  }
  if (readIfThere(aside) === left) endLeftBehind(parsed(left))
  else linked(aside, file)
  rmSync(aside, { force: true })
}

export function describeStart(data: string, details: Omit<RunningStart, 'pid' | 'folder'>): void {
  const running: RunningStart = { pid: process.pid, folder: process.cwd(), ...details }
  writeFileSync(join(data, `${FILE}.new`), JSON.stringify(running), { mode: 0o600 })
  renameSync(join(data, `${FILE}.new`), join(data, FILE))
}

/** What a killed start left running, such as the watcher of `npm run dev`. */
function endLeftBehind(start: RunningStart | null): void {
  for (const pid of start?.children ?? []) {
    if (!isRunning(pid, PRELOAD)) continue
    try {
      process.kill(-pid, 'SIGTERM')
    } catch {
      // It ended in between.
    }
  }
}

export function leaveFolder(data: string): void {
  if (parsed(readIfThere(join(data, FILE)) ?? '')?.pid === process.pid) rmSync(join(data, FILE), { force: true })
}

function parsed(text: string): RunningStart | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function folderOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}
