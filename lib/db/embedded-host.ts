// What the embedded server needs to know of its host: whose account runs it, which folders that account can enter,
// and which process is which.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** Empty when the server runs as whoever runs us. */
export type Account = { uid?: number; gid?: number }

/** Postgres refuses to run as root: there it gets the account `postgres`, created if need be, else `nobody`. */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return {}
  const existing = accountNamed('postgres')
  if (existing) return existing
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres'], {
      stdio: 'ignore',
    })
  } catch {
    // No useradd, or a read-only /etc: `nobody` is there everywhere.
  }
  const account = accountNamed('postgres') ?? accountNamed('nobody')
  if (!account)
    throw new Error(
      'Postgres may not run as root, and this system has neither an account "postgres" nor "nobody" for it. Start Baton as an ordinary user, or set DATABASE_URL.',
    )
  return account
}

function accountNamed(name: string): Account | undefined {
  const line = readIfThere('/etc/passwd')
    ?.split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}

/** Whether the account may enter the folder, or the nearest one above it that exists. */
export function canReach(folder: string, account: Account): boolean {
  if (account.uid === undefined) return true
  for (let path = resolve(folder); ; path = dirname(path)) {
    if (existsSync(path)) {
      const { mode, uid, gid } = statSync(path)
      const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
      if ((mode & bit) === 0) return false
    }
    if (path === dirname(path)) return true
  }
}

/** Whether the process lives and its command line holds `words`; a number alone may belong to someone else by now. */
export function isRunning(pid: number, words: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const command = readIfThere(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ') ?? commandOf(pid)
  return command.includes(words)
}

function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

/** A random secret kept in the file (mode 0600), made on first use. */
export async function secretIn(file: string): Promise<string> {
  const kept = readIfThere(file)?.trim()
  if (kept) return kept
  const secret = randomBytes(32).toString('base64url')
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${secret}\n`, { mode: 0o600 })
  return secret
}

export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
