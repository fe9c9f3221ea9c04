// Builds the web app when its sources differ from those of the last build.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readIfThere } from '#lib/db/embedded-host.ts'
import { childEnvironment } from './settings.ts'

export const NEXT = join('node_modules', 'next', 'dist', 'bin', 'next')
const STAMP = join('.next', 'baton-sources')
const SOURCES = [
  'app/**/*',
  'lib/**/*',
  '{proxy,instrumentation,next.config}.ts',
  '{package,package-lock,tsconfig}.json',
]

export function isBuilt(): boolean {
  return existsSync(join('.next', 'BUILD_ID')) && readIfThere(STAMP) === sourcesHash()
}

/**
 * From `secret` comes the key by which server actions get their ids: pages that are open during an update go on working
 * where their actions are still there. Without one each build has ids of its own.
 * @throws Error with the build's output when it fails.
 */
export async function build({ signal, secret }: { signal?: AbortSignal; secret?: string } = {}): Promise<void> {
  const hash = sourcesHash()
  for (;;) {
    rmSync(STAMP, { force: true })
    const { code, output } = await runBuild(signal, secret)
    if (code === 0) return writeFileSync(STAMP, hash)
    // Two starts share this folder, each with data of its own: one builds, the other waits.
    if (!/Wait for the build to complete/.test(output)) throw new Error(`The web app could not be built:\n${output}`)
    await sleep(2_000, undefined, { signal })
    if (isBuilt()) return
  }
}

/** Not the secret itself: the build keeps the key in a file of its own. */
function actionsKey(secret: string): string {
  return createHash('sha256').update(`server actions of ${secret}`).digest('base64')
}

async function runBuild(
  signal: AbortSignal | undefined,
  secret: string | undefined,
): Promise<{ code: number | null; output: string }> {
  const key = secret === undefined ? {} : { NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionsKey(secret) }
  const child = spawn(process.execPath, [NEXT, 'build'], {
    env: childEnvironment({ ...key, NODE_ENV: 'production' }),
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  })
  const output: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk))
  const [code] = await once(child, 'close')
  return { code, output: Buffer.concat(output).toString().trim() }
}

function sourcesHash(): string {
  const hash = createHash('sha256').update(process.version)
  for (const entry of globSync(SOURCES, { withFileTypes: true }).toSorted((a, b) => (path(a) < path(b) ? -1 : 1)))
    if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) hash.update(path(entry)).update(readFileSync(path(entry)))
  return hash.digest('hex')
}

function path(entry: { parentPath: string; name: string }): string {
  return join(entry.parentPath, entry.name)
}
