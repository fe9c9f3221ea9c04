// A second build of the same sources, as a deploy makes one, whose server actions have other ids.
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cp, mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { NEXT } from '../../worker/launch/build.ts'

const SOURCES = [
  'app',
  'lib',
  'drizzle',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.ts',
  'package.json',
  'tsconfig.json',
]

/** Inside the project, where its packages are found; removed by `remove`. */
export async function otherBuild(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = resolve('.prove', randomBytes(4).toString('hex'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await mkdir(folder, { recursive: true })
    for (const source of SOURCES) await cp(source, join(folder, source), { recursive: true })
    await promisify(execFile)(process.execPath, [resolve(NEXT), 'build'], {
      cwd: folder,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      },
      maxBuffer: 10_000_000,
    })
  } catch (error) {
    await remove()
    throw error
  }
  return { folder, remove }
}
